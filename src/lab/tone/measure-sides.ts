import { mean } from "../../numbers/mean.ts";
import { likeliestLabel } from "../../tone/head/tone-classes.ts";
import { sideShares, toneNames } from "../../tone/reading/tone-reading.ts";
import { vaderClass } from "../baselines/vader.ts";
import { expectedCalibrationError } from "../measures/calibration.ts";
import { type ClassMeasures, measureClasses } from "../measures/class-measures.ts";
import type { ReadTone } from "./read-tones.ts";

/** A text whose side is known: 0 negative, 1 none, 2 positive. */
export interface SidedText {
  readonly text: string;
  readonly side: number;
  /** The sentences before it in its document, the nearest last, where the file has them. */
  readonly before?: readonly string[];
}

/** How readings met the sides of texts. Classes are negative, no tone and positive. */
export interface SideReport {
  /** As shown: a text without a label counts as one without a tone. */
  readonly shown: ClassMeasures;
  /** By the likeliest side, whether it is shown or not. */
  readonly likeliest: ClassMeasures;
  /** Share of texts where a side was likeliest and not shown. */
  readonly abstained: number;
  /** Of the probability that what is shown is right. */
  readonly calibrationError: number;
  /** Shown readings by tenths of that probability. */
  readonly reliability: readonly {
    readonly confidence: number;
    readonly right: number;
    readonly texts: number;
  }[];
  readonly alwaysNeutral: ClassMeasures;
  readonly vader: ClassMeasures;
}

export function measureSides(texts: readonly SidedText[], read: readonly ReadTone[]): SideReport {
  const sides = texts.map(({ side }) => side);
  const shown = read.map(shownSide);
  const likeliest = read.map(({ shares }) => likeliestLabel(shares, 3));
  const judged = read.map((one, at) => ({
    confidence: sideShares(one.shares)[shown[at]!]!,
    isRight: shown[at] === sides[at],
  }));
  return {
    shown: measureClasses(sides, shown, 3),
    likeliest: measureClasses(sides, likeliest, 3),
    abstained:
      read.filter(({ reading }, at) => reading.label === null && likeliest[at] !== 1).length / read.length,
    calibrationError: expectedCalibrationError(judged),
    reliability: reliabilityOf(judged),
    alwaysNeutral: measureClasses(
      sides,
      sides.map(() => 1),
      3,
    ),
    vader: measureClasses(
      sides,
      texts.map(({ text }) => sideOfClass(vaderClass(text))),
      3,
    ),
  };
}

/** A class of five as its side. */
export const sideOfClass = (k: number): number => 1 + Math.sign(k - 2);

/** What a reader sees: nothing where there is no label. */
function shownSide({ reading: { label } }: ReadTone): number {
  return label === null ? 1 : sideOfClass(toneNames.indexOf(label));
}

function reliabilityOf(
  judged: readonly { readonly confidence: number; readonly isRight: boolean }[],
): SideReport["reliability"] {
  const tenths = Map.groupBy(judged, ({ confidence }) => Math.min(9, Math.floor(10 * confidence)));
  return [...tenths]
    .sort(([a], [b]) => a - b)
    .map(([, group]) => ({
      confidence: mean(group.map(({ confidence }) => confidence)),
      right: group.filter(({ isRight }) => isRight).length / group.length,
      texts: group.length,
    }));
}
