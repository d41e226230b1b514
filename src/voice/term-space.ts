import type { SparseVector } from "./linear-model.ts";
import { type TermCounts, termNumbers } from "./term-counts.ts";

/** Makes vectors of passages: rare terms count more (inverse document frequency), and each vector has the length 1. */
export class TermSpace {
  readonly #rarity: Float32Array;

  /** @param passages of many writers, which say how rare a term is */
  constructor(passages: readonly TermCounts[]) {
    const holders = new Uint32Array(termNumbers);
    for (const { ids } of passages) for (const id of ids) holders[id]! += 1;
    this.#rarity = Float32Array.from(holders, (count) => 1 + Math.log((1 + passages.length) / (1 + count)));
  }

  vector({ ids, counts }: TermCounts): SparseVector {
    const values = Float32Array.from(ids, (id, at) => (1 + Math.log(counts[at]!)) * this.#rarity[id]!);
    const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1;
    return { ids, values: values.map((value) => value / length) };
  }
}
