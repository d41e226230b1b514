import { Command, CommanderError } from "commander";
import { addDemoCommand } from "./demo-command.ts";
import { describeError, exitCodeOf } from "./describe-error.ts";
import { type ExitCode, exitCodes } from "./errors.ts";
import { addEvaluateCommand } from "./evaluate/evaluate-command.ts";
import { addExperimentCommand } from "./experiment-command.ts";
import { addForgetCommand } from "./forget-command.ts";
import { addLearnCommand } from "./learn-command.ts";
import { addLspCommand } from "./lsp-command.ts";
import { addModelCommand } from "./model-command.ts";
import { addOwnWordsCommand } from "./own-words-command.ts";
import { addProfileCommand } from "./profile-command.ts";
import { addReadCommand } from "./read-command.ts";
import { addReportCommand } from "./report-command.ts";
import type { CommandSurroundings } from "./surroundings.ts";
import { addTagsCommand } from "./tags-command.ts";

/** The program `idiolect` with all its commands. */
export function commandLine(surroundings: CommandSurroundings): Command {
  const program = new Command("idiolect")
    .description("Learns how one writer writes, on that writer's own machine.")
    .showHelpAfterError("(idiolect <command> --help tells what it takes)")
    .exitOverride();
  addLearnCommand(program, surroundings);
  addReadCommand(program, surroundings);
  addTagsCommand(program, surroundings);
  addReportCommand(program, surroundings);
  addOwnWordsCommand(program, surroundings);
  addProfileCommand(program, surroundings);
  addForgetCommand(program, surroundings);
  addEvaluateCommand(program, surroundings);
  addExperimentCommand(program, surroundings);
  addModelCommand(program, surroundings);
  addDemoCommand(program, surroundings);
  addLspCommand(program);
  return program;
}

/** Carries out a command line (without the program's name) and gives its exit code. Never throws. */
export async function runCommandLine(
  words: readonly string[],
  surroundings: CommandSurroundings,
): Promise<ExitCode> {
  try {
    await commandLine(surroundings).parseAsync([...words], { from: "user" });
    return exitCodes.done;
  } catch (cause) {
    if (cause instanceof CommanderError) {
      // Help and usage errors have been written by commander already.
      return cause.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    }
    const code = exitCodeOf(cause);
    const message = describeError(cause);
    const { out, warn } = surroundings({});
    if (words.includes("--json")) {
      out(JSON.stringify({ version: 1, error: { code, message } }));
    }
    warn(`idiolect: ${message}`);
    if (process.env["IDIOLECT_DEBUG"] && cause instanceof Error) {
      warn(cause.stack ?? "");
    }
    return code;
  }
}
