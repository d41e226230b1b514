import { type Command, CommanderError, Help, type Option } from "commander";
import { describeError, exitCodeOf } from "./describe-error.ts";
import { type ExitCode, exitCodes, UsageError } from "./errors.ts";
import type { CommandSurroundings } from "./surroundings.ts";

/** Sets up what each of our programs does: defaults in help, a hint after errors, no exit of its own. */
export function configureProgram(program: Command): Command {
  return program
    .configureHelp({ optionDescription: describeOption })
    .showHelpAfterError(`(${program.name()} <command> --help tells what it takes)`)
    .exitOverride();
}

/** Commander tells defaults and choices; that an option cannot be left out it keeps to itself. */
function describeOption(option: Option): string {
  const described = new Help().optionDescription(option);
  return option.mandatory ? `${described} (required)` : described;
}

/**
 * Carries out a command line and gives its exit code. Never throws.
 * @param told what the program is told (without its name), of all `words`
 */
export async function runProgram(
  program: (surroundings: CommandSurroundings) => Command,
  told: readonly string[],
  words: readonly string[],
  surroundings: CommandSurroundings,
): Promise<ExitCode> {
  try {
    refuseEmpty(words);
    await program(surroundings).parseAsync([...told], { from: "user" });
    return exitCodes.done;
  } catch (cause) {
    return tellFailure(cause, words, surroundings);
  }
}

/** Says what went wrong, where it has not been said, and gives the exit code. */
export function tellFailure(
  cause: unknown,
  words: readonly string[],
  surroundings: CommandSurroundings,
): ExitCode {
  const { out, warn } = surroundings({});
  const { code, message, isTold } = failureOf(cause);
  if (code === exitCodes.done) return code;
  if (wantsJson(words)) out(JSON.stringify({ version: 1, error: { code, message } }));
  if (!isTold) warn(`idiolect: ${message}`);
  if (process.env["IDIOLECT_DEBUG"] && cause instanceof Error) warn(cause.stack ?? "");
  return code;
}

/** A variable that is not set leaves an empty word, which as a path would stand for the folder that one is in. */
function refuseEmpty(words: readonly string[]): void {
  const at = words.findIndex((word) => /^(?:--[a-z0-9-]+=)?\s*$/.test(word));
  if (at < 0) return;
  const place = words[at]!.trim() === "" ? `Word ${at + 1} after 'idiolect'` : `The value in '${words[at]}'`;
  throw new UsageError(`${place} is empty. Perhaps a variable in the command is not set.`);
}

interface Failure {
  readonly code: ExitCode;
  readonly message: string;
  /** It stands on standard error already. */
  readonly isTold: boolean;
}

function failureOf(cause: unknown): Failure {
  if (!(cause instanceof CommanderError)) {
    return { code: exitCodeOf(cause), message: describeError(cause), isTold: false };
  }
  // Commander has written help and usage errors itself. Help that was not asked for stands for a command left out.
  const code = cause.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  const isHelp = cause.code === "commander.help";
  const message = isHelp
    ? "A command is missing, or there is none of this name."
    : cause.message.replace(/^error: /, "");
  return { code, message, isTold: true };
}

/** Where the command line cannot be parsed, nobody else knows it; `--` ends the options. */
function wantsJson(words: readonly string[]): boolean {
  const end = words.indexOf("--");
  return words.slice(0, end < 0 ? undefined : end).includes("--json");
}
