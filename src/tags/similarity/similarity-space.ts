import { mean } from "../../numbers/mean.ts";
import type { PausableWork } from "../pausable-work.ts";
import type { KnownDocument, TaggedDocument } from "../tagged-document.ts";
import type { TermCounts } from "./document-terms.ts";
import type { TermRange, TermRows } from "./term-rows.ts";
import { TfidfIndex } from "./tfidf.ts";
import type { ShortVector, VectorRows } from "./vector-rows.ts";

/** One way to say how similar two documents are. */
export interface SimilaritySpace {
  readonly name: string;
  /** Votes of neighbours weigh `similarity^power`. */
  readonly power: number;
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
  /** Whether a document that was not added has a vector. */
  has(document: TaggedDocument): boolean;
  /** Whether an added one has. */
  hasPlace(place: number): boolean;
  /** Of a document that was not added, with those at some places; 0 where one of the two has no vector or is left out. */
  ofDocument(document: TaggedDocument, places: readonly number[], leftOut: ReadonlySet<number>): Float32Array;
  /** Of an added document, with others. */
  ofPlace(place: number, places: readonly number[]): Float32Array;
}

/**
 * Cosine of TF-IDF vectors.
 *
 * @param rows whoever remembers documents adds their terms there; those of a range count
 */
export function tfidfSpace(
  name: string,
  power: number,
  { rows, range }: { readonly rows: TermRows; readonly range: TermRange },
  termsOf: (document: KnownDocument) => TermCounts,
): KernelSpace {
  const index = new TfidfIndex(rows, range);
  return {
    name,
    power,
    // biome-ignore lint/correctness/useYield: it takes some milliseconds even for thousands of documents
    *similarities(document, leftOut) {
      return index.similarities(termsOf(document), leftOut);
    },
    kernel: {
      has: () => true,
      hasPlace: () => true,
      ofDocument: (document, places, leftOut) => index.steadySimilarities(termsOf(document), places, leftOut),
      ofPlace: (place, places) => index.steadyProducts(place, places),
    },
  };
}

/** Of documents as they were learned, too, whose vectors may have 16 bits a number. */
export interface VectorOf {
  (document: TaggedDocument): Float32Array | undefined;
  (document: KnownDocument): Float32Array | ShortVector | undefined;
}

const vectorsPerStep = 4096;

/**
 * Cosine of unit-length vectors.
 *
 * @param rows whoever remembers documents adds them there; their first vector counts
 */
export function vectorSpace(name: string, power: number, rows: VectorRows, vectorOf: VectorOf): KernelSpace {
  /** The cosines that were worked out last: several regressions ask for the same. */
  let last: { readonly place: number; readonly size: number; readonly cosines: Float32Array } | undefined;
  return {
    name,
    power,
    kernel: {
      has: (document) => vectorOf(document) !== undefined,
      hasPlace: (place) => rows.countAt(place) > 0,
      ofDocument(document, places, leftOut) {
        const vector = vectorOf(document);
        if (vector === undefined) return new Float32Array(places.length);
        return rows.firstCosines(vector, places).map((value, at) => (leftOut.has(places[at]!) ? 0 : value));
      },
      ofPlace(place, places) {
        if (last?.place !== place || last.size !== places.length) {
          const vector = rows.firstAt(place);
          const cosines = vector ? rows.firstCosines(vector, places) : new Float32Array(places.length);
          last = { place, size: places.length, cosines };
        }
        return last.cosines;
      },
    },
    *similarities(document, leftOut) {
      const query = vectorOf(document);
      if (query === undefined || rows.isEmpty) return undefined;
      const similarities = new Float32Array(rows.size);
      for (let place = 0; place < similarities.length; place++) {
        if (place % vectorsPerStep === 0) yield;
        if (rows.countAt(place) > 0 && !leftOut.has(place)) similarities[place] = rows.cosine(query, place);
      }
      return similarities;
    },
  };
}

/** So many passages of a document are compared. */
export const passagesPerDocument = 10;
/** A hundred pairs of passages each. */
const documentsPerStep = 16;

/**
 * Passages matched by their best pair: the mean over one document's passages of the best cosine in
 * the other, averaged over both directions (as in ColBERT's late interaction, on passages).
 *
 * @param rows of passages, at most `passagesPerDocument` each; whoever remembers documents adds them there
 */
export function passageSpace(name: string, power: number, rows: VectorRows): SimilaritySpace {
  return {
    name,
    power,
    *similarities({ vectors }, leftOut) {
      const query = vectors.slice(0, passagesPerDocument);
      if (query.length === 0 || rows.isEmpty) return undefined;
      const similarities = new Float32Array(rows.size);
      for (let place = 0; place < similarities.length; place++) {
        if (place % documentsPerStep === 0) yield;
        if (rows.countAt(place) > 0 && !leftOut.has(place)) {
          similarities[place] = bestPairs(query, rows, place);
        }
      }
      return similarities;
    },
  };
}

const bestOfOne = new Float64Array(passagesPerDocument);

function bestPairs(query: readonly Float32Array[], rows: VectorRows, place: number): number {
  const count = rows.countAt(place);
  bestOfOne.fill(-1, 0, query.length);
  let sum = 0;
  for (let nth = 0; nth < count; nth++) {
    let best = -1;
    for (let own = 0; own < query.length; own++) {
      const cosine = rows.cosine(query[own]!, place, nth);
      if (cosine > best) best = cosine;
      if (cosine > bestOfOne[own]!) bestOfOne[own] = cosine;
    }
    sum += best;
  }
  return (mean(bestOfOne.subarray(0, query.length)) + sum / count) / 2;
}
