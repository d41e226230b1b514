import { confidenceForRisk } from "../../src/lab/measures/calibration.ts";
import type { ToneCalibrationOfModel } from "../../src/plm/files/model-config.ts";
import {
  type ClassShares,
  classShares,
  type OrdinalScale,
  scaleOfText,
} from "../../src/tone/head/ordinal-scale.ts";
import { sideShares } from "../../src/tone/reading/tone-reading.ts";

/** A sentence of ordinary prose whose side is known: 0 negative, 1 none, 2 positive. */
export interface ProseReading {
  readonly latent: number;
  readonly textScale?: number;
  readonly side: number;
}

/** Of the sides that are shown so many are to be right. The blogs kept apart had four points less than those chosen on. */
export const wantedPrecision = 0.8;
const temperatures = Array.from({ length: 61 }, (_, at) => Math.round(40 + 3 * at) / 100);
/** Fewer shown readings say nothing of their precision. */
const fewestShown = 10;
/** A share that no reading has: the side is never shown. */
const never = 1;

/**
 * The temperature under which the sides of sentences are likeliest (temperature scaling: Guo and others 2017), and for
 * either side the least share from which on so many of the readings are right as wanted.
 */
export function calibrateOnProse(
  readings: readonly ProseReading[],
  thresholds: OrdinalScale["thresholds"],
  precision: number = wantedPrecision,
): ToneCalibrationOfModel {
  const sharesAt = (temperature: number): readonly ClassShares[] =>
    readings.map((reading) => classShares(reading.latent, scaleOfText(reading, { thresholds, temperature })));
  const lossAt = (temperature: number): number =>
    -sharesAt(temperature).reduce(
      (sum, shares, at) => sum + Math.log(sideShares(shares)[readings[at]!.side]! + 1e-6),
      0,
    );
  const temperature = temperatures
    .map((candidate) => [candidate, lossAt(candidate)] as const)
    .reduce((best, one) => (one[1] < best[1] ? one : best))[0];
  const sides = sharesAt(temperature).map(sideShares);
  const minimumOf = (side: number): number => {
    const answers = sides.flatMap((shares, at) => {
      const confidence = Math.max(...shares);
      return shares.indexOf(confidence) === side
        ? [{ confidence, isRight: readings[at]!.side === side }]
        : [];
    });
    const least = confidenceForRisk(answers, 1 - precision) ?? never;
    const shown = answers.filter(({ confidence }) => confidence >= least).length;
    return shown < fewestShown ? never : least;
  };
  return { temperature, minimum: { negative: minimumOf(0), positive: minimumOf(2) } };
}
