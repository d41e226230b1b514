import { type ClassShares, classShares, expectedValence, latentOf, type OrdinalScale } from "./ordinal-scale.ts";
import { toneCalibration } from "./tone-calibration.ts";

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
 * side, and 'very' where that class is likelier than its milder neighbour; so a text is not called
 * neutral only because its positive share is split in two. Confidence is the share of the side, and
 * below the minimum there is no label.
 */
export function readTone(
  shares: ClassShares,
  minimumConfidence: number = toneCalibration.minimumConfidence,
): ToneReading {
  const sides = sideShares(shares);
  const confidence = Math.max(...sides);
  const side = sides.indexOf(confidence);
  const isVery = side === 0 ? shares[0] > shares[1] : shares[4] > shares[3];
  const names: readonly ToneName[] = isVery
    ? ["veryNegative", "neutral", "veryPositive"]
    : ["negative", "neutral", "positive"];
  const label = confidence < minimumConfidence ? null : names[side]!;
  return { valence: expectedValence(shares), label, confidence };
}

/** Share of readings without a label, 0 to 1; 0 of none. */
export function abstentionShare(readings: readonly ToneReading[]): number {
  return readings.filter(({ label }) => label === null).length / Math.max(1, readings.length);
}

/** A sentence as it counts for its document. */
export interface WeighedSentence {
  readonly latent: number;
  readonly words: number;
}

/** Longer sentences than this count no more: they are lists and quotations more often than feelings. */
const mostWords = 40;

/**
 * The latent valence of a document: that at which a text reads as the weighted mean of its sentences'
 * valences. A sentence weighs √words, as longer ones say more but not in proportion, times its share
 * of not being neutral: reports and directions between feelings do not thin them out. A document whose
 * halves contradict each other lies in the middle, and that is what is said of it. The mean is taken of
 * valences, not of latent ones, so that one extreme sentence cannot outweigh all others. 'Neutral' for
 * a document without sentences.
 */
export function documentLatent(sentences: readonly WeighedSentence[], scale: OrdinalScale): number {
  let [sum, total] = [0, 0];
  for (const { latent, words } of sentences) {
    const shares = classShares(latent, scale);
    const weight = Math.sqrt(Math.min(words, mostWords)) * (1 - shares[2]);
    sum += weight * expectedValence(shares);
    total += weight;
  }
  return latentOf(total === 0 ? 0 : sum / total, scale);
}
