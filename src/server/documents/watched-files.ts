import { pathToFileURL } from "node:url";
import { DidChangeWatchedFilesNotification, type Disposable } from "vscode-languageserver/node";
import { anyCaseGlobFor, searchedEndings } from "../../corpus/formats/formats.ts";
import type { ServerContext } from "../context.ts";

/** Where the editor does not tell of files, they are looked at so often. */
const periodMs = 5 * 60 * 1000;

/**
 * Has the editor tell when files of the learned folders come, change, move or go, also outside of what it has open; where
 * it cannot, looks now and then, and whenever something is saved. To be called when the editor is ready.
 */
export function watchFiles(context: ServerContext): void {
  const { connection, news } = context;
  if (!context.client().watchesFiles) {
    const timer = setInterval(() => news.lookSoon(), periodMs).unref();
    context.onShutdown(() => clearInterval(timer));
    context.documents.onSave(() => news.lookSoon());
    return;
  }
  const watchers = new FolderWatchers(context);
  connection.onDidChangeWatchedFiles(() => news.lookSoon());
  news.onLooked(() => watchers.follow());
  watchers.follow();
}

/** The watchers that the editor holds for us. */
class FolderWatchers {
  readonly #context: ServerContext;
  #watched = "";
  #registration: Disposable | undefined;

  constructor(context: ServerContext) {
    this.#context = context;
  }

  /** Watches the folders that are learned now. */
  follow(): void {
    const { connection } = this.#context;
    const writers = this.#context.host.openableStore()?.writers.list() ?? [];
    const folders = [...new Set(writers.flatMap((writer) => writer.folders))].sort();
    if (folders.join("\n") === this.#watched) return;
    this.#watched = folders.join("\n");
    const pattern = anyCaseGlobFor(searchedEndings);
    const watchers = folders.map((folder) => ({
      globPattern: { baseUri: pathToFileURL(folder).href, pattern },
    }));
    this.#registration?.dispose();
    this.#registration = undefined;
    if (watchers.length === 0) return;
    connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).then(
      (registration) => {
        this.#registration = registration;
      },
      (cause: unknown) => connection.console.warn(`The editor does not watch files: ${cause}`),
    );
  }
}
