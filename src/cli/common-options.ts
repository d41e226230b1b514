import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import envPaths from "env-paths";
import { shippedModelPath } from "../learner/package-root.ts";
import { defaultStorePath } from "../store/default-store-path.ts";

/** What every command takes. */
export interface CommonOptions {
  readonly store: string;
  readonly writer?: string;
  readonly seed: number;
  readonly model: string;
  readonly json?: true;
  readonly quiet?: true;
}

export function addCommonOptions(command: Command): Command {
  return command
    .option("--store <dir>", "where everything learned is kept", parsePath, defaultStorePath())
    .option("--writer <name>", "whose language it is")
    .option("--seed <n>", "seed of all randomness", parseCount, 1)
    .addOption(
      new Option("--model <dir>", "directory of a language model")
        .argParser(parsePath)
        .default(shippedModelPath(), "the shipped one"),
    )
    .option("--json", "one JSON object on standard output")
    .option("--quiet", "no progress and no remarks");
}

/** Commander hands a parser the former value, too, which `resolve` would take for a path. */
export const parsePath = (path: string): string => resolve(path);

/** A whole number from 0 on. */
export function parseCount(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0 || text.trim() === "") {
    throw new InvalidArgumentError("A whole number from 0 on is needed.");
  }
  return number;
}

/** A share in percent, 1 to 100. */
export function parsePercent(text: string): number {
  const number = Number(text);
  if (!(number >= 1 && number <= 100)) {
    throw new InvalidArgumentError("A number from 1 to 100 is needed.");
  }
  return number;
}

/** Where models are unpacked: the operating system's folder for what can be made again. Holds nothing of a writer. */
export function modelCachePath(): string {
  return envPaths("idiolect", { suffix: "" }).cache;
}
