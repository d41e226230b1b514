import { NotAFileError } from "../corpus/errors.ts";
import { LearningFailedError } from "../learner/errors.ts";
import { UnknownWriterError } from "../store/errors.ts";
import {
  CancelledError,
  type ExitCode,
  exitCodes,
  NoProfileError,
  TooLittleTextError,
  UsageError,
} from "./errors.ts";

/** Says in words what went wrong and what to do. No stack trace. */
export function describeError(cause: unknown): string {
  if (!(cause instanceof Error)) {
    return `Something unexpected went wrong: ${String(cause)}.`;
  }
  if ("advice" in cause && typeof cause.advice === "string") {
    return cause.message.includes(cause.advice) ? cause.message : `${cause.message}. ${cause.advice}`;
  }
  if (isOwn(cause)) {
    return cause.message;
  }
  if ("code" in cause && cause.code === "ENOENT" && "path" in cause) {
    return `${String(cause.path)} is not there. Check the name, and the folder that it is looked for in.`;
  }
  if ("code" in cause && typeof cause.code === "string") {
    return `${cause.message}. Check that the path exists, that you may use it, and that the disk has room.`;
  }
  return (
    `Something unexpected went wrong: ${cause.message}. ` +
    "Set IDIOLECT_DEBUG=1 to see where, and report it with the command that you gave."
  );
}

export function exitCodeOf(cause: unknown): ExitCode {
  if (cause instanceof CancelledError) {
    return exitCodes.cancelled;
  }
  if (cause instanceof UsageError || cause instanceof NotAFileError) {
    return exitCodes.usage;
  }
  const isWithoutText =
    cause instanceof TooLittleTextError ||
    (cause instanceof LearningFailedError && cause.kind === "NoTextError");
  const isWithoutProfile = cause instanceof NoProfileError || cause instanceof UnknownWriterError;
  return isWithoutProfile || isWithoutText ? exitCodes.noProfile : exitCodes.failed;
}

function isOwn(cause: Error): boolean {
  return [CancelledError, UsageError, NoProfileError, TooLittleTextError, LearningFailedError].some(
    (kind) => cause instanceof kind,
  );
}
