import { mean } from "../../numbers/mean.ts";
import { nearestFirst, neighbourShares } from "../similarity/neighbours.ts";
import type { SimilaritySpace } from "../similarity/similarity-space.ts";
import { type FeatureGroup, standardised } from "../tag-query.ts";

const neighbourhoods = [5, 15, 40];
const shownBest = 3;

/**
 * How the neighbours in one space speak for a tag: square root of its share of the votes of the 5,
 * 15 and 40 nearest; the best neighbour that has it, plain, against the best of all, and by rank;
 * the mean of its three best; the mean of all, standardised within the document.
 */
export function neighbourFeatures({ name, power }: SimilaritySpace): FeatureGroup {
  const columnName = (feature: string) => `${name}.${feature}`;
  const kinds = ["best", "bestOfAll", "rank", "best3", "mean"];
  const shares = neighbourhoods.map((count) => `share${count}`);
  return {
    names: [...shares, ...kinds].map(columnName),
    similarities: [name],
    write(query, columns) {
      const similarities = query.similarities.get(name);
      const column = (feature: string) => {
        const values = new Float64Array(query.tags.length).fill(similarities === undefined ? Number.NaN : 0);
        columns.set(columnName(feature), values);
        return values;
      };
      const written = { best: column("best"), bestOfAll: column("bestOfAll"), rank: column("rank") };
      const means = { best3: column("best3"), mean: column("mean") };
      const shareColumns = shares.map(column);
      if (similarities === undefined) return;
      const order = nearestFirst(similarities).filter((place) => !query.leftOut.has(place));
      const ranks = new Float64Array(similarities.length);
      order.forEach((place, rank) => {
        ranks[place] = rank;
      });
      const top = Math.max(1e-9, order.length === 0 ? 0 : similarities[order[0]!]!);
      query.uses.forEach((places, at) => {
        const own = new BestOf(shownBest);
        let bestRank = Infinity;
        for (const place of places) {
          own.add(Math.max(0, similarities[place]!));
          bestRank = Math.min(bestRank, ranks[place]!);
        }
        written.best[at] = own.best;
        written.bestOfAll[at] = own.best / top;
        written.rank[at] = -Math.log1p(bestRank);
        means.best3[at] = own.meanOfBest;
        means.mean[at] = own.mean;
      });
      columns.set(columnName("mean"), standardised(means.mean));
      neighbourhoods.forEach((count, which) => {
        const tagsOf = (place: number) => query.memory.documentAt(place).tags;
        const neighbours = Array.from(order.subarray(0, count), (index) => {
          return { index, similarity: similarities[index]! };
        });
        const votes = neighbourShares(neighbours, tagsOf, power);
        query.tags.forEach((tag, at) => {
          shareColumns[which]![at] = Math.sqrt(votes.get(tag) ?? 0);
        });
      });
    },
  };
}

/** The mean of values, and that of the highest ones. */
class BestOf {
  readonly #count: number;
  /** Highest first. */
  readonly #highest: number[] = [];
  #sum = 0;
  #size = 0;

  constructor(count: number) {
    this.#count = count;
  }

  get best(): number {
    return this.#highest[0]!;
  }

  get meanOfBest(): number {
    return mean(this.#highest);
  }

  get mean(): number {
    return this.#sum / this.#size;
  }

  add(value: number): void {
    this.#sum += value;
    this.#size += 1;
    const highest = this.#highest;
    if (highest.length === this.#count) {
      if (value <= highest.at(-1)!) return;
      highest.pop();
    }
    let at = highest.length;
    while (at > 0 && highest[at - 1]! < value) at -= 1;
    highest.splice(at, 0, value);
  }
}
