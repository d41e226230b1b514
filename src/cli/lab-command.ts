import type { Command } from "commander";
import { type ExitCode, LabMissingError } from "./errors.ts";
import { tellFailure } from "./run-program.ts";
import type { CommandSurroundings } from "./surroundings.ts";

/** Commands of the lab that are understood without its name. */
const aliases: readonly string[] = ["evaluate", "experiment"];

/** Names the lab in the list of commands. What it can do, it says itself. */
export function addLabCommand(program: Command): void {
  program.command("lab").description("measure methods on folders and sets of texts: idiolect lab --help");
}

/** What of a command line the lab is told; undefined where it is not meant. */
export function labWords([first = "", ...rest]: readonly string[]): readonly string[] | undefined {
  if (first === "lab") return rest;
  if (aliases.includes(first)) return [first, ...rest];
  const asked = first === "help" ? labWords(rest) : undefined;
  return asked && ["help", ...asked];
}

/**
 * Carries out a command of the lab, and tells its failures. It is a program of its own, with code that a writer's
 * machine can do without. Never throws.
 * @param words the whole command line, of which the lab is told `told`
 */
export async function runLab(
  told: readonly string[],
  words: readonly string[],
  surroundings: CommandSurroundings,
): Promise<ExitCode> {
  try {
    const { runLabProgram } = await import("../lab/lab-program.ts");
    return await runLabProgram(told, words, surroundings);
  } catch (cause) {
    return tellFailure(isMissing(cause) ? new LabMissingError(cause) : cause, words, surroundings);
  }
}

/** Only the lab's own file may be missing, not one that it needs. */
function isMissing(cause: unknown): cause is Error {
  const isModule = cause instanceof Error && "code" in cause && cause.code === "ERR_MODULE_NOT_FOUND";
  return isModule && "url" in cause && cause.url === new URL("lab.js", import.meta.url).href;
}
