import { mean } from "../../numbers/mean.ts";
import { dot } from "../../numbers/vectors.ts";
import type { PausableWork } from "../pausable-work.ts";
import type { TaggedDocument } from "../tagged-document.ts";
import type { TermKind } from "./term-numbers.ts";
import { TfidfIndex } from "./tfidf.ts";
import type { WordNumbers } from "./word-numbers.ts";

/** One way to say how similar two documents are. */
export interface SimilaritySpace {
  readonly name: string;
  /** Votes of neighbours weigh `similarity^power`. */
  readonly power: number;
  add(document: TaggedDocument): void;
  /**
   * Similarity (at most 1) to each added document, 0 for those left out; undefined where the document has
   * none. In steps of some milliseconds; nothing may be added meanwhile.
   */
  similarities(
    document: TaggedDocument,
    leftOut: ReadonlySet<number>,
  ): PausableWork<Float32Array | undefined>;
  /** The same as inner products of vectors that never change, where `similarities` are not. */
  kernel?(document: TaggedDocument, leftOut: ReadonlySet<number>): Float32Array;
}

/** Cosine of TF-IDF vectors. The words may be shared with other spaces. */
export function tfidfSpace(
  name: string,
  power: number,
  { kind, words }: { readonly kind: TermKind; readonly words: WordNumbers },
  textOf: (document: TaggedDocument) => string,
): SimilaritySpace {
  const index = new TfidfIndex(kind, words);
  return {
    name,
    power,
    add: (document) => index.add(textOf(document)),
    // biome-ignore lint/correctness/useYield: it takes some milliseconds even for thousands of documents
    *similarities(document, leftOut) {
      return index.similarities(textOf(document), leftOut);
    },
    kernel: (document, leftOut) => index.steadySimilarities(textOf(document), leftOut),
  };
}

/** Cosine of unit-length vectors. */
export function vectorSpace(
  name: string,
  power: number,
  vectorOf: (document: TaggedDocument) => Float32Array | undefined,
): SimilaritySpace {
  const vectors: (Float32Array | undefined)[] = [];
  return {
    name,
    power,
    add: (document) => {
      vectors.push(vectorOf(document));
    },
    *similarities(document, leftOut) {
      const query = vectorOf(document);
      if (query === undefined) return undefined;
      return Float32Array.from(vectors, (vector, place) =>
        vector === undefined || leftOut.has(place) ? 0 : dot(query, vector),
      );
    },
  };
}

const passagesPerDocument = 10;
/** A hundred pairs of passages each. */
const documentsPerStep = 16;

/**
 * Passages matched by their best pair: the mean over one document's passages of the best cosine in
 * the other, averaged over both directions (as in ColBERT's late interaction, on passages).
 */
export function passageSpace(name: string, power: number): SimilaritySpace {
  const remembered: (readonly Float32Array[])[] = [];
  const passagesOf = (document: TaggedDocument) => document.vectors.slice(0, passagesPerDocument);
  return {
    name,
    power,
    add: (document) => {
      remembered.push(passagesOf(document));
    },
    *similarities(document, leftOut) {
      const query = passagesOf(document);
      if (query.length === 0) return undefined;
      const similarities = new Float32Array(remembered.length);
      for (const [place, passages] of remembered.entries()) {
        if (place % documentsPerStep === 0) yield;
        if (passages.length > 0 && !leftOut.has(place)) similarities[place] = bestPairs(query, passages);
      }
      return similarities;
    },
  };
}

function bestPairs(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  const bestOfA = new Float64Array(a.length).fill(-1);
  const bestOfB = new Float64Array(b.length).fill(-1);
  a.forEach((left, i) => {
    b.forEach((right, j) => {
      const cosine = dot(left, right);
      if (cosine > bestOfA[i]!) bestOfA[i] = cosine;
      if (cosine > bestOfB[j]!) bestOfB[j] = cosine;
    });
  });
  return (mean(bestOfA) + mean(bestOfB)) / 2;
}
