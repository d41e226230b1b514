import { mean, variance } from "../numbers/mean.ts";
import { finish, type PausableWork } from "./pausable-work.ts";
import type { TagMemory } from "./tag-memory.ts";
import type { TaggedDocument } from "./tagged-document.ts";

/** A document that tags are wanted for, with what the memory knows when it is asked. */
export interface TagQuery {
  readonly document: TaggedDocument;
  readonly memory: TagMemory;
  /** Places of remembered documents that are copies of the document and do not count. */
  readonly leftOut: ReadonlySet<number>;
  /** Places of the documents that count, oldest first. */
  readonly places: readonly number[];
  /** The candidates: every tag used in a document that counts. */
  readonly tags: readonly number[];
  /** For each candidate the places of its uses that count. */
  readonly uses: readonly (readonly number[])[];
  /** For each space, by name, the similarity to each remembered document; undefined where it has none. */
  readonly similarities: SpaceValues;
}

/** Values of a space by its name, worked out when they are first asked for. */
export interface SpaceValues {
  get(name: string): Float32Array | undefined;
}

/** Keeps what `compute` gave for each name. */
export class ComputedOnce implements SpaceValues {
  readonly #compute: (name: string) => PausableWork<Float32Array | undefined>;
  readonly #known = new Map<string, Float32Array | undefined>();

  constructor(compute: (name: string) => PausableWork<Float32Array | undefined>) {
    this.#compute = compute;
  }

  get(name: string): Float32Array | undefined {
    return finish(this.inSteps(name));
  }

  /** As `get`, in steps of some milliseconds. */
  *inSteps(name: string): PausableWork<Float32Array | undefined> {
    if (!this.#known.has(name)) this.#known.set(name, yield* this.#compute(name));
    return this.#known.get(name);
  }
}

/** A column for each feature; NaN where a value is not known. */
export type FeatureColumns = Map<string, Float64Array>;

/** Some features of every candidate. What it keeps of the learned documents is its own. */
export interface FeatureGroup {
  readonly names: readonly string[];
  /** Spaces whose similarities it asks for where it writes: they are worked out before, in steps. */
  readonly similarities?: readonly string[];
  /** Called with the place of each document when its rows have been added. */
  learn?(place: number): void;
  /** Adds a column for each of `names`, with a value for each candidate; in steps where it takes longer. */
  write(query: TagQuery, columns: FeatureColumns): void | PausableWork<void>;
}

/** The query without what the spaces say. */
export function queryMemory(
  document: TaggedDocument,
  memory: TagMemory,
  leftOut: ReadonlySet<number>,
): Omit<TagQuery, "similarities"> {
  const places: number[] = [];
  for (let place = 0; place < memory.size; place++) if (!leftOut.has(place)) places.push(place);
  const tags: number[] = [];
  const uses: (readonly number[])[] = [];
  for (let tag = 0; tag < memory.tagCount; tag++) {
    const all = memory.usesOf(tag);
    const counting = leftOut.size === 0 ? all : all.filter((place) => !leftOut.has(place));
    if (counting.length === 0) continue;
    tags.push(tag);
    uses.push(counting);
  }
  return { document, memory, leftOut, places, tags, uses };
}

/** The values with mean 0 and deviation 1; all 0 where they do not differ. */
export function standardised(values: Float64Array): Float64Array {
  if (values.length === 0) return values;
  const [middle, deviation] = [mean(values), Math.sqrt(variance(values))];
  return values.map((value) => (deviation < 1e-9 ? 0 : (value - middle) / deviation));
}
