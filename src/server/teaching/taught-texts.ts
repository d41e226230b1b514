import { hashOfText, isHashOfNothing } from "../../readings/tags/tag-suggestions.ts";
import type { OpenDocument, OpenDocuments } from "../context.ts";
import { plainSentences } from "../documents/sentences.ts";

/** So many documents that were closed are known again when they are opened under another name. */
const keptClosed = 50;

interface Taught {
  /** Of the text when something was taught about it. */
  readonly hashes: readonly string[];
  readonly newest: OpenDocument;
}

/**
 * Remembers on which texts of an open document something was taught. A document that is no file yet is known by its
 * text alone, for its name is given to the next one; while it is open, and when it is saved, it stays the same document.
 */
export class TaughtTexts {
  readonly #open = new Map<string, Taught>();
  #closed: readonly (Pick<Taught, "hashes"> & { readonly last: string })[] = [];

  constructor(documents: OpenDocuments) {
    documents.onChange((uri) => {
      const taught = this.#open.get(uri);
      const newest = documents.get(uri);
      if (taught !== undefined && newest !== undefined) this.#open.set(uri, { ...taught, newest });
    });
    documents.onClose((uri) => this.#close(uri));
  }

  /** Something is taught about the text as it is now. */
  note(document: OpenDocument): void {
    this.#open.set(document.uri, { hashes: this.hashesOf(document), newest: document });
  }

  /** Of the text as it is now, and as it was when something was taught about it. */
  hashesOf(document: OpenDocument): readonly string[] {
    const now = hashOf(document);
    const taught = this.#open.get(document.uri)?.hashes ?? this.#reopened(document, now);
    return [...new Set([...taught, now])];
  }

  #reopened(newest: OpenDocument, hash: string): readonly string[] {
    const found = this.#closed.find(({ last }) => last === hash);
    if (found === undefined || isHashOfNothing(hash)) return [];
    this.#open.set(newest.uri, { hashes: found.hashes, newest });
    return found.hashes;
  }

  #close(uri: string): void {
    const taught = this.#open.get(uri);
    this.#open.delete(uri);
    if (taught === undefined) return;
    const { hashes, newest } = taught;
    this.#closed = [{ hashes, last: hashOf(newest) }, ...this.#closed].slice(0, keptClosed);
  }
}

function hashOf(document: OpenDocument): string {
  return hashOfText(plainSentences(document));
}
