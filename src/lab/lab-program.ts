import { Command } from "commander";
import type { ExitCode } from "../cli/errors.ts";
import { configureProgram, runProgram } from "../cli/run-program.ts";
import type { CommandSurroundings } from "../cli/surroundings.ts";
import { addEvaluateCommand } from "./evaluate-command.ts";
import { addExperimentCommand } from "./studies/experiment-command.ts";

/** The program `idiolect lab`: what measures methods, rather than reads for a writer. */
function labProgram(surroundings: CommandSurroundings): Command {
  const program = configureProgram(new Command("idiolect lab")).description(
    "Measures methods on folders and sets of texts.",
  );
  addEvaluateCommand(program, surroundings);
  addExperimentCommand(program, surroundings);
  return program;
}

/** Carries out a command of the lab and gives its exit code. Never throws. */
export async function runLabProgram(
  words: readonly string[],
  surroundings: CommandSurroundings,
): Promise<ExitCode> {
  return runProgram(labProgram, words, surroundings);
}
