import { inEnglish, type Said, said, saidCount, type Told } from "../said/said.ts";
import { LearnerError } from "../session/errors.ts";
/** There is nothing of the writer's own to learn from. */
export class NoTextError extends LearnerError {
  constructor(folders: readonly string[], filesFound: number, leftOut = 0) {
    super(
      said(
        "There is nothing to learn from in {0}: {1}.",
        folders.join(", "),
        whatIsThere(filesFound, leftOut),
      ),
      leftOut === 0
        ? said("Name a folder with documents that the writer wrote (.md, .markdown, .mdx, .txt).")
        : said(
            "Say who the author is, whether texts written together count, and which files are read: by settings, or in a terminal by --author, --co-authors and --all-files.",
          ),
    );
  }
}

/** A folder that was named cannot be read. */
export class FolderMissingError extends LearnerError {
  constructor(folder: string, cause: unknown) {
    super(
      said("The folder {0} cannot be read.", folder),
      said("Check that it exists and that you may read it."),
      { cause },
    );
  }
}

/** The learner process ended without saying why. */
export class LearnerDiedError extends LearnerError {
  /** The signal that ended it, or its exit code in words. */
  readonly how: string;

  constructor(how: string) {
    super(
      said("The learner process ended unexpectedly ({0}).", how),
      said(
        "Nothing is lost: run the same command again, and it continues from the last checkpoint. If it happens again, the machine may be short of memory.",
      ),
    );
    this.how = how;
  }
}

/** Memory ran out, with short runs of the model as well. */
export class OutOfMemoryError extends LearnerError {
  constructor(cause: unknown) {
    super(
      said("The machine has too little free memory to learn."),
      said("Close other programs and learn again: learning continues from the last checkpoint."),
      { cause },
    );
  }
}

/** The process at the other end sent something that is no message. */
export class MessageError extends LearnerError {
  /** @param sender 'learner' */
  constructor(sender: Said, cause: unknown) {
    super(
      said("The {0} sent a message that cannot be understood.", sender),
      said("Build or install Idiolect again."),
      { cause },
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
  /** Absent for a failure that nobody foresaw. */
  readonly told: Told | undefined;

  constructor(failure: {
    readonly name: string;
    readonly message: string;
    readonly told?: Told | undefined;
    readonly stack?: string | undefined;
  }) {
    super(failure.message);
    this.kind = failure.name;
    this.told = failure.told;
    if (failure.told !== undefined) {
      this.advice = inEnglish(failure.told.advice);
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

function whatIsThere(files: number, leftOut: number): Said {
  if (leftOut > 0) {
    return saidCount(
      leftOut,
      "{0} document was left out, because others wrote it, several people did, or settings or the document itself say so",
      "{0} documents were left out, because others wrote them, several people did, or settings or the documents themselves say so",
    );
  }
  return files === 0
    ? said("no Markdown or text files")
    : saidCount(files, "{0} file, but no prose in it", "{0} files, but no prose in them");
}
