import type { RankerPrior } from "./ranker.ts";

/**
 * Which words of a text become a tag of a new writer, fitted on seven blogs whose licences allow it
 * (Chris Wellons, Drew DeVault, Matthias Endler, Phil Haack, Protesilaos Stavrou, Ruben Schade, Will Norris).
 * Made by scripts/tags/fit-ranker-prior.ts.
 */
export const openNewTagPrior: RankerPrior = {
  version: 1,
  bias: -7.7221,
  features: {
    inTitle: { mean: 0.092467, deviation: 0.28968, weight: 0.59792 },
    logCount: { mean: 1.2621, deviation: 0.45887, weight: 0.46716 },
    logDocuments: { mean: 2.5853, deviation: 1.4305, weight: -0.3792 },
    logShare: { mean: -2.2028, deviation: 1.263, weight: -0.47888 },
    capitals: { mean: 0.066858, deviation: 0.19957, weight: 0.39358 },
    twoWords: { mean: 0.041067, deviation: 0.19845, weight: 0.063104 },
    threeWords: { mean: 0.015995, deviation: 0.12546, weight: -0.16801 },
    newLately: { mean: 1.9727, deviation: 1.0363, weight: 1.2939 },
  },
};
