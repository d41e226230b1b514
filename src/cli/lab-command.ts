import type { Command } from "commander";
import { describeError } from "./describe-error.ts";
import { type ExitCode, exitCodes, LabMissingError } from "./errors.ts";
import type { CommandSurroundings } from "./surroundings.ts";

/** `lab`, and the commands of the lab that are understood without it. */
const names: readonly string[] = ["lab", "evaluate", "experiment"];

/** Names the lab in the list of commands. What it can do, it says itself. */
export function addLabCommand(program: Command): void {
  program.command("lab").description("measure methods on folders and sets of texts: idiolect lab --help");
}

export function isLabCommand([first = ""]: readonly string[]): boolean {
  return names.includes(first);
}

/** Carries out a command of the lab. It is a program of its own, with code that a writer's machine can do without. */
export async function runLab(words: readonly string[], surroundings: CommandSurroundings): Promise<ExitCode> {
  const [first, ...rest] = words;
  try {
    const lab = await loadLab();
    return await lab.runLabProgram(first === "lab" ? rest : words, surroundings);
  } catch (cause) {
    surroundings({}).warn(`idiolect: ${describeError(cause)}`);
    return exitCodes.failed;
  }
}

async function loadLab() {
  try {
    return await import("../lab/lab-program.ts");
  } catch (cause) {
    throw new LabMissingError(cause);
  }
}
