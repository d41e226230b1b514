import { tagKey } from "../text/tag-key.ts";
import { type DocumentTerms, documentTerms } from "./similarity/document-terms.ts";
import type { ShortVector } from "./similarity/vector-rows.ts";

/** What is the same however much of a document is known. */
export interface DocumentFacts {
  /** File name or another name that is unique among the writer's documents. */
  readonly id: string;
  readonly timeMs: number;
  /** In the writer's spelling, in the writer's order. */
  readonly tags: readonly string[];
  /** Keys of the tags that were taken from suggestions: no evidence that suggestions are right. None if absent. */
  readonly accepted?: ReadonlySet<string>;
}

/** A document of one writer, as the tag methods see it. */
export interface TaggedDocument extends DocumentFacts {
  readonly title: string;
  /** Prose without front matter. */
  readonly text: string;
  /** Unit-length passage vectors; the first is of the title and the lead. May be empty. */
  readonly vectors: readonly Float32Array[];
  /** Unit-length vector of the whole document; empty where only its lead has been read. */
  readonly vector: Float32Array;
}

/** A document whose text has been taken apart: as much of it as is remembered. */
export interface TermedDocument extends DocumentFacts {
  readonly terms: DocumentTerms;
  readonly vectors: readonly ShortVector[];
  readonly vector: ShortVector;
}

/** A document that can be remembered. */
export type KnownDocument = TaggedDocument | TermedDocument;

/** The keys of a document's tags, each once, in the writer's order. */
export function tagKeys(document: Pick<TaggedDocument, "tags">): string[] {
  const keys = new Set<string>();
  for (const tag of document.tags) {
    const key = tagKey(tag);
    if (key !== "") keys.add(key);
  }
  return [...keys];
}

interface WithVectors<Vector> {
  readonly vectors: readonly Vector[];
  readonly vector: Vector;
}

/** The vector of title and lead; undefined where it has not been made. */
export const leadVectorOf = <Vector>({ vectors }: WithVectors<Vector>): Vector | undefined => vectors[0];

/** The vector of the whole document; undefined where it has not been made. */
export function wholeVectorOf<Vector extends ArrayLike<number>>({
  vectors,
  vector,
}: WithVectors<Vector>): Vector | undefined {
  return vectors.length === 0 || vector.length === 0 ? undefined : vector;
}

/** The document that was taken apart last. */
let last: { readonly of: Texts; readonly terms: DocumentTerms } | undefined;

type Texts = Pick<TaggedDocument, "title" | "text">;

/** What a document's text is taken apart into; once however often it is asked for in a row. */
export function termsOf(document: Texts | Pick<TermedDocument, "terms">): DocumentTerms {
  if ("terms" in document) return document.terms;
  if (last?.of !== document) last = { of: document, terms: documentTerms(document) };
  return last.terms;
}
