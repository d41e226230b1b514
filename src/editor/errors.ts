/** A failure that the user is told of, with what to do about it. Texts are in the user's language. */
export class AdvisedError extends Error {
  /** One or two sentences; empty where nothing can be done. */
  readonly advice: string;

  constructor(message: string, advice: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.advice = advice;
  }
}

/** The server has ended and will not start again by itself. */
export class ServerGoneError extends AdvisedError {}

/** What was asked for needs something open that is not: a document, a folder, a selection. */
export class NothingOpenError extends AdvisedError {}

/** The document was changed between question and answer. */
export class DocumentChangedError extends AdvisedError {}

/** The server refused, and said why. */
export class RefusedError extends AdvisedError {}
