import type { OrdinalScale } from "../../tone/head/ordinal-scale.ts";
import { WriterPosterior, type WriterPrior, writerPrior } from "../../tone/writer/writer-posterior.ts";
import type { ReadRatedWriter } from "./read-rated-writers.ts";
import { asAnswer } from "./simulate-round.ts";

/** How likely the ratings of the writers who choose are under a prior; nats. */
export interface TriedPrior extends WriterPrior {
  readonly logEvidence: number;
}

const tried = {
  bias: [0.3, 0.5, 0.7],
  spread: [0.35, 0.5, 0.7, 1],
  slips: [0.05, 0.1, 0.2],
  asEverybody: [0.1, 0.3, 0.5],
} as const;
/** Of each writer. */
const mostLabels = 24;

/** Tries the numbers of the prior, one at a time beside the shipped others; likeliest first. */
export function tryPriors(writers: readonly ReadRatedWriter[], scale: OrdinalScale): readonly TriedPrior[] {
  const priors = Object.entries(tried).flatMap(([name, values]) =>
    values.map((value) => ({ ...writerPrior, [name]: value })),
  );
  const distinct = new Map(priors.map((prior) => [JSON.stringify(prior), prior]));
  return [...distinct.values()]
    .map((prior) => ({ ...prior, logEvidence: evidence(writers, scale, prior) }))
    .toSorted((a, b) => b.logEvidence - a.logEvidence);
}

function evidence(writers: readonly ReadRatedWriter[], scale: OrdinalScale, prior: WriterPrior): number {
  return writers.reduce(
    (sum, { labels }) =>
      sum + WriterPosterior.of(labels.slice(-mostLabels).map(asAnswer), scale, prior).logEvidence,
    0,
  );
}
