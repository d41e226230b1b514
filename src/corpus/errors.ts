import { inEnglish, type Said, said } from "../said/said.ts";
import { SaidError } from "../said/said-error.ts";

/** Base of the failures that leave one file or folder out of a corpus. */
export abstract class CorpusError extends SaidError {
  readonly path: string;

  /**
   * @param message what is the matter with it, without a full stop: 'cannot be listed'
   * @param advice one sentence on what the user can do
   */
  constructor(path: string, message: Said, advice: Said, cause?: unknown) {
    const told = said("{0}: {1}", path, message);
    super(told, advice, { cause, english: inEnglish(told) });
    this.path = path;
  }
}

/** The folder, or the single file, that was asked for is not there or cannot be listed. */
export class FolderUnreadableError extends CorpusError {
  constructor(path: string, cause: unknown) {
    super(
      path,
      said("cannot be listed"),
      said("Check that the folder exists and that you may read it."),
      cause,
    );
  }
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && (cause.code === "ENOENT" || cause.code === "ENOTDIR");
}

/** The bytes of a file cannot be read, or it is not there. */
export class FileUnreadableError extends CorpusError {
  constructor(path: string, cause: unknown) {
    if (isMissing(cause)) {
      super(
        path,
        said("is not there"),
        said("Check the name, and the folder that it is looked for in."),
        cause,
      );
      return;
    }
    super(
      path,
      said("cannot be read ({0})", cause instanceof Error ? cause.message : String(cause)),
      said("Check the permissions of the file, or exclude it."),
      cause,
    );
  }
}

/** The file is written to all the time, so no moment shows it as a whole. */
export class FileChangingError extends CorpusError {
  constructor(path: string) {
    super(
      path,
      said("is being written at the moment"),
      said("It will be read the next time; what was read before is kept."),
    );
  }
}

/** The file is larger than documents are allowed to be. */
export class FileTooLargeError extends CorpusError {
  constructor(path: string, limitBytes: number) {
    super(
      path,
      said("is larger than the limit of {0} MB", { value: limitBytes / 1e6, digits: 1 }),
      said("Split the file, exclude it, or raise the largest file size in the settings."),
    );
  }
}

/** The path leads to something that is no regular file: a folder, a pipe, a device. */
export class NotAFileError extends CorpusError {
  /** @param kind 'a folder' */
  constructor(path: string, kind: Said) {
    super(
      path,
      said("is {0}, not a file", kind),
      said(
        "Give a text file; text from another program can be piped in on standard input, with '-' as the file name.",
      ),
    );
  }
}

/** A link in a folder leads out of all folders that may be read. */
export class LeadsOutError extends CorpusError {
  constructor(path: string, real: string) {
    super(
      path,
      said("is a link that leads out of the folders to learn from, to {0}", real),
      said("It was not read. To have it read, choose the folder that it leads to as well."),
    );
  }
}

/** A folder that was chosen has become a way to another one. */
export class FolderRedirectedError extends CorpusError {
  constructor(folder: string, chosen: string, real: string) {
    super(
      folder,
      said("led to {0} when it was chosen, and leads to {1} now", chosen, real),
      said("Nothing there was read. To have it read, choose {0} itself.", real),
    );
  }
}

/** A glob would find files outside of the folder that it counts from. */
export class PatternLeadsOutError extends CorpusError {
  constructor(folder: string, pattern: string) {
    super(
      folder,
      said("the pattern '{0}' leads out of this folder and was ignored", pattern),
      said("Patterns are relative to the folder that is learned from; choose the other folder as well."),
    );
  }
}

/** The file has the name of a text but holds something else. */
export class BinaryFileError extends CorpusError {
  constructor(path: string) {
    super(path, said("contains binary data, not text"), said("Rename the file, or exclude it."));
  }
}

/** A file that is not what its ending says, or of which a part is missing. */
export class BrokenDocumentError extends CorpusError {
  /** @param reason 'is no notebook: it is not well-formed JSON' */
  constructor(path: string, reason: Said) {
    super(
      path,
      reason,
      said("It was left out. Open it with the program that wrote it and save it again, or exclude it."),
    );
  }
}

/** A file of a kind that Idiolect does not read: data, programs, documents of word processors. */
export class UnreadKindError extends CorpusError {
  /** @param kinds endings that are read */
  constructor(path: string, ending: string, kinds: readonly string[]) {
    super(
      path,
      said("is a .{0} file, a kind that is not read", ending),
      said(
        "Save its text as Markdown or plain text, and read that. Files that are read end in {0}.",
        kinds.map((kind) => `.${kind}`).join(", "),
      ),
    );
  }
}

/** The file is text, but nothing in it is the writer's own prose. */
export class NoProseError extends CorpusError {
  constructor(path: string) {
    super(
      path,
      said("contains no sentences by its writer"),
      said("Nothing to do: files that are empty or only code, tables or quotations are left out."),
    );
  }
}

/** A reader met something it should have been able to read; the fault is ours. */
export class DocumentParseError extends CorpusError {
  constructor(path: string, cause: unknown) {
    // What the cause says may quote the text, which no log is to hold.
    super(
      path,
      said("could not be understood"),
      said("Exclude the file for now, and report this with the file if you may share it."),
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
  /** Without any of the document's text, as it is logged, and without a full stop. */
  readonly message: Said;
  /** What stands in the document; to be shown to its writer, and never logged. */
  readonly quoted?: Said | string;
  readonly advice: Said;
}
