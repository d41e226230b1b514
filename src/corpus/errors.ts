/** Base of the failures that leave one file or folder out of a corpus. */
export abstract class CorpusError extends Error {
  readonly path: string;
  /** One sentence on what the user can do. */
  readonly advice: string;

  constructor(path: string, message: string, advice: string, cause?: unknown) {
    super(`${path}: ${message}`, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.path = path;
    this.advice = advice;
  }
}

/** The folder, or the single file, that was asked for is not there or cannot be listed. */
export class FolderUnreadableError extends CorpusError {
  constructor(path: string, cause: unknown) {
    super(path, "cannot be listed", "Check that the folder exists and that you may read it.", cause);
  }
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && (cause.code === "ENOENT" || cause.code === "ENOTDIR");
}

/** The bytes of a file cannot be read, or it is not there. */
export class FileUnreadableError extends CorpusError {
  constructor(path: string, cause: unknown) {
    if (isMissing(cause)) {
      super(path, "is not there", "Check the name, and the folder that it is looked for in.", cause);
      return;
    }
    super(
      path,
      `cannot be read (${cause instanceof Error ? cause.message : String(cause)})`,
      "Check the permissions of the file, or exclude it.",
      cause,
    );
  }
}

/** The file is written to all the time, so no moment shows it as a whole. */
export class FileChangingError extends CorpusError {
  constructor(path: string) {
    super(
      path,
      "is being written at the moment",
      "It will be read the next time; what was read before is kept.",
    );
  }
}

/** The file is larger than documents are allowed to be. */
export class FileTooLargeError extends CorpusError {
  constructor(path: string, limitBytes: number) {
    super(
      path,
      `is larger than the limit of ${megabytes(limitBytes)} MB`,
      "Split the file, exclude it, or raise the largest file size in the settings.",
    );
  }
}

/** The path leads to something that is no regular file: a folder, a pipe, a device. */
export class NotAFileError extends CorpusError {
  constructor(path: string, kind: string) {
    super(
      path,
      `is ${kind}, not a file`,
      "Give a text file; text from another program can be piped in on standard input, with '-' as the file name.",
    );
  }
}

/** A link in a folder leads out of all folders that may be read. */
export class LeadsOutError extends CorpusError {
  constructor(path: string, real: string) {
    super(
      path,
      `is a link that leads out of the folders to learn from, to ${real}`,
      "It was not read. To have it read, choose the folder that it leads to as well.",
    );
  }
}

/** A folder that was chosen has become a way to another one. */
export class FolderRedirectedError extends CorpusError {
  constructor(folder: string, chosen: string, real: string) {
    super(
      folder,
      `led to ${chosen} when it was chosen, and leads to ${real} now`,
      `Nothing there was read. To have it read, choose ${real} itself.`,
    );
  }
}

/** A glob would find files outside of the folder that it counts from. */
export class PatternLeadsOutError extends CorpusError {
  constructor(folder: string, pattern: string) {
    super(
      folder,
      `the pattern '${pattern}' leads out of this folder and was ignored`,
      "Patterns are relative to the folder that is learned from; choose the other folder as well.",
    );
  }
}

/** The file has the name of a text but holds something else. */
export class BinaryFileError extends CorpusError {
  constructor(path: string) {
    super(path, "contains binary data, not text", "Rename the file, or exclude it.");
  }
}

/** A file that is not what its ending says, or of which a part is missing. */
export class BrokenDocumentError extends CorpusError {
  readonly reason: string;

  /** @param reason 'is no notebook: it is not well-formed JSON' */
  constructor(path: string, reason: string) {
    super(
      path,
      reason,
      "It was left out. Open it with the program that wrote it and save it again, or exclude it.",
    );
    this.reason = reason;
  }
}

/** A file of a kind that Idiolect does not read: data, programs, documents of word processors. */
export class UnreadKindError extends CorpusError {
  /** @param kinds endings that are read */
  constructor(path: string, ending: string, kinds: readonly string[]) {
    super(
      path,
      `is a .${ending} file, a kind that is not read`,
      `Save its text as Markdown or plain text, and read that. Files that are read end in ${kinds.map((kind) => `.${kind}`).join(", ")}.`,
    );
  }
}

/** The file is text, but nothing in it is the writer's own prose. */
export class NoProseError extends CorpusError {
  constructor(path: string) {
    super(
      path,
      "contains no sentences by its writer",
      "Nothing to do: files that are empty or only code, tables or quotations are left out.",
    );
  }
}

/** A reader met something it should have been able to read; the fault is ours. */
export class DocumentParseError extends CorpusError {
  constructor(path: string, cause: unknown) {
    // What the cause says may quote the text, which no log is to hold.
    super(
      path,
      "could not be understood",
      "Exclude the file for now, and report this with the file if you may share it.",
      cause,
    );
  }
}

/** Something odd in a file that was read all the same. */
export interface CorpusWarning {
  readonly kind: "brokenFrontMatter" | "guessedEncoding" | "strayBytes" | "unreadableDate";
  readonly path: string;
  /** 1-based line in the file, where one line is to blame. */
  readonly line?: number;
  /** Without any of the document's text, as it is logged. */
  readonly message: string;
  /** What stands in the document; to be shown to its writer, and never logged. */
  readonly quoted?: string;
  readonly advice: string;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
