import type { RankerPrior } from "./ranker.ts";

/**
 * Which words of a text become a tag of a new writer, fitted on seven blogs whose licences allow it
 * (Chris Wellons, Drew DeVault, Matthias Endler, Phil Haack, Protesilaos Stavrou, Ruben Schade, Will Norris).
 * Made by scripts/tags/fit-ranker-prior.ts.
 */
export const openNewTagPrior: RankerPrior = {
  version: 1,
  bias: -7.7196,
  features: {
    inTitle: { mean: 0.092412, deviation: 0.28961, weight: 0.5976 },
    logCount: { mean: 1.2622, deviation: 0.45885, weight: 0.46432 },
    logDocuments: { mean: 2.5858, deviation: 1.4303, weight: -0.37767 },
    logShare: { mean: -2.2028, deviation: 1.2627, weight: -0.47819 },
    capitals: { mean: 0.066835, deviation: 0.19953, weight: 0.39491 },
    twoWords: { mean: 0.041017, deviation: 0.19833, weight: 0.062685 },
    threeWords: { mean: 0.015971, deviation: 0.12536, weight: -0.16837 },
    newLately: { mean: 1.9729, deviation: 1.0363, weight: 1.2931 },
  },
};
