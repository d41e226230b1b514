import { gelu } from "../graph/operators/activations.ts";
import { add } from "../graph/operators/arithmetic.ts";
import { cast, equal } from "../graph/operators/logic.ts";
import { gemm } from "../graph/operators/matrix-products.ts";
import { softmax } from "../graph/operators/normalisation.ts";
import { reshape } from "../graph/operators/views.ts";
import type { Value } from "../graph/value.ts";
import type { EncoderInputs } from "../plm/encoder/encoder-inputs.ts";
import { pooledStates } from "../plm/encoder/pooling.ts";
import { sentimentHiddenSize } from "../plm/files/tensor-shapes.ts";
import { crossEntropy } from "../plm/heads/masked-lm.ts";
import {
  ascendingThresholds,
  ordinalLoss,
  ordinalShares,
  readThresholds,
  storeThresholds,
  tonePivot,
} from "../plm/heads/ordinal.ts";
import type { PretrainedModel } from "../plm/pretrained-model.ts";
import {
  type NormalSource,
  randomValue,
  type TunedValue,
  type Tuning,
  zeroValue,
} from "../prompts/tuning.ts";
import { HeadStartError } from "./errors.ts";

export interface HeadOptions {
  /** `ordinal`: one latent number with ordered thresholds; `softmax`: one logit a class. */
  readonly kind: "ordinal" | "softmax";
  /** Classes are numbered from 0 and, for `ordinal`, in order; 2 or more. */
  readonly classes: number;
  /**
   * `model`: from the model's sentiment head, for 2 to 5 classes of tone; a softmax then has its hidden
   * layer alone. `fresh`: from random numbers.
   */
  readonly start: "model" | "fresh";
  readonly random: NormalSource;
}

/** Numbers that the head gives for each text: 1 of an ordinal head, one a class of a softmax. */
export function headWidth({ kind, classes }: Pick<HeadOptions, "kind" | "classes">): number {
  return kind === "ordinal" ? 1 : classes;
}

const prefix = "head.";
/** Of a classifier's thresholds the first is stored as it is (see ordinal.ts). */
export const classifierPivot = 0;

/** Whether a value is one of a classifier's head, which other losses do not read. */
export function isClassifierValue(name: string): boolean {
  return name.startsWith(prefix);
}

type NamedShape = Pick<TunedValue, "name" | "shape" | "group" | "owner">;
const headValue = (name: string, shape: readonly number[]): NamedShape => ({
  name: `${prefix}${name}`,
  shape,
  group: "head",
  owner: "everyone",
});

/**
 * A head as values to be trained: [CLS] state and mean of all states, [2d], to a hidden layer with GELU,
 * to the width. Everyone's. Throws HeadStartError where the model has no head to start from.
 */
export function headTuning(model: PretrainedModel, options: HeadOptions): Tuning {
  if (options.start === "model" && !(model.directory.heads.sentiment && options.classes <= 5)) {
    throw new HeadStartError(model.directory.path, options.classes);
  }
  const fresh = freshValues(model, options);
  const known = options.start === "model" ? valuesOfModel(model, options) : undefined;
  return {
    method: options.kind === "ordinal" ? "ordinal head" : "softmax head",
    values: fresh.map((value) => ({ ...value, start: known?.get(value.name) ?? value.start })),
    mixesWriters: true,
    enter: ({ weights }) => ({ weights, additions: {} }),
  };
}

/**
 * The model's own ordinal head of five classes as values of `headTuning`, reading factor · v + offset of its latent
 * number v against other thresholds.
 */
export function mappedModelHead(
  model: PretrainedModel,
  { factor, offset }: { readonly factor: number; readonly offset: number },
  thresholds: readonly number[],
): Readonly<Record<string, Float32Array>> {
  const starts = valuesOfModel(model, { kind: "ordinal", classes: 5 });
  const own = Object.fromEntries([...starts].map(([name, start]) => [name, start()]));
  return {
    ...own,
    "head.output.weight": own["head.output.weight"]!.map((value) => factor * value),
    "head.output.bias": own["head.output.bias"]!.map((value) => factor * value + offset),
    "head.thresholds": storeThresholds(thresholds, classifierPivot),
  };
}

function freshValues(model: PretrainedModel, { kind, classes, random }: HeadOptions): readonly TunedValue[] {
  const [into, hidden] = [2 * model.config.hidden_size, sentimentHiddenSize];
  const width = headWidth({ kind, classes });
  const thresholds = headValue("thresholds", [classes - 1]);
  return [
    randomValue(headValue("dense.weight", [hidden, into]), random, 1 / Math.sqrt(into)),
    zeroValue(headValue("dense.bias", [hidden])),
    randomValue(headValue("output.weight", [width, hidden]), random, 1 / Math.sqrt(hidden)),
    zeroValue(headValue("output.bias", [width])),
    ...(kind === "ordinal"
      ? [{ ...thresholds, start: () => storeThresholds(evenly(classes - 1), classifierPivot) }]
      : []),
  ];
}

/** Starts that the model's own ordinal head gives, by the names of the values. */
function valuesOfModel(
  model: PretrainedModel,
  { kind, classes }: Pick<HeadOptions, "kind" | "classes">,
): ReadonlyMap<string, () => Float32Array> {
  const read = (name: string) => () => model.directory.tensor(`sentiment.${name}`).data.slice();
  const hidden = [
    ["head.dense.weight", read("dense.weight")],
    ["head.dense.bias", read("dense.bias")],
  ] as const;
  const latent = [
    ["head.output.weight", read("valence.weight")],
    ["head.output.bias", read("valence.bias")],
    ["head.thresholds", () => storeThresholds(coarser(modelThresholds(model), classes), classifierPivot)],
  ] as const;
  return new Map(kind === "ordinal" ? [...hidden, ...latent] : hidden);
}

const modelThresholds = (model: PretrainedModel): readonly number[] =>
  readThresholds(model.directory.tensor("sentiment.thresholds").data, tonePivot);

/** The model's four thresholds for fewer classes: without a neutral one, its middle parts negative from positive. */
function coarser(thresholds: readonly number[], classes: number): readonly number[] {
  const [a, b, c, d] = thresholds as [number, number, number, number];
  const middle = (b + c) / 2;
  const all: Readonly<Record<number, number[]>> = {
    2: [middle],
    3: [b, c],
    4: [a, middle, d],
    5: [a, b, c, d],
  };
  return all[classes]!;
}

const evenly = (count: number): number[] => Array.from({ length: count }, (_, k) => k - (count - 1) / 2);

/** What the head says of each text. */
export interface HeadReading {
  /** Logits [batch, classes], or the latent number [batch, 1]; the tuning's shift is in it. */
  readonly scores: Value;
  /** [batch, classes]. */
  readonly probabilities: Value;
  /** Negative log-likelihood of the labels [batch], numbers of classes; [batch], in nats. */
  readonly losses: (labels: Value) => Value;
}

/** The head on last hidden states `rows`; `values` by the names of `headTuning`. */
export function readHead(
  { kind, classes }: Pick<HeadOptions, "kind" | "classes">,
  values: Readonly<Record<string, Value>>,
  rows: Value,
  inputs: EncoderInputs,
  shift: Value | undefined,
): HeadReading {
  const map = (x: Value, part: string): Value =>
    gemm(x, values[`head.${part}.weight`]!, { transB: true, bias: values[`head.${part}.bias`]! });
  const plain = map(gelu(map(pooledStates(rows, inputs), "dense")), "output"); // [B, width]
  const scores = shift === undefined ? plain : add(plain, shift);
  switch (kind) {
    case "softmax":
      return { scores, probabilities: softmax(scores), losses: (labels) => crossEntropy(scores, labels) };
    case "ordinal": {
      const thresholds = ascendingThresholds(
        reshape(values["head.thresholds"]!, [1, classes - 1]),
        classifierPivot,
      );
      const probabilities = ordinalShares(scores, thresholds);
      return {
        scores,
        probabilities,
        losses: (labels) => ordinalLoss(probabilities, oneHot(labels, classes)),
      };
    }
    default:
      return kind satisfies never;
  }
}

/** [batch, classes] of labels [batch]. */
function oneHot(labels: Value, classes: number): Value {
  const numbers = labels.graph.constant(
    BigInt64Array.from({ length: classes }, (_, k) => BigInt(k)),
    [1, classes],
  );
  return cast(equal(reshape(labels, [labels.type.shape[0]!, 1]), numbers), "float32");
}
