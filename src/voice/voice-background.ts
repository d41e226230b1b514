import type { SparseVector } from "./linear-model.ts";
import { type TermCounts, type TermKind, termCounts, termKinds } from "./term-counts.ts";
import { TermSpace } from "./term-space.ts";

/** What a passage is compared by: its terms of each kind, which do not give its words back. */
export type PassageTerms = Readonly<Record<TermKind, TermCounts>>;

/** A passage as vectors of length 1. */
export type PassageVectors = Readonly<Record<TermKind, SparseVector>>;

/** A passage and who wrote it. */
export interface OthersPassage {
  readonly writer: string;
  readonly terms: PassageTerms;
}

/** How others write: what a writer is told apart from. */
export interface VoiceBackground {
  /** Words that are terms of their own, in lower case. */
  readonly common: ReadonlySet<string>;
  /** Passages by others, from whom the writer is told apart (Koppel and Winter 2014). */
  readonly impostors: readonly OthersPassage[];
  /** What writing assistants take out of texts (above 0) and put into them, by the numbers of terms of characters. */
  readonly assistant: Float32Array;
  /** Writers whose rewritten paragraphs that was learned from: it is not to be measured on them. */
  readonly rewritten: readonly string[];
}

/** Makes passages comparable: which words are common and which terms rare is up to the background. */
export class PassageSpace {
  readonly #common: ReadonlySet<string>;
  readonly #spaces: Readonly<Record<TermKind, TermSpace>>;

  constructor({ common, impostors }: Pick<VoiceBackground, "common" | "impostors">) {
    this.#common = common;
    this.#spaces = byKind((kind) => new TermSpace(impostors.map(({ terms }) => terms[kind])));
  }

  terms(text: string): PassageTerms {
    return passageTerms(text, this.#common);
  }

  vectors(passage: PassageTerms | string): PassageVectors {
    const terms = typeof passage === "string" ? this.terms(passage) : passage;
    return byKind((kind) => this.#spaces[kind].vector(terms[kind]));
  }
}

export const passageTerms = (text: string, common: ReadonlySet<string>): PassageTerms =>
  byKind((kind) => termCounts(text, kind, common));

/** A value for each kind of terms. */
export function byKind<Value>(of: (kind: TermKind) => Value): Record<TermKind, Value> {
  return Object.fromEntries(termKinds.map((kind) => [kind, of(kind)])) as Record<TermKind, Value>;
}
