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
}

/** A space whose similarities have a kernel. */
export interface KernelSpace extends SimilaritySpace {
  readonly kernel: Kernel;
}

/** A space's similarities as inner products of vectors that never change, to a few of the added documents. */
export interface Kernel {
  /** Whether a document has a vector. */
  has(document: TaggedDocument): boolean;
  /** Of a document that was not added, with those at some places; 0 where one of the two has no vector or is left out. */
  ofDocument(document: TaggedDocument, places: readonly number[], leftOut: ReadonlySet<number>): Float32Array;
  /** Of an added document, with others. */
  ofPlace(place: number, places: readonly number[]): Float32Array;
}

/** Cosine of TF-IDF vectors. The words may be shared with other spaces. */
export function tfidfSpace(
  name: string,
  power: number,
  { kind, words }: { readonly kind: TermKind; readonly words: WordNumbers },
  textOf: (document: TaggedDocument) => string,
): KernelSpace {
  const index = new TfidfIndex(kind, words);
  return {
    name,
    power,
    add: (document) => index.add(textOf(document)),
    // biome-ignore lint/correctness/useYield: it takes some milliseconds even for thousands of documents
    *similarities(document, leftOut) {
      return index.similarities(textOf(document), leftOut);
    },
    kernel: {
      has: () => true,
      ofDocument: (document, places, leftOut) => index.steadySimilarities(textOf(document), places, leftOut),
      ofPlace: (place, places) => index.steadyProducts(place, places),
    },
  };
}

const vectorsPerStep = 4096;

/** Cosine of unit-length vectors. */
export function vectorSpace(
  name: string,
  power: number,
  vectorOf: (document: TaggedDocument) => Float32Array | undefined,
): KernelSpace {
  const vectors: (Float32Array | undefined)[] = [];
  const cosines = (vector: Float32Array | undefined, places: readonly number[]): Float32Array => {
    const values = new Float32Array(places.length);
    if (vector === undefined) return values;
    for (const [at, place] of places.entries()) {
      const other = vectors[place];
      if (other !== undefined) values[at] = dot(vector, other);
    }
    return values;
  };
  return {
    name,
    power,
    add: (document) => {
      vectors.push(vectorOf(document));
    },
    kernel: {
      has: (document) => vectorOf(document) !== undefined,
      ofDocument(document, places, leftOut) {
        const values = cosines(vectorOf(document), places);
        return values.map((value, at) => (leftOut.has(places[at]!) ? 0 : value));
      },
      ofPlace: (place, places) => cosines(vectors[place], places),
    },
    *similarities(document, leftOut) {
      const query = vectorOf(document);
      if (query === undefined) return undefined;
      const similarities = new Float32Array(vectors.length);
      for (const [place, vector] of vectors.entries()) {
        if (place % vectorsPerStep === 0) yield;
        if (vector !== undefined && !leftOut.has(place)) similarities[place] = dot(query, vector);
      }
      return similarities;
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
