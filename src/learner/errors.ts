import { LearnerError } from "../session/errors.ts";
/** There is nothing of the writer's own to learn from. */
export class NoTextError extends LearnerError {
  override readonly name = "NoTextError";

  constructor(folders: readonly string[], filesFound: number, leftOut = 0) {
    super(
      `There is nothing to learn from in ${folders.join(", ")}: ${whatIsThere(filesFound, leftOut)}.`,
      leftOut === 0
        ? "Name a folder with documents that the writer wrote (.md, .markdown, .mdx, .txt)."
        : "Say who the author is, whether texts written together count, and which files are read: by settings, " +
            "or in a terminal by --author, --co-authors and --all-files.",
    );
  }
}

/** A folder that was named cannot be read. */
export class FolderMissingError extends LearnerError {
  override readonly name = "FolderMissingError";

  constructor(folder: string, cause: unknown) {
    super(`The folder ${folder} cannot be read.`, "Check that it exists and that you may read it.", cause);
  }
}

/** The learner process ended without saying why. */
export class LearnerDiedError extends LearnerError {
  override readonly name = "LearnerDiedError";
  /** The signal that ended it, or its exit code in words. */
  readonly how: string;

  constructor(how: string) {
    super(
      `The learner process ended unexpectedly (${how}).`,
      "Nothing is lost: run the same command again, and it continues from the last checkpoint. " +
        "If it happens again, the machine may be short of memory.",
    );
    this.how = how;
  }
}

/** Memory ran out, with short runs of the model as well. */
export class OutOfMemoryError extends LearnerError {
  override readonly name = "OutOfMemoryError";

  constructor(cause: unknown) {
    super(
      "The machine has too little free memory to learn.",
      "Close other programs and learn again: learning continues from the last checkpoint.",
      cause,
    );
  }
}

/** The process at the other end sent something that is no message. */
export class MessageError extends LearnerError {
  override readonly name = "MessageError";

  constructor(sender: string, cause: unknown) {
    super(
      `The ${sender} sent a message that cannot be understood.`,
      "Build or install Idiolect again.",
      cause,
    );
  }
}

/** A failure that happened in the learner process, as its parent sees it. */
export class LearningFailedError extends Error {
  override readonly name = "LearningFailedError";
  /** Name of the error class there. */
  readonly kind: string;
  /** Absent for a failure that nobody foresaw. */
  declare readonly advice?: string;

  constructor(failure: {
    readonly name: string;
    readonly message: string;
    readonly advice?: string | undefined;
    readonly stack?: string | undefined;
  }) {
    super(failure.message);
    this.kind = failure.name;
    if (failure.advice !== undefined) {
      this.advice = failure.advice;
    }
    if (failure.stack !== undefined) {
      this.stack = failure.stack;
    }
  }
}

/** Thrown through the work to end it at the next breath; no failure. */
export class LearningStopped extends Error {
  override readonly name = "LearningStopped";
  readonly how: "pause" | "cancel";
  readonly reason: string;

  constructor(how: "pause" | "cancel", reason: string) {
    super(reason);
    this.how = how;
    this.reason = reason;
  }
}

function whatIsThere(files: number, leftOut: number): string {
  if (leftOut > 0) {
    return (
      `${leftOut === 1 ? "1 document was" : `${leftOut} documents were`} left out, because others wrote them, ` +
      "several people did, or settings or the documents themselves say so"
    );
  }
  return files === 0 ? "no Markdown or text files" : `${files} files, but no prose in them`;
}
