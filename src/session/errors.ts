import { said } from "../said/said.ts";
import { SaidError } from "../said/said-error.ts";

/** What every failure of learning has in common: what happened, and what the reader can do about it. */
export abstract class LearnerError extends SaidError {}

/** Another process learns with the same store. */
export class LearnerBusyError extends LearnerError {
  constructor(processId: number) {
    super(
      said("Idiolect is already learning into this store (process {0}).", String(processId)),
      said("Wait until it is done, or pause it where it was started."),
    );
  }
}

/** Another process took the lease while this one learned. */
export class LeaseLostError extends LearnerError {
  constructor() {
    super(
      said("Another process has taken over learning into this store, so this one stopped."),
      said("Nothing is lost: the other one goes on from the last checkpoint."),
    );
  }
}

/** What learns is not made for this machine; texts are read here by WebAssembly. */
export class LearningUnavailableError extends LearnerError {
  constructor() {
    super(
      said(
        "Idiolect reads on this machine and does not learn: the engine that it learns with is not made for it ({0}, {1}).",
        process.platform,
        process.arch,
      ),
      said(
        "Learn on a machine with Linux, Windows or an Apple processor, export it there with the text, and import the file here.",
      ),
    );
  }
}

/** A file of an export or import cannot be written or read. */
abstract class ExchangeFileError extends SaidError {}

/** What is to be exported has a file in its place. */
export class FileExistsError extends ExchangeFileError {
  constructor(file: string) {
    super(
      said("{0} is there already.", file),
      said("Choose another name, or add --force to replace the file."),
    );
  }
}

export class FileUnwritableError extends ExchangeFileError {
  constructor(file: string, cause: unknown) {
    super(
      said("{0} could not be written ({1}).", file, codeOf(cause)),
      said("Check that its folder exists, that you may write there, and that the disk has room."),
      { cause },
    );
  }
}

export class FileUnreadableError extends ExchangeFileError {
  constructor(file: string, cause: unknown) {
    super(
      said("{0} could not be read ({1}).", file, codeOf(cause)),
      said("Check the name, and that you may read the file."),
      { cause },
    );
  }
}

/** An export is larger than any that Idiolect makes. */
export class ExportTooLargeError extends ExchangeFileError {
  constructor(file: string) {
    super(
      said("{0} is larger than any export is.", file),
      said("Choose a file that 'Idiolect: Export' or 'idiolect export' has made."),
    );
  }
}

function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return "code" in cause ? String(cause.code) : cause.message;
}
