import { mean } from "../../src/numbers/mean.ts";
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

type Scale = Pick<OrdinalScale, "thresholds" | "temperature">;

/** Of the sides that are shown so many are to be right. */
export const wantedPrecision = 0.75;
const temperatures = Array.from({ length: 61 }, (_, at) => Math.round(40 + 3 * at) / 100);
/** Fewer shown readings say nothing of their precision. */
const fewestShown = 10;
/** A share that no reading has: the side is never shown. */
const never = 1;

/**
 * The temperature under which the sides of sentences are likeliest (temperature scaling: Guo and others 2017), and for
 * either side the least share from which on so many of the readings are right as wanted: as many are expected to be, by
 * the scale of {@link likeliestScale}, and as many are. The count alone would not do: among some thousand random sentences
 * a few dozen are sure of a side, and how many of those are right falls and rises by chance.
 */
export function calibrateOnProse(
  readings: readonly ProseReading[],
  thresholds: OrdinalScale["thresholds"],
  precision: number = wantedPrecision,
): ToneCalibrationOfModel {
  const temperature = temperatures
    .map((candidate) => [candidate, meanLoss(readings, { thresholds, temperature: candidate })] as const)
    .reduce((best, one) => (one[1] < best[1] ? one : best))[0];
  const shares = sidesOf(readings, { thresholds, temperature });
  const expected = sidesOf(readings, likeliestScale(readings, { thresholds, temperature }));
  const minimumOf = (side: number): number => {
    const answers = shares
      .flatMap((sides, at) => {
        const share = Math.max(...sides);
        if (sides.indexOf(share) !== side) return [];
        return [{ share, expected: expected[at]![side]!, right: readings[at]!.side === side ? 1 : 0 }];
      })
      .toSorted((a, b) => b.share - a.share);
    let [right, expectedRight] = [0, 0];
    let least = never;
    for (const [at, answer] of answers.entries()) {
      right += answer.right;
      expectedRight += answer.expected;
      if (at + 1 >= fewestShown && Math.min(right, expectedRight) / (at + 1) >= precision)
        least = answer.share;
    }
    return least;
  };
  return { temperature, minimum: { negative: minimumOf(0), positive: minimumOf(2) } };
}

/** Steps of the search for a scale: by how much the temperature and the lines of the two sides move. */
const directions = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
] as const;
const [firstStep, lastStep] = [0.5, 0.004];
const leastTemperature = 0.2;

/**
 * The scale on which the sides are likeliest, with lines between negative, no tone and positive of its own. The head
 * learned from sets that hold more tone than random prose does, so it finds tone more often than there is; the lines
 * move outwards by what that is (an offset, as each set of the training has one). Found by a search along each of the three
 * numbers, in steps that are halved.
 */
export function likeliestScale(readings: readonly ProseReading[], start: Scale): Scale {
  const scaleAt = ([temperature, negative, positive]: readonly number[]): Scale => {
    const [a, b, c, d] = start.thresholds;
    return {
      temperature: temperature!,
      thresholds: [a + negative!, b + negative!, c + positive!, d + positive!],
    };
  };
  let place: readonly number[] = [start.temperature, 0, 0];
  let loss = meanLoss(readings, start);
  for (let step = firstStep; step >= lastStep; ) {
    const tried = directions.flatMap((direction) =>
      [step, -step].map((by) => place.map((value, at) => value + by * direction[at]!)),
    );
    const better = tried
      .filter((candidate) => isScale(scaleAt(candidate)))
      .map((candidate) => ({ candidate, loss: meanLoss(readings, scaleAt(candidate)) }))
      .reduce((best, one) => (one.loss < best.loss ? one : best));
    if (better.loss < loss) ({ candidate: place, loss } = better);
    else step /= 2;
  }
  return scaleAt(place);
}

const isScale = ({ temperature, thresholds: [, negative, positive] }: Scale): boolean =>
  temperature >= leastTemperature && negative < positive;

const sidesOf = (readings: readonly ProseReading[], scale: Scale) =>
  readings.map((reading) => sideShares(sharesOf(reading, scale)));

const sharesOf = (reading: ProseReading, scale: Scale): ClassShares =>
  classShares(reading.latent, scaleOfText(reading, scale));

/** Mean negative log-likelihood of the sides, in nats. */
function meanLoss(readings: readonly ProseReading[], scale: Scale): number {
  return mean(
    readings.map((reading) => -Math.log(sideShares(sharesOf(reading, scale))[reading.side]! + 1e-6)),
  );
}
