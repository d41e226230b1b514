import { ErrorCodes, LSPErrorCodes, ResponseError } from "vscode-languageserver/node";

/** A request names a document that the editor has not opened, or has closed meanwhile. */
export class DocumentNotOpenError extends Error {
  override readonly name = "DocumentNotOpenError";
  readonly advice = "Open the document and try again.";

  constructor() {
    super("The document is not open.");
  }
}

/** A document that would hold the server up for seconds. */
export class DocumentTooLongError extends Error {
  override readonly name = "DocumentTooLongError";
  readonly advice = "Split it; learning still reads long files.";

  constructor(what: string) {
    super(`The document is too long to be read in the editor: ${what}.`);
  }
}

/** There is no sentence of the writer's where one was pointed at. */
export class NoSentenceError extends Error {
  override readonly name = "NoSentenceError";
  readonly advice =
    "Put the cursor into a sentence of running text: code, quotations and headings have no tone.";

  constructor() {
    super("There is no sentence of yours here.");
  }
}

/** A lesson that was taken back or forgotten meanwhile. */
export class LessonGoneError extends Error {
  override readonly name = "LessonGoneError";
  readonly advice = "Open the list of lessons again.";

  constructor() {
    super("This lesson is no longer kept.");
  }
}

/** Tags that were offered can no longer be written: the document has changed meanwhile. */
export class TagEditRefusedError extends Error {
  override readonly name = "TagEditRefusedError";
  readonly advice = "Ask for code actions again.";

  constructor() {
    super("The tags can no longer be written into this document.");
  }
}

/** A command that the server does not know. */
export class UnknownCommandError extends Error {
  override readonly name = "UnknownCommandError";
  readonly advice = "The page docs/editors.md lists the server's commands.";

  constructor(command: string) {
    super(`The server has no command ${command}.`);
  }
}

/** Something taught was to be taken back, and nothing was taught since the server started. */
export class NothingTaughtError extends Error {
  override readonly name = "NothingTaughtError";
  readonly advice = "Give the id of the lesson to take back.";

  constructor() {
    super("Nothing has been taught since the editor started.");
  }
}

/** Parameters of a request that are not what the protocol says. */
export class ParametersError extends Error {
  override readonly name = "ParametersError";
  readonly advice = "Editor and server are of different versions: reload the window.";

  constructor(method: string, cause: unknown) {
    super(`The parameters of ${method} are not what was expected.`, { cause });
  }
}

/** A request was cancelled, or asks about a version of a document that there is no more. */
export function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
}

/** What the editor is told of a failure: the message, and advice where there is some. */
export function responseError(
  cause: unknown,
): ResponseError<{ readonly name: string; readonly advice: string }> {
  if (cause instanceof ResponseError) return cause;
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  const own = cause instanceof Error && "advice" in cause && typeof cause.advice === "string";
  const advice = own ? (cause as Error & { advice: string }).advice : "See the log of Idiolect for more.";
  return new ResponseError(ErrorCodes.InternalError, message, { name, advice });
}
