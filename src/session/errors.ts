/** What every failure of learning has in common: what happened, and what the reader can do about it. */
export abstract class LearnerError extends Error {
  readonly advice: string;

  constructor(message: string, advice: string, cause?: unknown) {
    super(`${message} ${advice}`, cause === undefined ? undefined : { cause });
    this.advice = advice;
  }
}

/** Another process learns with the same store. */
export class LearnerBusyError extends LearnerError {
  override readonly name = "LearnerBusyError";

  constructor(processId: number) {
    super(
      `Idiolect is already learning into this store (process ${processId}).`,
      "Wait until it is done, or pause it where it was started.",
    );
  }
}

/** Another process took the lease while this one learned. */
export class LeaseLostError extends LearnerError {
  override readonly name = "LeaseLostError";

  constructor() {
    super(
      "Another process has taken over learning into this store, so this one stopped.",
      "Nothing is lost: the other one goes on from the last checkpoint.",
    );
  }
}

/** What learns is not made for this machine; texts are read here by WebAssembly. */
export class LearningUnavailableError extends LearnerError {
  override readonly name = "LearningUnavailableError";
  /** The message without the advice. */
  readonly reason: string;

  constructor() {
    const reason =
      "Idiolect reads on this machine and does not learn: the engine that it learns with is not made for it " +
      `(${process.platform}, ${process.arch}).`;
    super(
      reason,
      "Learn on a machine with Linux, Windows or an Apple processor, export it there with the text, and import the " +
        "file here.",
    );
    this.reason = reason;
  }
}

/** A file of an export or import cannot be written or read. */
abstract class ExchangeFileError extends Error {
  readonly advice: string;

  constructor(message: string, advice: string, cause?: unknown) {
    super(`${message} ${advice}`, cause === undefined ? undefined : { cause });
    this.advice = advice;
  }
}

/** What is to be exported has a file in its place. */
export class FileExistsError extends ExchangeFileError {
  override readonly name = "FileExistsError";

  constructor(file: string) {
    super(`${file} is there already.`, "Choose another name, or add --force to replace the file.");
  }
}

export class FileUnwritableError extends ExchangeFileError {
  override readonly name = "FileUnwritableError";

  constructor(file: string, cause: unknown) {
    super(
      `${file} could not be written (${codeOf(cause)}).`,
      "Check that its folder exists, that you may write there, and that the disk has room.",
      cause,
    );
  }
}

export class FileUnreadableError extends ExchangeFileError {
  override readonly name = "FileUnreadableError";

  constructor(file: string, cause: unknown) {
    super(
      `${file} could not be read (${codeOf(cause)}).`,
      "Check the name, and that you may read the file.",
      cause,
    );
  }
}

function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return "code" in cause ? String(cause.code) : cause.message;
}
