import type { OrdinalScale } from "./ordinal-scale.ts";

/**
 * All numbers that turn the latent valence of a base into classes, confidence and abstention. They
 * belong to one base and are measured on the held-out part of its open labelled sets;
 * `node scripts/model/calibrate-tone.ts` prints them anew for another base.
 */
export interface ToneCalibration {
  /** Divides the distance to the thresholds; above 1 where the trained head is surer than it is right. */
  readonly temperature: number;
  /**
   * How far beyond the thresholds of negative and positive the 'very' classes begin, in units of the
   * latent valence. Open sets have two and three classes, so training never moves these two thresholds.
   * They stand where a third of the held-out texts of a side, read as that side, lies beyond: the share
   * of 'very' among the negative and positive sentences of SST's training part (Socher et al. 2013).
   */
  readonly veryDistance: { readonly negative: number; readonly positive: number };
  /** Below this share of the likeliest side (negative, neutral, positive) the reading abstains. */
  readonly minimumConfidence: number;
}

export const toneCalibration: ToneCalibration = {
  temperature: 1,
  veryDistance: { negative: 2, positive: 2 },
  minimumConfidence: 0.5,
};

/** The trained scale with the measured temperature and outer thresholds. */
export function calibratedScale(
  trained: OrdinalScale,
  { temperature, veryDistance }: ToneCalibration = toneCalibration,
): OrdinalScale {
  const [, negative, positive] = trained.thresholds;
  return {
    thresholds: [negative - veryDistance.negative, negative, positive, positive + veryDistance.positive],
    temperature,
  };
}
