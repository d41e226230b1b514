import type { ToneCalibrationOfModel, ToneHeadKind } from "../../plm/files/model-config.ts";
import type { MinimumConfidence, OrdinalScale } from "./ordinal-scale.ts";

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
  /**
   * Below these shares of the likeliest side there is no label: from here on labels are right more often
   * than not in the held-out texts of the set that knows neutral. Neutral lies between two thresholds, so
   * its share has an upper end (0.46 in the shipped base) and needs a minimum of its own.
   */
  readonly minimumConfidence: MinimumConfidence;
}

/**
 * Measured on 1,522 held-out texts, read with the shared prompts. Where confidence was 0.86 on average,
 * 0.82 were right; the expected calibration error is 0.034.
 */
export const toneCalibration: ToneCalibration = {
  temperature: 1.3,
  veryDistance: { negative: 2.76, positive: 4.36 },
  minimumConfidence: { negative: 0.46, neutral: 0.34, positive: 0.46 },
};

/**
 * The scale of a model: its trained, ascending thresholds, the outer two of which are replaced, and the
 * measured temperature.
 */
export function calibratedScale(
  trained: ArrayLike<number>,
  { temperature, veryDistance }: ToneCalibration = toneCalibration,
): OrdinalScale {
  const negative = trained[1]!;
  const positive = trained[2]!;
  return {
    thresholds: [negative - veryDistance.negative, negative, positive, positive + veryDistance.positive],
    temperature,
  };
}

/** What of a model decides how its tone is read. */
export interface ToneModel {
  readonly tone_head: ToneHeadKind;
  readonly tone_calibration?: ToneCalibrationOfModel;
}

/**
 * The scale that readings are made on. A head of location and scale has all four thresholds from its training, and what
 * was calibrated stands in its config.json; for an older head it stands here.
 */
export function toneScale(
  { tone_head, tone_calibration }: ToneModel,
  trained: ArrayLike<number>,
): OrdinalScale {
  switch (tone_head) {
    case "ordinal":
      return calibratedScale(trained);
    case "location_scale": {
      const [a, b, c, d] = Array.from(trained) as [number, number, number, number];
      const { temperature = 1, minimum } = tone_calibration ?? {};
      return {
        thresholds: [a, b, c, d],
        temperature,
        minimumConfidence: { negative: 0, neutral: 0, positive: 0, ...minimum },
      };
    }
    default:
      return tone_head satisfies never;
  }
}
