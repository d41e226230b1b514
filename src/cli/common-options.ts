import { statSync } from "node:fs";
import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { shippedModelPath } from "../session/package-root.ts";
import { defaultStorePath } from "../store/store-folder.ts";
import { parseCount, parseStrength } from "./parse-number.ts";

/** Options that several commands share. A command takes those that it follows, and all take --json and --quiet. */
interface SharedOptions {
  readonly store: string;
  readonly writer?: string;
  readonly seed: number;
  readonly model: string;
}

export interface OutputOptions {
  readonly json?: true;
  readonly quiet?: true;
}

/** The values of shared options, by their names, with those of output. */
export type CommonOptions<Names extends keyof SharedOptions> = Pick<SharedOptions, Names> & OutputOptions;

const shared: Readonly<Record<keyof SharedOptions, () => Option>> = {
  store: () =>
    new Option("--store <dir>", "where everything learned is kept")
      .argParser(parsePath)
      .default(defaultStorePath()),
  writer: () => new Option("--writer <name>", "name of the writer"),
  seed: () => new Option("--seed <n>", "seed for everything random").argParser(parseCount).default(1),
  model: () =>
    new Option("--model <dir>", "directory of a language model")
      .argParser(parsePath)
      .default(shippedModelPath(), "the shipped one"),
};

/** How much the writer's own reading counts; what the editor says where it is left out. */
export const strengthOption = (): Option =>
  new Option(
    "--strength <share>",
    "how much the writer's own reading counts, from 0 to 1 (default: as the editor is set)",
  ).argParser(parseStrength);

/** Adds shared options by their names, and those of output. */
export function addCommonOptions(command: Command, ...names: readonly (keyof SharedOptions)[]): Command {
  for (const name of names) command.addOption(shared[name]());
  return command
    .option("--json", "one JSON object on standard output")
    .option("--quiet", "no progress and no remarks");
}

/** Commander hands a parser the former value, too, which `resolve` would take for a path. */
export const parsePath = (path: string): string => resolve(path);

/** Of a file that is read. Throws InvalidArgumentError for a folder. */
export function parseFile(path: string): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isFolder) throw new InvalidArgumentError("It is a folder, and a file is needed.");
  return resolve(path);
}
