import { classifierPivot } from "../../learning/classifier-head.ts";
import { readThresholds, storeThresholds, tonePivot } from "../../plm/heads/ordinal.ts";
import type { ClassCount } from "../../tone/head/tone-classes.ts";

/** Half the width of a neutral class that the labels do not know: next to nothing. */
const closed = 0.01;
/** Where the 'very' classes begin that the labels do not know: far out. */
const open = 10;

/**
 * A classifier's ordinal head for so many classes as the tensors of a model's own head for five, in which
 * classes that the labels do not know have next to no share.
 */
export function modelHeadOf(
  values: Readonly<Record<string, Float32Array>>,
  classes: ClassCount,
): Readonly<Record<string, Float32Array>> {
  return {
    "sentiment.dense.weight": values["head.dense.weight"]!,
    "sentiment.dense.bias": values["head.dense.bias"]!,
    "sentiment.valence.weight": values["head.output.weight"]!,
    "sentiment.valence.bias": values["head.output.bias"]!,
    "sentiment.thresholds": storeThresholds(
      fiveClasses(readThresholds(values["head.thresholds"]!, classifierPivot), classes),
      tonePivot,
    ),
  };
}

function fiveClasses(
  thresholds: readonly number[],
  classes: ClassCount,
): readonly [number, number, number, number] {
  const [a = 0, b = 0, c = 0, d = 0] = thresholds;
  switch (classes) {
    case 2:
      return [a - open, a - closed, a + closed, a + open];
    case 3:
      return [a - open, a, b, b + open];
    case 4:
      return [a, b - closed, b + closed, c];
    case 5:
      return [a, b, c, d];
    default:
      return classes satisfies never;
  }
}
