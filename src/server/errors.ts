import { ErrorCodes, LSPErrorCodes, ResponseError } from "vscode-languageserver/node";
import { said } from "../said/said.ts";
import { SaidError, toldOf } from "../said/said-error.ts";
import { StoreError } from "../store/errors.ts";
import { sayTold } from "./say-told.ts";

/** A request names a document that the editor has not opened, or has closed meanwhile. */
export class DocumentNotOpenError extends SaidError {
  constructor() {
    super(said("The document is not open."), said("Open the document and try again."));
  }
}

/** There is no sentence of the writer's where one was pointed at. */
export class NoSentenceError extends SaidError {
  constructor() {
    super(
      said("There is no sentence of yours here."),
      said("Put the cursor into a sentence of running text: code, quotations and headings have no tone."),
    );
  }
}

/** A lesson that was taken back or forgotten meanwhile. */
export class LessonGoneError extends SaidError {
  constructor() {
    super(said("This lesson is no longer kept."), said("Open the list of lessons again."));
  }
}

/** A round of questions is asked for, and nobody was learned whose sentences could be asked about, or several were. */
export class NobodyToAskError extends SaidError {
  constructor() {
    super(
      said("It is not clear whose sentences to ask about."),
      said(
        "Learn from your documents first; where several writers were learned, open one of your own documents.",
      ),
    );
  }
}

/** A question is answered of a round that the server does not know: it was started anew. */
export class RoundGoneError extends SaidError {
  constructor() {
    super(said("This round of questions has ended."), said("Begin another one: what you answered is kept."));
  }
}

/** Tags that were offered can no longer be written: the document has changed meanwhile. */
export class TagEditRefusedError extends SaidError {
  constructor() {
    super(said("The tags can no longer be written into this document."), said("Ask for code actions again."));
  }
}

/** A new name that no tag can have. */
export class TagNotRenamedError extends SaidError {
  constructor(tag: string) {
    super(said("'{0}' cannot be the name of a tag.", tag), said("Write a name without # , ; [ and ]."));
  }
}

/** A command that the server does not know. */
export class UnknownCommandError extends SaidError {
  constructor(command: string) {
    super(
      said("The server has no command {0}.", command),
      said("The page docs/editors.md lists the server's commands."),
    );
  }
}

/** Something taught was to be taken back, and nothing was taught since the server started. */
export class NothingTaughtError extends SaidError {
  constructor() {
    super(
      said("Nothing has been taught since the editor started."),
      said("Give the id of the lesson to take back."),
    );
  }
}

/** Parameters of a request that are not what the protocol says. */
export class ParametersError extends SaidError {
  constructor(method: string, cause: unknown) {
    super(
      said("The parameters of {0} are not what was expected.", method),
      said(
        "Editor and server are of different versions: restart the server, in VS Code with 'Idiolect: Restart Reader'.",
      ),
      { cause },
    );
  }
}

/** A request was cancelled, or asks about a version of a document that there is no more. */
export function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
}

/** What the editor is told of a failure: message and advice apart, in its language, and what its log is to say, in English. */
export interface FailureData {
  readonly name: string;
  readonly message: string;
  readonly advice: string;
  readonly english: string;
}

/** What the editor is told of a failure; one that knows nothing of the data shows message and advice in one. */
export function responseError(cause: unknown): ResponseError<FailureData> {
  if (cause instanceof ResponseError) return cause;
  const { name, message: english } = cause instanceof Error ? cause : new Error(String(cause));
  const { message, advice } = sayTold(toldOf(cause, said("See the log of Idiolect for more.")));
  return new ResponseError(ErrorCodes.InternalError, `${message} ${advice}`, {
    name,
    message,
    advice,
    english,
  });
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
