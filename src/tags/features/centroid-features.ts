import { cosine } from "../../numbers/vectors.ts";
import { type FeatureGroup, standardised, type TagQuery } from "../tag-query.ts";
import type { TaggedDocument } from "../tagged-document.ts";

/**
 * Cosine of the document with the mean vector of a tag's documents: plain, standardised within the
 * document, and after the writer's overall mean is taken away (the tag's mean shrunk towards it by
 * one document).
 */
export function centroidFeatures(
  space: string,
  vectorOf: (document: TaggedDocument) => Float32Array | undefined,
): FeatureGroup {
  const vectors: (Float32Array | undefined)[] = [];
  const names = ["centroid", "centroidStandardised", "centroidCentred"].map((name) => `${space}.${name}`);
  return {
    names,
    learn({ document }) {
      vectors.push(vectorOf(document));
    },
    write(query, columns) {
      const own = vectorOf(query.document);
      const plain = new Float64Array(query.tags.length).fill(Number.NaN);
      const centred = new Float64Array(query.tags.length).fill(Number.NaN);
      if (own !== undefined) writeCosines(query, own, vectors, plain, centred);
      columns.set(names[0]!, plain);
      columns.set(names[1]!, standardised(plain));
      columns.set(names[2]!, centred);
    },
  };
}

function writeCosines(
  query: TagQuery,
  own: Float32Array,
  vectors: readonly (Float32Array | undefined)[],
  plain: Float64Array,
  centred: Float64Array,
): void {
  const overall = sumOf(query.places, vectors, own.length).map((value) => value / (query.places.length || 1));
  const ownCentred = own.map((value, at) => value - overall[at]!);
  query.uses.forEach((places, at) => {
    const sum = sumOf(places, vectors, own.length);
    plain[at] = cosine(sum, own);
    const shrunk = sum.map((value, k) => (value + overall[k]!) / (places.length + 1) - overall[k]!);
    centred[at] = cosine(shrunk, ownCentred);
  });
}

function sumOf(
  places: readonly number[],
  vectors: readonly (Float32Array | undefined)[],
  size: number,
): Float32Array {
  const sum = new Float32Array(size);
  for (const place of places) {
    const vector = vectors[place];
    if (vector !== undefined) for (let k = 0; k < size; k++) sum[k]! += vector[k]!;
  }
  return sum;
}
