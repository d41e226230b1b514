import { cosine } from "../../numbers/vectors.ts";
import type { VectorRows } from "../similarity/vector-rows.ts";
import { type FeatureGroup, standardised, type TagQuery } from "../tag-query.ts";
import type { TaggedDocument } from "../tagged-document.ts";

/**
 * Cosine of the document with the mean vector of a tag's documents: plain, standardised within the
 * document, and after the writer's overall mean is taken away (the tag's mean shrunk towards it by
 * one document).
 *
 * @param rows whoever remembers documents adds them there
 */
export function centroidFeatures(
  space: string,
  rows: VectorRows,
  vectorOf: (document: TaggedDocument) => Float32Array | undefined,
): FeatureGroup {
  const sums = new VectorSums(rows);
  const names = ["centroid", "centroidStandardised", "centroidCentred"].map((name) => `${space}.${name}`);
  return {
    names,
    write(query, columns) {
      const own = vectorOf(query.document);
      const plain = new Float64Array(query.tags.length).fill(Number.NaN);
      const centred = new Float64Array(query.tags.length).fill(Number.NaN);
      if (own !== undefined && !rows.isEmpty) writeCosines(query, own, sums, { plain, centred });
      columns.set(names[0]!, plain);
      columns.set(names[1]!, standardised(plain));
      columns.set(names[2]!, centred);
    },
  };
}

function writeCosines(
  query: TagQuery,
  own: Float32Array,
  sums: VectorSums,
  { plain, centred }: { readonly plain: Float64Array; readonly centred: Float64Array },
): void {
  const { memory, places, tags, uses } = query;
  const everything =
    places.length === memory.size ? sums.ofAll(places, own.length) : sums.of(places, own.length);
  const overall = everything.map((value) => value / (places.length || 1));
  const ownCentred = own.map((value, at) => value - overall[at]!);
  const shrunk = new Float32Array(own.length);
  for (const [at, counting] of uses.entries()) {
    const all = memory.usesOf(tags[at]!);
    const isWhole = all.length === counting.length;
    const sum = isWhole ? sums.ofTag(tags[at]!, all, own.length) : sums.of(counting, own.length);
    plain[at] = cosine(sum, own);
    for (let k = 0; k < shrunk.length; k++) {
      shrunk[k] = (sum[k]! + overall[k]!) / (counting.length + 1) - overall[k]!;
    }
    centred[at] = cosine(shrunk, ownCentred);
  }
}

/** Sums of documents' vectors. */
class VectorSums {
  readonly #rows: VectorRows;
  readonly #ofAll = new GrowingSum();
  readonly #ofTags = new Map<number, GrowingSum>();

  constructor(rows: VectorRows) {
    this.#rows = rows;
  }

  of(places: readonly number[], size: number): Float32Array {
    return new GrowingSum().upTo(places, this.#rows, size);
  }

  /** @param places of all documents */
  ofAll(places: readonly number[], size: number): Float32Array {
    return this.#ofAll.upTo(places, this.#rows, size);
  }

  /** @param uses all of the tag, oldest first */
  ofTag(tag: number, uses: readonly number[], size: number): Float32Array {
    const known = this.#ofTags.get(tag) ?? new GrowingSum();
    this.#ofTags.set(tag, known);
    return known.upTo(uses, this.#rows, size);
  }
}

/** A sum over a list of places that only grows. */
class GrowingSum {
  #sum = new Float64Array(0);
  #count = 0;

  upTo(places: readonly number[], rows: VectorRows, size: number): Float32Array {
    if (this.#sum.length !== size) {
      this.#sum = new Float64Array(size);
      this.#count = 0;
    }
    for (; this.#count < places.length; this.#count++) rows.addFirstTo(this.#sum, places[this.#count]!);
    return rows.asVector(this.#sum);
  }
}
