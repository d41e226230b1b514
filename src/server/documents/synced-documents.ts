import { createHash } from "node:crypto";
import { type Connection, TextDocuments } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { authorsOf } from "../../corpus/authors.ts";
import { canonicalPathOf } from "../../corpus/files/canonical-path.ts";
import { formatOfOpen } from "../../corpus/formats/formats.ts";
import { notebookCell } from "../../corpus/formats/notebook.ts";
import { LiveSource } from "../../corpus/live/live-source.ts";
import { headOf } from "../../corpus/parse-document.ts";
import type { OpenDocument, OpenDocuments } from "../context.ts";

/**
 * The documents that the editor has open. Another version is another object; of each version only what differs from the
 * one before is taken apart.
 */
export class SyncedDocuments implements OpenDocuments {
  readonly #synced = new TextDocuments(TextDocument);
  readonly #open = new Map<string, OpenDocument>();
  /** The newest versions that anybody asked about. */
  readonly #live = new Map<string, LiveSource>();

  constructor(connection: Connection) {
    this.#synced.onDidClose(({ document: { uri } }) => {
      this.#open.delete(uri);
      this.#live.delete(uri);
    });
    this.#synced.listen(connection);
  }

  get(uri: string): OpenDocument | undefined {
    const text = this.#synced.get(uri);
    if (text === undefined) return undefined;
    const known = this.#open.get(uri);
    if (known?.version === text.version) return known;
    const document = openDocument(text, this.#live);
    this.#open.set(uri, document);
    return document;
  }

  /** The open document of a path; none for a notebook, of which cells are open. */
  at(path: string): OpenDocument | undefined {
    const found = this.#synced.keys().find((uri) => !isCell(uri) && pathOf(uri) === path);
    return found === undefined ? undefined : this.get(found);
  }

  /** Whom the open document of a path names, or the cells of an open notebook. */
  authorsAt(path: string): readonly string[] {
    for (const uri of this.#synced.keys()) {
      const authors = pathOf(uri) === path ? (this.get(uri)?.authors ?? []) : [];
      if (authors.length > 0) return authors;
    }
    return [];
  }

  onChange(listener: (uri: string) => void): void {
    this.#synced.onDidChangeContent(({ document }) => listener(document.uri));
  }

  onSave(listener: () => void): void {
    this.#synced.onDidSave(() => listener());
  }

  onClose(listener: (uri: string) => void): void {
    this.#synced.onDidClose(({ document }) => listener(document.uri));
  }
}

/** A document that the editor has not opened, as it would have it. */
export const documentOf = (uri: string, languageId: string, version: number, source: string): OpenDocument =>
  openDocument(TextDocument.create(uri, languageId, version, source), new Map());

/** The synced text changes in place, so this is a copy of one version. */
function openDocument(synced: TextDocument, liveByUri: Map<string, LiveSource>): OpenDocument {
  const { uri, languageId, version } = synced;
  const source = synced.getText();
  const text = TextDocument.create(uri, languageId, version, source);
  const path = pathOf(uri);
  const format = isCell(uri) ? notebookCell : formatOfOpen(path, languageId);
  let live: LiveSource | undefined;
  let authors: readonly string[] | undefined;
  return {
    uri,
    path,
    languageId,
    version,
    format,
    source,
    get live() {
      if (live === undefined) {
        live = new LiveSource(source, path, format, liveByUri.get(uri));
        liveByUri.set(uri, live);
      }
      return live;
    },
    get parsed() {
      return this.live.whole;
    },
    get authors() {
      authors ??= authorsOf(headOf(source, path, format).fields);
      return authors;
    },
    offsetAt: (position) => text.offsetAt(position),
    positionAt: (offset) => text.positionAt(offset),
  };
}

export function pathOf(uri: string): string {
  const url = URL.parse(uri);
  if (url === null) return uri;
  try {
    return url.protocol === "file:" ? canonicalPathOf(url) : decodeURIComponent(url.pathname);
  } catch {
    return url.pathname;
  }
}

/** Editors with notebooks, VS Code above all, show each cell as a document whose path is the notebook's. */
const isCell = (uri: string): boolean => uri.startsWith("vscode-notebook-cell:");

/** Whether an open document is a file; others have a name only as long as they are open. */
export const isFile = ({ uri }: Pick<OpenDocument, "uri">): boolean => uri.startsWith("file:");

/** What names an open document: its path, or for what is no file its URI, which is no path of any file. */
export const identityOf = ({ uri, path }: OpenDocument): string => (isFile({ uri }) ? path : uri);

/** Names a document by its text as learning does, so that what its front matter says of its tone is known. */
export function documentKey({ source }: OpenDocument): string {
  return createHash("sha256").update(source).digest("hex");
}
