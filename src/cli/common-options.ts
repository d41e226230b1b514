import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { shippedModelPath } from "../learner/package-root.ts";
import { defaultStorePath } from "../store/default-store-path.ts";
import { parseCount } from "./number-arguments.ts";

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
