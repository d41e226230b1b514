import { mean } from "../../numbers/mean.ts";
import { nearest, neighbourShares } from "../similarity/neighbours.ts";
import type { SimilaritySpace } from "../similarity/similarity-space.ts";
import { type FeatureGroup, standardised } from "../tag-query.ts";

const neighbourhoods = [5, 15, 40];

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
      const order = nearest(similarities, similarities.length).filter(
        ({ index }) => !query.leftOut.has(index),
      );
      const ranks = new Float64Array(similarities.length);
      order.forEach(({ index }, rank) => {
        ranks[index] = rank;
      });
      const top = Math.max(1e-9, order[0]?.similarity ?? 0);
      query.uses.forEach((places, at) => {
        const own = places.map((place) => Math.max(0, similarities[place]!)).sort((a, b) => b - a);
        written.best[at] = own[0]!;
        written.bestOfAll[at] = own[0]! / top;
        written.rank[at] = -Math.log1p(
          places.reduce((best, place) => Math.min(best, ranks[place]!), Infinity),
        );
        means.best3[at] = mean(own.slice(0, 3));
        means.mean[at] = mean(own);
      });
      columns.set(columnName("mean"), standardised(means.mean));
      neighbourhoods.forEach((count, which) => {
        const tagsOf = (place: number) => query.memory.documentAt(place).tags;
        const votes = neighbourShares(order.slice(0, count), tagsOf, power);
        query.tags.forEach((tag, at) => {
          shareColumns[which]![at] = Math.sqrt(votes.get(tag) ?? 0);
        });
      });
    },
  };
}
