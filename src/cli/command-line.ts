import { Command } from "commander";
import { packageVersion } from "../session/package-root.ts";
import { addDemoCommand } from "./demo-command.ts";
import type { ExitCode } from "./errors.ts";
import { addExportCommand } from "./exchange/export-command.ts";
import { addImportCommand } from "./exchange/import-command.ts";
import { addForgetCommand } from "./forget-command.ts";
import { addLabCommand, labWords, runLab } from "./lab-command.ts";
import { addLearnCommand } from "./learning/learn-command.ts";
import { addProposeCommand } from "./learning/propose-command.ts";
import { addLspCommand } from "./lsp-command.ts";
import { addMcpCommand } from "./mcp-command.ts";
import { addModelCommand } from "./model-command.ts";
import { addOwnWordsCommand } from "./reading/own-words-command.ts";
import { addReadCommand } from "./reading/read-command.ts";
import { addTagsCommand } from "./reading/tags-command.ts";
import { addVoiceCommand } from "./reading/voice-command.ts";
import { addWordsCommand } from "./reading/words-command.ts";
import { addProfileCommand } from "./report/profile-command.ts";
import { addReportCommand } from "./report/report-command.ts";
import { configureProgram, runProgram } from "./run-program.ts";
import type { CommandSurroundings } from "./surroundings.ts";
import { addMergeTagCommand, addRenameTagCommand } from "./tags/rename-tag-command.ts";
import { addTeachCommand } from "./teaching/teach-command.ts";

/** The program `idiolect` with all its commands. */
export function commandLine(surroundings: CommandSurroundings): Command {
  const program = configureProgram(new Command("idiolect"))
    .description("Learns how one writer writes, on that writer's own machine.")
    .version(packageVersion(), "--version", "output the version of this program");
  addProposeCommand(program, surroundings);
  addLearnCommand(program, surroundings);
  addReadCommand(program, surroundings);
  addTagsCommand(program, surroundings);
  addRenameTagCommand(program, surroundings);
  addMergeTagCommand(program, surroundings);
  addTeachCommand(program, surroundings);
  addVoiceCommand(program, surroundings);
  addWordsCommand(program, surroundings);
  addReportCommand(program, surroundings);
  addOwnWordsCommand(program, surroundings);
  addProfileCommand(program, surroundings);
  addExportCommand(program, surroundings);
  addImportCommand(program, surroundings);
  addForgetCommand(program, surroundings);
  addModelCommand(program, surroundings);
  addDemoCommand(program, surroundings);
  addLspCommand(program);
  addMcpCommand(program, surroundings);
  addLabCommand(program);
  return program;
}

/** Carries out a command line (without the program's name) and gives its exit code. Never throws. */
export async function runCommandLine(
  words: readonly string[],
  surroundings: CommandSurroundings,
): Promise<ExitCode> {
  const told = labWords(words);
  return told === undefined
    ? runProgram(commandLine, words, words, surroundings)
    : runLab(told, words, surroundings);
}
