import type { RankerPrior } from "./ranker.ts";

export const openNewTagPrior: RankerPrior = { version: 1, bias: -6, features: {} };
