/** What every failure about a file tells: which file, what is wrong, what to do. */
interface FailureDetails {
  readonly path: string;
  readonly advice: string;
  readonly cause?: unknown;
}

/** Base of the failures that leave one file or folder out of a corpus. */
export abstract class CorpusError extends Error {
  readonly path: string;
  /** One sentence on what the user can do. */
  readonly advice: string;

  constructor(message: string, { path, advice, cause }: FailureDetails) {
    super(`${path}: ${message}`, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.path = path;
    this.advice = advice;
  }
}

/** The folder, or the single file, that was asked for is not there or cannot be listed. */
export class FolderUnreadableError extends CorpusError {
  constructor(path: string, cause: unknown) {
    super("cannot be listed", {
      path,
      cause,
      advice: "Check that the folder exists and that you may read it.",
    });
  }
}

/** The file is there but its bytes cannot be read. */
export class FileUnreadableError extends CorpusError {
  constructor(path: string, cause: unknown) {
    super(`cannot be read (${cause instanceof Error ? cause.message : String(cause)})`, {
      path,
      cause,
      advice: "Check the permissions of the file, or exclude it.",
    });
  }
}

/** The file is larger than documents are allowed to be. */
export class FileTooLargeError extends CorpusError {
  readonly bytes: number;

  constructor(path: string, bytes: number, limitBytes: number) {
    super(`is ${megabytes(bytes)} MB, more than the limit of ${megabytes(limitBytes)} MB`, {
      path,
      advice: "Split the file, exclude it, or raise the largest file size in the settings.",
    });
    this.bytes = bytes;
  }
}

/** The file has the name of a text but holds something else. */
export class BinaryFileError extends CorpusError {
  constructor(path: string) {
    super("holds binary data, not text", {
      path,
      advice: "Rename the file, or exclude it.",
    });
  }
}

/** The file is text, but nothing in it is the writer's own prose. */
export class NoProseError extends CorpusError {
  constructor(path: string) {
    super("holds no sentences of its writer", {
      path,
      advice: "Nothing to do: files that are empty or only code, tables or quotations are left out.",
    });
  }
}

/** A reader met something it should have been able to read; the fault is ours. */
export class DocumentParseError extends CorpusError {
  constructor(path: string, cause: unknown) {
    super(`could not be understood (${cause instanceof Error ? cause.message : String(cause)})`, {
      path,
      cause,
      advice: "Exclude the file for now, and report this with the file if you may share it.",
    });
  }
}

/** Something odd in a file that was read all the same. */
export interface CorpusWarning {
  readonly kind: "brokenFrontMatter" | "guessedEncoding" | "unreadableDate";
  readonly path: string;
  /** 1-based line in the file, where one line is to blame. */
  readonly line?: number;
  readonly message: string;
  readonly advice: string;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
