import { NotFiniteError } from "../../graph/errors.ts";
import { type ClassShares, expectedValence, type MinimumConfidence } from "../head/ordinal-scale.ts";
import { toneCalibration } from "../head/tone-calibration.ts";
import { nearestClass } from "../head/tone-classes.ts";

export const toneNames = ["veryNegative", "negative", "neutral", "positive", "veryPositive"] as const;

/** One of the five ordered classes. */
export type ToneName = (typeof toneNames)[number];

/** What a text sounds like. */
export interface ToneReading {
  /** −1, very negative, to 1, very positive; given for abstentions, too. */
  readonly valence: number;
  /** `null` where no side is clear enough: it is shown as no tone. */
  readonly label: ToneName | null;
  /** How likely it is that what is shown is right, 0 to 1: the share of the label's side, of neutral where there is none. */
  readonly confidence: number;
  /** Both sides are strong; beside a label that is null. */
  readonly mixed?: true;
}

/** Shares of negative, neutral and positive, each 'very' with its side. */
export function sideShares([a, b, c, d, e]: ClassShares): readonly [number, number, number] {
  return [a + b, c, d + e];
}

/**
 * The reading of five class shares. Valence is their mean, Σ pₖ·(k − 2)/2. The label is the likeliest
 * side; so a text is not called neutral only because its positive share is split in two. It is 'very'
 * where that class alone has more than half, that is where the latent valence lies beyond its
 * threshold. A side whose share is below its minimum is not shown: there is no label then, and where
 * either side is as likely as neutral the text is mixed.
 * Throws NotFiniteError for shares that are no numbers.
 */
export function readTone(
  shares: ClassShares,
  minimum: MinimumConfidence = toneCalibration.minimumConfidence,
): ToneReading {
  const sides = sideShares(shares);
  const [negative, neutral, positive] = sides;
  const likeliest = Math.max(...sides);
  if (!Number.isFinite(likeliest)) throw new NotFiniteError("tone");
  const side = sides.indexOf(likeliest);
  const isShown = likeliest >= leastOf(side, minimum);
  const valence = expectedValence(shares);
  const isSided = isShown && side !== 1;
  if (!isSided && Math.min(negative, positive) >= neutral) {
    return { valence, label: null, confidence: neutral, mixed: true };
  }
  if (!isShown) return { valence, label: null, confidence: neutral };
  const isVery = Math.max(shares[0], shares[4]) > 0.5;
  const names: readonly ToneName[] = isVery
    ? ["veryNegative", "neutral", "veryPositive"]
    : ["negative", "neutral", "positive"];
  return { valence, label: names[side]!, confidence: likeliest };
}

/** What a writer said of a text, −1 to 1: that and nothing stronger, and there is no doubt about it. */
export function saidTone(valence: number): ToneReading {
  return { valence, label: toneNames[nearestClass(valence)]!, confidence: 1 };
}

/** Whether a text is shown as having a tone: a side, or both. */
export function hasTone({ label, mixed }: ToneReading): boolean {
  return mixed === true || (label !== null && label !== "neutral");
}

const leastOf = (side: number, { negative, neutral, positive }: MinimumConfidence): number =>
  [negative, neutral, positive][side]!;

/** Share of readings without a label, 0 to 1; 0 of none. */
export function abstentionShare(readings: readonly ToneReading[]): number {
  return readings.filter(({ label }) => label === null).length / Math.max(1, readings.length);
}
