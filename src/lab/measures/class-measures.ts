import { mean } from "../../numbers/mean.ts";
/** How guesses met labels; both are numbers of classes, in the same order. Shares lie in [0, 1]. */
export interface ClassMeasures {
  readonly texts: number;
  /** Share of right guesses. */
  readonly right: number;
  /** Mean F1 of the classes that are among the labels. */
  readonly macroF1: number;
  /** Mean recall of the same. */
  readonly macroRecall: number;
  /** By class; a class that is never guessed has no precision, one that is no label no recall. */
  readonly classes: readonly {
    readonly labels: number;
    readonly guesses: number;
    readonly precision: number | null;
    readonly recall: number | null;
  }[];
}

export function measureClasses(
  labels: readonly number[],
  guesses: readonly number[],
  classCount: number,
): ClassMeasures {
  const classes = Array.from({ length: classCount }, (_, k) => {
    const real = labels.filter((label) => label === k).length;
    const guessed = guesses.filter((guess) => guess === k).length;
    const hits = labels.filter((label, at) => label === k && guesses[at] === k).length;
    return { real, guessed, hits };
  });
  const present = classes.filter(({ real }) => real > 0);
  const hits = classes.reduce((sum, one) => sum + one.hits, 0);
  return {
    texts: labels.length,
    right: hits / labels.length,
    macroF1: mean(present.map((one) => (2 * one.hits) / (one.real + one.guessed))),
    macroRecall: mean(present.map((one) => one.hits / one.real)),
    classes: classes.map((one) => ({
      labels: one.real,
      guesses: one.guessed,
      precision: one.guessed === 0 ? null : one.hits / one.guessed,
      recall: one.real === 0 ? null : one.hits / one.real,
    })),
  };
}

/** Pearson's correlation; undefined where one of the two never changes. */
export function correlation(a: readonly number[], b: readonly number[]): number | undefined {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, own, other] = [0, 0, 0];
  for (const [at, value] of a.entries()) {
    both += (value - meanA) * (b[at]! - meanB);
    own += (value - meanA) ** 2;
    other += (b[at]! - meanB) ** 2;
  }
  return own === 0 || other === 0 ? undefined : both / Math.sqrt(own * other);
}
