import { type Interval, pairedBootstrap } from "../../numbers/intervals.ts";
import { mean } from "../../numbers/mean.ts";
import { classShares, type OrdinalScale } from "../../tone/head/ordinal-scale.ts";
import { type ClassCount, labelShares, likeliestLabel } from "../../tone/head/tone-classes.ts";
import { expectedCalibrationError, type JudgedAnswer } from "../measures/calibration.ts";
import type { ReadWriter } from "./read-writers.ts";
import { type MethodLatents, type SentimentMethod, sentimentMethods } from "./sentiment-methods.ts";

export interface MethodScore {
  /** Share of right labels, mean over writers. */
  readonly accuracy: number;
  /** Accuracy less that of the general reading, paired by writer. */
  readonly difference: Interval;
  /** Share of writers for whom it is right less often than the general reading. */
  readonly writersWorse: number;
}

/** How sure readings are against how right they are, over all texts. */
export interface ReadingCalibration {
  readonly expectedCalibrationError: number;
  /** Share of wrong labels where every reading counts. */
  readonly risk: number;
  /** What is left where unsure readings are withheld: share of readings, and of wrong ones among them. */
  readonly sure: { readonly coverage: number; readonly risk: number };
}

export type MethodScores = Readonly<Record<SentimentMethod, MethodScore>>;

export interface ScoredMethods {
  readonly methods: MethodScores;
  /** The personal reading where the writer's gate is open, else the general one. */
  readonly gated: MethodScore;
}

interface ScoringOptions {
  readonly scale: OrdinalScale;
  readonly classes: ClassCount;
  /** Whether each writer's gate is open. */
  readonly gates: readonly boolean[];
  /** Labels that `prompts` gives by itself, where its latent valences are not all that it says. */
  readonly promptLabels?: readonly (readonly number[] | undefined)[];
  readonly random: () => number;
}

/** Scores all methods on the writers' later texts. */
export function scoreMethods(
  writers: readonly ReadWriter[],
  latents: readonly MethodLatents[],
  { scale, classes, gates, promptLabels, random }: ScoringOptions,
): ScoredMethods {
  const accuracy = ({ later }: ReadWriter, labels: readonly number[]): number =>
    later.filter(({ opinion }, at) => labels[at] === opinion.label).length / later.length;
  const labelsOf = (read: readonly number[]) =>
    read.map((latent) => likeliestLabel(classShares(latent, scale), classes));
  const accuracies = (latentsOf: (one: MethodLatents, writer: number) => readonly number[]) =>
    writers.map((writer, at) => accuracy(writer, labelsOf(latentsOf(latents[at]!, at))));
  const general = accuracies((one) => one.general);
  const score = (own: readonly number[]): MethodScore => {
    const differences = own.map((accuracy, at) => accuracy - general[at]!);
    return {
      accuracy: mean(own),
      difference: pairedBootstrap(differences, random),
      writersWorse: differences.filter((difference) => difference < 0).length / differences.length,
    };
  };
  const accuraciesOf = (method: SentimentMethod) =>
    method === "prompts" && promptLabels !== undefined
      ? writers.map((writer, at) => accuracy(writer, promptLabels[at] ?? labelsOf(latents[at]!.prompts)))
      : accuracies((one) => one[method]);
  const methods = Object.fromEntries(
    sentimentMethods.map((method) => [method, score(accuraciesOf(method))]),
  ) as MethodScores;
  const gated = accuracies((one, writer) => (gates[writer] === true ? one.personal : one.general));
  return { methods, gated: score(gated) };
}

/** How sure readings of the writers' later texts are, and whether they are right. */
export function judgeReadings(
  writers: readonly ReadWriter[],
  latents: readonly (readonly number[])[],
  { scale, classes }: { readonly scale: OrdinalScale; readonly classes: ClassCount },
): readonly JudgedAnswer[] {
  return writers.flatMap(({ later }, writer) =>
    later.map(({ opinion }, at) => {
      const shares = labelShares(classShares(latents[writer]![at]!, scale), classes);
      const confidence = Math.max(...shares);
      return { confidence, isRight: shares.indexOf(confidence) === opinion.label };
    }),
  );
}

/** @param least confidence from which on readings are given; undefined where none is sure enough. */
export function calibrationOf(
  answers: readonly JudgedAnswer[],
  least: number | undefined,
): ReadingCalibration {
  const given = answers.filter(({ confidence }) => least !== undefined && confidence >= least);
  const riskOf = (part: readonly JudgedAnswer[]): number =>
    part.filter(({ isRight }) => !isRight).length / Math.max(1, part.length);
  return {
    expectedCalibrationError: expectedCalibrationError(answers),
    risk: riskOf(answers),
    sure: { coverage: given.length / Math.max(1, answers.length), risk: riskOf(given) },
  };
}
