import { mean } from "../../numbers/mean.ts";

/** An answer with how sure it was and whether it was right. */
export interface JudgedAnswer {
  /** 0 to 1. */
  readonly confidence: number;
  readonly isRight: boolean;
}

/**
 * Expected calibration error: the mean distance between confidence and share of right answers over bins
 * of equal width, weighted by their answers (Naeini, Cooper and Hauskrecht 2015; Guo and others 2017).
 * 0 of none.
 */
export function expectedCalibrationError(answers: readonly JudgedAnswer[], bins = 10): number {
  const binOf = ({ confidence }: JudgedAnswer): number => Math.min(bins - 1, Math.floor(bins * confidence));
  let error = 0;
  for (const group of Map.groupBy(answers, binOf).values()) {
    const confidence = mean(group.map((answer) => answer.confidence));
    error += (group.length / answers.length) * Math.abs(confidence - shareRight(group));
  }
  return error;
}

/** What is risked when only the surest answers are given. */
export interface CoveragePoint {
  /** Share of the answers that are given. */
  readonly coverage: number;
  /** Share of wrong ones among them. */
  readonly risk: number;
  /** The least sure of them. */
  readonly confidence: number;
}

/** Risk by coverage (El-Yaniv and Wiener 2010), from the surest answers to all; answers equally sure come together. */
export function riskCoverage(answers: readonly JudgedAnswer[]): readonly CoveragePoint[] {
  const sorted = answers.toSorted((a, b) => b.confidence - a.confidence);
  const points: CoveragePoint[] = [];
  let wrong = 0;
  for (const [at, { confidence, isRight }] of sorted.entries()) {
    if (!isRight) wrong++;
    if (sorted[at + 1]?.confidence === confidence) continue;
    points.push({ coverage: (at + 1) / sorted.length, risk: wrong / (at + 1), confidence });
  }
  return points;
}

/**
 * The confidence from which on answers are to be given so that at most `mostRisk` of them are wrong, as
 * measured on held-out answers: that of the widest coverage that keeps to it; `undefined` where none does.
 */
export function confidenceForRisk(answers: readonly JudgedAnswer[], mostRisk: number): number | undefined {
  return riskCoverage(answers).findLast(({ risk }) => risk <= mostRisk)?.confidence;
}

const shareRight = (answers: readonly JudgedAnswer[]): number =>
  answers.filter(({ isRight }) => isRight).length / answers.length;
