import * as vscode from "vscode";
import type { DocumentReading } from "../../protocol/readings.ts";
import { notifications, requests } from "../../protocol/requests.ts";
import type { ServerLink } from "../client/server-link.ts";
import { describeFailure, type FailureText } from "../messages/failure-text.ts";
import { t } from "../messages/t.ts";

/** What is known of a document's tone. */
export type ReadingNews =
  | { readonly kind: "read"; readonly reading: DocumentReading }
  /** It cannot be read now; what was read before no longer holds. */
  | ({ readonly kind: "unread" } & FailureText);

type Take = (news: ReadingNews) => void;

interface Watched {
  /** The one that is open, or was last. */
  document: vscode.TextDocument;
  readonly takers: Set<Take>;
  latest: ReadingNews | undefined;
  waiting: NodeJS.Timeout | undefined;
  running: vscode.CancellationTokenSource | undefined;
}

/** Time without a key stroke after which a changed text is read again. */
const quietMs = 350;

/** Keeps the readings of the documents that somebody shows fresh, and asks for each only once. */
export class DocumentReadings implements vscode.Disposable {
  readonly #server: ServerLink;
  readonly #watched = new Map<string, Watched>();
  readonly #listening: vscode.Disposable;

  constructor(server: ServerLink) {
    this.#server = server;
    const all = () => {
      for (const watched of this.#watched.values()) {
        this.#readSoon(watched, 0);
      }
    };
    server.onNotification(notifications.readingsChanged, all);
    server.onNotification(notifications.documentPartlyRead, ({ uri, reading }) => {
      const watched = this.#watched.get(uri);
      if (watched?.running !== undefined && reading.version === watched.document.version) {
        tell(watched, { kind: "read", reading });
      }
    });
    this.#listening = vscode.Disposable.from(
      server.onStateChanged(({ kind }) => {
        if (kind === "running" || kind === "gone") {
          all();
        }
      }),
      // A file that was closed and is opened again is another document of the same name.
      vscode.workspace.onDidOpenTextDocument((document) => {
        const watched = this.#watched.get(document.uri.toString());
        if (watched !== undefined) {
          this.#takeAnew(watched, document);
        }
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const watched = this.#watched.get(document.uri.toString());
        if (watched !== undefined && contentChanges.length > 0) {
          this.#readSoon(watched, quietMs);
        }
      }),
    );
  }

  /** Tells the reading of a document now, if it is known, and after each change, until disposed. */
  watch(document: vscode.TextDocument, take: Take): vscode.Disposable {
    const key = document.uri.toString();
    let watched = this.#watched.get(key);
    if (watched === undefined) {
      watched = { document, takers: new Set(), latest: undefined, waiting: undefined, running: undefined };
      this.#watched.set(key, watched);
      this.#readSoon(watched, 0);
    } else if (watched.document !== document) {
      this.#takeAnew(watched, document);
    }
    watched.takers.add(take);
    if (watched.latest !== undefined) {
      take(watched.latest);
    }
    return { dispose: () => this.#leave(key, watched, take) };
  }

  dispose(): void {
    this.#listening.dispose();
    for (const watched of this.#watched.values()) {
      stop(watched);
    }
    this.#watched.clear();
  }

  #takeAnew(watched: Watched, document: vscode.TextDocument): void {
    watched.document = document;
    this.#readSoon(watched, 0);
  }

  #leave(key: string, watched: Watched, take: Take): void {
    watched.takers.delete(take);
    if (watched.takers.size === 0) {
      stop(watched);
      if (this.#watched.get(key) === watched) {
        this.#watched.delete(key);
      }
    }
  }

  /** What is closed keeps its reading until it is opened again. */
  #readSoon(watched: Watched, delayMs: number): void {
    stop(watched);
    if (watched.document.isClosed) {
      return;
    }
    watched.waiting = setTimeout(() => void this.#read(watched), delayMs);
  }

  async #read(watched: Watched): Promise<void> {
    const running = new vscode.CancellationTokenSource();
    watched.running = running;
    const news = await this.#ask(watched.document, running.token);
    const isWanted = watched.running === running && !running.token.isCancellationRequested;
    running.dispose();
    if (isWanted && news !== undefined) {
      tell(watched, news);
    }
  }

  /** Undefined where the answer is about a former text; the change has asked anew. */
  async #ask(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<ReadingNews | undefined> {
    const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
    const from = shown?.visibleRanges[0]?.start;
    const parameters = {
      uri: document.uri.toString(),
      ...(from === undefined ? {} : { from: { line: from.line, character: from.character } }),
    };
    try {
      const reading = await this.#server.send(requests.readDocument, parameters, token);
      return reading.version === document.version ? { kind: "read", reading } : undefined;
    } catch (cause) {
      const failure = describeFailure(cause, t);
      return failure && { kind: "unread", ...failure };
    }
  }
}

function tell(watched: Watched, news: ReadingNews): void {
  watched.latest = news;
  for (const take of watched.takers) {
    take(news);
  }
}

function stop(watched: Watched): void {
  clearTimeout(watched.waiting);
  watched.running?.cancel();
  watched.running = undefined;
}
