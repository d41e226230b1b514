import {
  learnedValues,
  sizeOf,
  type TunedValue,
  type Tuning,
  type ValueOwner,
} from "../../prompts/tuning.ts";

/** How large a tuning is. */
export interface TuningSize {
  /** Numbers that are trained for each writer; what is counted is not among them. */
  readonly perWriter: number;
  /** Numbers that are trained once for all writers. */
  readonly forEveryone: number;
  /** What one writer takes on disk when training is over, in 16-bit floats. */
  readonly bytesPerWriter: number;
}

export function tuningSize(tuning: Tuning): TuningSize {
  const kept = tuning.afterTraining?.tuning ?? tuning;
  return {
    perWriter: countNumbers(learnedValues(tuning), "writer"),
    forEveryone: countNumbers(learnedValues(tuning), "everyone"),
    bytesPerWriter: 2 * countNumbers(kept.values, "writer"),
  };
}

function countNumbers(values: readonly TunedValue[], owner: ValueOwner): number {
  return values.filter((value) => value.owner === owner).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}
