import { NotFiniteError } from "../../graph/errors.ts";
import { type ClassShares, expectedValence, type MinimumConfidence } from "../head/ordinal-scale.ts";
import { toneCalibration } from "../head/tone-calibration.ts";

export const toneNames = ["veryNegative", "negative", "neutral", "positive", "veryPositive"] as const;

/** One of the five ordered classes. */
export type ToneName = (typeof toneNames)[number];

/** What a text sounds like. */
export interface ToneReading {
  /** −1, very negative, to 1, very positive; given for abstentions, too. */
  readonly valence: number;
  /** `null` where there is no clear tone. */
  readonly label: ToneName | null;
  /** Share of the likeliest side (negative, neutral or positive), 0 to 1. */
  readonly confidence: number;
}

/** Shares of negative, neutral and positive, each 'very' with its side. */
export function sideShares([a, b, c, d, e]: ClassShares): readonly [number, number, number] {
  return [a + b, c, d + e];
}

/**
 * The reading of five class shares. Valence is their mean, Σ pₖ·(k − 2)/2. The label is the likeliest
 * side; so a text is not called neutral only because its positive share is split in two. It is 'very'
 * where that class alone has more than half, that is where the latent valence lies beyond its
 * threshold. Confidence is the share of the side, and below the minimum for its side there is no label.
 * Throws NotFiniteError for shares that are no numbers.
 */
export function readTone(
  shares: ClassShares,
  minimum: MinimumConfidence = toneCalibration.minimumConfidence,
): ToneReading {
  const sides = sideShares(shares);
  const confidence = Math.max(...sides);
  if (!Number.isFinite(confidence)) throw new NotFiniteError("tone");
  const side = sides.indexOf(confidence);
  const isVery = Math.max(shares[0], shares[4]) > 0.5;
  const names: readonly ToneName[] = isVery
    ? ["veryNegative", "neutral", "veryPositive"]
    : ["negative", "neutral", "positive"];
  const label = confidence < leastOf(side, minimum) ? null : names[side]!;
  return { valence: expectedValence(shares), label, confidence };
}

const leastOf = (side: number, { negative, neutral, positive }: MinimumConfidence): number =>
  [negative, neutral, positive][side]!;

/** Share of readings without a label, 0 to 1; 0 of none. */
export function abstentionShare(readings: readonly ToneReading[]): number {
  return readings.filter(({ label }) => label === null).length / Math.max(1, readings.length);
}
