import type { Graph } from "../graph/graph.ts";
import type { Value } from "../graph/value.ts";
import type { EncoderAdditions } from "../plm/encoder/encoder-additions.ts";
import type { WeightSource } from "../plm/encoder/layers.ts";
import type { ModelConfig } from "../plm/files/model-config.ts";

/** What kind of number a trained value holds; each kind learns at a rate of its own. */
export type ValueGroup = "prompt" | "lowRank" | "adapter" | "bias" | "weight" | "head" | "shift";

/** `counted` values do not learn by their gradient: they are counted in the writer's text, and given. */
export type ValueKind = ValueGroup | "counted";

/** Whose a value is: each writer has an own one, or all share it. */
export type ValueOwner = "writer" | "everyone";

/** One array of numbers that are a writer's, or everyone's. */
export interface TunedValue {
  /** Unique within a tuning. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly group: ValueKind;
  readonly owner: ValueOwner;
  /** Where training starts: a new array at each call, always the same numbers. */
  readonly start: () => Float32Array;
}

/** What a tuning method finds when it enters a graph. */
export interface TuningParts {
  readonly graph: Graph;
  readonly config: ModelConfig;
  /** The weights as they are so far: frozen, or changed by methods that entered before. */
  readonly weights: WeightSource;
  /**
   * The present value of that name. A writer's values have a first axis `batch` more where sequences of
   * several writers share a run: [batch, ...shape].
   */
  readonly value: (name: string) => Value;
  /** Multiplies a writer's addition by the strength, from 0 (as if it were not there) to 1. */
  readonly strengthen: (addition: Value) => Value;
}

/** What a model is built with after a tuning method has entered. */
export interface TunedParts {
  readonly weights: WeightSource;
  readonly additions: EncoderAdditions;
  /** Is added to what the head gives, logits or latent valence; [width] or [batch, width]. */
  readonly shift?: Value;
}

/**
 * A way of adapting a pretrained model: which values are trained, from where, and how they enter the
 * graph. At its start a writer's value changes nothing: an untrained addition reads as the model without it.
 */
export interface Tuning {
  /** Its name in reports, such as 'LoRA, rank 8'. */
  readonly method: string;
  readonly values: readonly TunedValue[];
  /** Whether each sequence of a batch may have its own values. Otherwise a run holds texts of one writer. */
  readonly mixesWriters: boolean;
  readonly enter: (parts: TuningParts) => TunedParts;
  /** What stays of it where training needs more than reading does; all of it if absent. */
  readonly afterTraining?: TrainedTuning;
}

/** Numbers by the name of their value. */
export type Numbers = Readonly<Record<string, Float32Array>>;

/** How learned values are read once they are learned. */
export interface TrainedTuning {
  readonly tuning: Tuning;
  /** One owner's learned values as those of the other tuning. */
  readonly values: (learned: Numbers) => Numbers;
}

/** Trains nothing of the encoder: what is left is the head. */
export const headOnly: Tuning = {
  method: "head only",
  values: [],
  mixesWriters: true,
  enter: ({ weights }) => ({ weights, additions: {} }),
};

/** The same for runs of one writer's texts: one set of the writer's values serves a whole run. */
export function forOneWriter(tuning: Tuning): Tuning {
  return { ...tuning, mixesWriters: false };
}

/** Several tunings at once, such as prompts with the model's biases 'updated along'. They enter in order. */
export function combineTunings(...tunings: readonly Tuning[]): Tuning {
  return {
    method: tunings.map(({ method }) => method).join(" with "),
    values: tunings.flatMap(({ values }) => values),
    mixesWriters: tunings.every(({ mixesWriters }) => mixesWriters),
    enter: (parts) =>
      tunings.reduce<TunedParts>(
        (before, { enter }) => joinParts(before, enter({ ...parts, weights: before.weights })),
        { weights: parts.weights, additions: {} },
      ),
    ...(tunings.some(({ afterTraining }) => afterTraining !== undefined)
      ? { afterTraining: afterAll(tunings) }
      : {}),
  };
}

function afterAll(tunings: readonly Tuning[]): TrainedTuning {
  return {
    tuning: combineTunings(...tunings.map((tuning) => tuning.afterTraining?.tuning ?? tuning)),
    values: (learned) =>
      tunings.reduce((values, { afterTraining }) => afterTraining?.values(values) ?? values, learned),
  };
}

function joinParts(first: TunedParts, second: TunedParts): TunedParts {
  const [one, two] = [first.additions, second.additions];
  const { adapt, adjust } = one;
  const shift = second.shift ?? first.shift;
  return {
    weights: second.weights,
    additions: {
      ...one,
      ...two,
      ...(adapt && two.adapt
        ? { adapt: (layer, part, rows) => two.adapt!(layer, part, adapt(layer, part, rows)) }
        : {}),
      ...(adjust && two.adjust
        ? { adjust: (name, rows, result) => two.adjust!(name, rows, adjust(name, rows, result)) }
        : {}),
    },
    ...(shift === undefined ? {} : { shift }),
  };
}

/** A value that has a gradient. */
export type LearnedValue = TunedValue & { readonly group: ValueGroup };

/** What learns of a tuning. */
export function learnedValues({ values }: Pick<Tuning, "values">): readonly LearnedValue[] {
  return values.filter((value): value is LearnedValue => value.group !== "counted");
}

/** The same weights but for some, which are never computed in 8 bits. */
export function changeWeights(
  weights: WeightSource,
  isChanged: (name: string) => boolean,
  changed: (name: string, shape: readonly number[]) => Value,
): WeightSource {
  const source: WeightSource = (name, shape) => (isChanged(name) ? changed : weights)(name, shape);
  const { quantised } = weights;
  return quantised === undefined
    ? source
    : Object.assign(source, {
        quantised: (name: string, shape: readonly number[]) =>
          isChanged(name) ? undefined : quantised(name, shape),
      });
}

/** Numbers from the normal distribution; `fork` gives a source that depends on seed and label alone. */
export interface NormalSource {
  normal(): number;
  fork(label: string): NormalSource;
}

/** A value that starts with zeros. */
export function zeroValue(value: Omit<TunedValue, "start">): TunedValue {
  return { ...value, start: () => new Float32Array(sizeOf(value.shape)) };
}

/** A value that starts with random numbers of that standard deviation. */
export function randomValue(
  value: Omit<TunedValue, "start">,
  random: NormalSource,
  deviation: number,
): TunedValue {
  const start = (): Float32Array => {
    const source = random.fork(value.name);
    return Float32Array.from({ length: sizeOf(value.shape) }, () => deviation * source.normal());
  };
  return { ...value, start };
}

/** Numbers in a value of that shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
