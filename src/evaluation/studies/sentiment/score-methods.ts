import { classShares, type OrdinalScale } from "../../../tasks/sentiment/ordinal-scale.ts";
import { type ClassCount, labelShares, likeliestLabel } from "../../../tasks/sentiment/tone-classes.ts";
import { type Interval, pairedBootstrap, type Random } from "../../bootstrap.ts";
import { expectedCalibrationError, type JudgedAnswer, riskCoverage } from "../../calibration.ts";
import { type MethodLatents, type SentimentMethod, sentimentMethods } from "./personal-latents.ts";
import type { ReadWriter } from "./read-writers.ts";

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
  /** Share of wrong labels among the surer half of the readings, and among all. */
  readonly riskOfHalf: number;
  readonly riskOfAll: number;
}

export type MethodScores = Readonly<Record<SentimentMethod, MethodScore>>;

/** Scores all methods on the writers' later texts. */
export function scoreMethods(
  writers: readonly ReadWriter[],
  latents: readonly MethodLatents[],
  {
    scale,
    classes,
    random,
  }: { readonly scale: OrdinalScale; readonly classes: ClassCount; readonly random: Random },
): MethodScores {
  const accuracies = (method: SentimentMethod): readonly number[] =>
    writers.map(({ later }, writer) => {
      const right = later.filter(
        ({ opinion }, at) =>
          likeliestLabel(classShares(latents[writer]![method][at]!, scale), classes) === opinion.label,
      );
      return right.length / later.length;
    });
  const general = accuracies("general");
  const score = (method: SentimentMethod): MethodScore => {
    const own = accuracies(method);
    const differences = own.map((accuracy, at) => accuracy - general[at]!);
    return {
      accuracy: own.reduce((sum, accuracy) => sum + accuracy, 0) / own.length,
      difference: pairedBootstrap(differences, random),
      writersWorse: differences.filter((difference) => difference < 0).length / differences.length,
    };
  };
  return Object.fromEntries(sentimentMethods.map((method) => [method, score(method)])) as MethodScores;
}

/** Calibration of one method over the later texts of all writers. */
export function calibrationOf(
  writers: readonly ReadWriter[],
  latents: readonly (readonly number[])[],
  scale: OrdinalScale,
  classes: ClassCount,
): ReadingCalibration {
  const answers: readonly JudgedAnswer[] = writers.flatMap(({ later }, writer) =>
    later.map(({ opinion }, at) => {
      const shares = labelShares(classShares(latents[writer]![at]!, scale), classes);
      const confidence = Math.max(...shares);
      return { confidence, isRight: shares.indexOf(confidence) === opinion.label };
    }),
  );
  const points = riskCoverage(answers);
  return {
    expectedCalibrationError: expectedCalibrationError(answers),
    riskOfHalf: points.find(({ coverage }) => coverage >= 0.5)?.risk ?? 0,
    riskOfAll: points.at(-1)?.risk ?? 0,
  };
}
