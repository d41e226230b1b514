import { ErrorCodes, LSPErrorCodes, ResponseError } from "vscode-languageserver/node";
import { StoreError } from "../store/errors.ts";
import { t } from "./language.ts";

/** What every failure that the editor is told of has in common: what happened, and what the user can do about it. */
abstract class ServerError extends Error {
  readonly advice: string;

  constructor(message: string, advice: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.advice = advice;
  }
}

/** A request names a document that the editor has not opened, or has closed meanwhile. */
export class DocumentNotOpenError extends ServerError {
  override readonly name = "DocumentNotOpenError";

  constructor() {
    super(t("The document is not open."), t("Open the document and try again."));
  }
}

/** There is no sentence of the writer's where one was pointed at. */
export class NoSentenceError extends ServerError {
  override readonly name = "NoSentenceError";

  constructor() {
    super(
      t("There is no sentence of yours here."),
      t("Put the cursor into a sentence of running text: code, quotations and headings have no tone."),
    );
  }
}

/** A lesson that was taken back or forgotten meanwhile. */
export class LessonGoneError extends ServerError {
  override readonly name = "LessonGoneError";

  constructor() {
    super(t("This lesson is no longer kept."), t("Open the list of lessons again."));
  }
}

/** A round of questions is asked for, and nobody was learned whose sentences could be asked about, or several were. */
export class NobodyToAskError extends ServerError {
  override readonly name = "NobodyToAskError";

  constructor() {
    super(
      t("It is not clear whose sentences to ask about."),
      t(
        "Learn from your documents first; where several writers were learned, open one of your own documents.",
      ),
    );
  }
}

/** A question is answered of a round that the server does not know: it was started anew. */
export class RoundGoneError extends ServerError {
  override readonly name = "RoundGoneError";

  constructor() {
    super(t("This round of questions has ended."), t("Begin another one: what you answered is kept."));
  }
}

/** Tags that were offered can no longer be written: the document has changed meanwhile. */
export class TagEditRefusedError extends ServerError {
  override readonly name = "TagEditRefusedError";

  constructor() {
    super(t("The tags can no longer be written into this document."), t("Ask for code actions again."));
  }
}

/** A new name that no tag can have. */
export class TagNotRenamedError extends ServerError {
  override readonly name = "TagNotRenamedError";

  constructor(tag: string) {
    super(t("'{0}' cannot be the name of a tag.", tag), t("Write a name without # , ; [ and ]."));
  }
}

/** A command that the server does not know. */
export class UnknownCommandError extends ServerError {
  override readonly name = "UnknownCommandError";

  constructor(command: string) {
    super(
      t("The server has no command {0}.", command),
      t("The page docs/editors.md lists the server's commands."),
    );
  }
}

/** Something taught was to be taken back, and nothing was taught since the server started. */
export class NothingTaughtError extends ServerError {
  override readonly name = "NothingTaughtError";

  constructor() {
    super(
      t("Nothing has been taught since the editor started."),
      t("Give the id of the lesson to take back."),
    );
  }
}

/** Parameters of a request that are not what the protocol says. */
export class ParametersError extends ServerError {
  override readonly name = "ParametersError";

  constructor(method: string, cause: unknown) {
    super(
      t("The parameters of {0} are not what was expected.", method),
      t(
        "Editor and server are of different versions: restart the server, in VS Code with 'Idiolect: Restart Reader'.",
      ),
      cause,
    );
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
  const advice = adviceOf(cause) ?? t("See the log of Idiolect for more.");
  return new ResponseError(ErrorCodes.InternalError, message, { name, advice });
}

/** What an error of ours advises; undefined for another. */
export function adviceOf(cause: unknown): string | undefined {
  return cause instanceof Error && "advice" in cause && typeof cause.advice === "string"
    ? cause.advice
    : undefined;
}

/**
 * Answers what an editor asks by itself while somebody types or points. Where the store cannot be opened, an editor that
 * shows the status of learning gets no answer: the status says why.
 */
export function answeringUnasked<T>(
  { client }: { readonly client: () => { readonly hearsNotifications: boolean } },
  work: () => T | Promise<T>,
): Promise<T | null> {
  return answering(async () => {
    try {
      return await work();
    } catch (cause) {
      if (cause instanceof StoreError && client().hearsNotifications) return null;
      throw cause;
    }
  });
}

/** Answers a request; what the work throws is told with advice. */
export async function answering<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw responseError(cause);
  }
}
