import { gelu, sigmoid, softplus } from "../graph/operators/activations.ts";
import { add, mul, neg, sub } from "../graph/operators/arithmetic.ts";
import { log } from "../graph/operators/functions.ts";
import { concat, slice } from "../graph/operators/indexing.ts";
import { cast, equal } from "../graph/operators/logic.ts";
import { gemm } from "../graph/operators/matrix-products.ts";
import { softmax } from "../graph/operators/normalisation.ts";
import { reduceSum } from "../graph/operators/reductions.ts";
import { reshape } from "../graph/operators/views.ts";
import type { Value } from "../graph/value.ts";
import type { EncoderInputs } from "../plm/encoder/encoder-inputs.ts";
import { firstToken, meanPool } from "../plm/encoder/pooling.ts";
import { sentimentHiddenSize } from "../plm/files/tensor-shapes.ts";
import { crossEntropy } from "../plm/heads/masked-lm.ts";
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

/** Whether a value is one of a classifier's head, which other losses do not read. */
export function isClassifierValue(name: string): boolean {
  return name.startsWith(prefix);
}

type NamedShape = Pick<TunedValue, "name" | "shape" | "group" | "owner">;
const headValue = (name: string, shape: readonly number[]): NamedShape => ({
  ...{ name: `${prefix}${name}`, shape, group: "head", owner: "everyone" },
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
    "head.thresholds": storedThresholds(thresholds),
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
    ...(kind === "ordinal" ? [{ ...thresholds, start: () => storedThresholds(evenly(classes - 1)) }] : []),
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
    ["head.thresholds", () => storedThresholds(coarser(modelThresholds(model), classes))],
  ] as const;
  return new Map(kind === "ordinal" ? [...hidden, ...latent] : hidden);
}

/** The model's four thresholds between five classes; stored as its head stores them (see ordinal-head.ts). */
function modelThresholds(model: PretrainedModel): readonly [number, number, number, number] {
  const [second, ...gaps] = model.directory.tensor("sentiment.thresholds").data;
  const [below, above, further] = gaps.map((raw) => Math.log1p(Math.exp(raw)));
  return [second! - below!, second!, second! + above!, second! + above! + further!];
}

/** Thresholds of fewer classes: without a neutral one, its middle parts negative from positive. */
function coarser([a, b, c, d]: readonly [number, number, number, number], classes: number): number[] {
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

/** Ascending thresholds as they are trained: the first, and then the distances through the inverse of softplus. */
function storedThresholds(thresholds: readonly number[]): Float32Array {
  return Float32Array.from(thresholds, (threshold, k) =>
    k === 0 ? threshold : Math.log(Math.expm1(threshold - thresholds[k - 1]!)),
  );
}

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
  const pooled = concat([firstToken(rows, inputs), meanPool(rows, inputs)], 1); // [B, 2d]
  const plain = map(gelu(map(pooled, "dense")), "output"); // [B, width]
  const scores = shift === undefined ? plain : add(plain, shift);
  switch (kind) {
    case "softmax":
      return { scores, probabilities: softmax(scores), losses: (labels) => crossEntropy(scores, labels) };
    case "ordinal": {
      const thresholds = ascending(values["head.thresholds"]!, classes - 1);
      const probabilities = ordinalShares(scores, thresholds);
      return { scores, probabilities, losses: (labels) => ordinalLosses(probabilities, labels, classes) };
    }
    default:
      return kind satisfies never;
  }
}

/** [count] as stored to ascending thresholds [1, count]. */
function ascending(stored: Value, count: number): Value {
  const raw = reshape(stored, [1, count]);
  const thresholds = [slice(raw, 1, 0, 1)];
  for (let k = 1; k < count; k++) {
    thresholds.push(add(thresholds.at(-1)!, softplus(slice(raw, 1, k, k + 1))));
  }
  return thresholds.length === 1 ? thresholds[0]! : concat(thresholds, 1);
}

/**
 * Shares of the classes, [batch, classes], by the proportional-odds model: the share above threshold k is
 * σ(v − τₖ) (McCullagh 1980, Regression Models for Ordinal Data).
 */
function ordinalShares(latent: Value, thresholds: Value): Value {
  const above = sigmoid(sub(latent, thresholds)); // [B, classes − 1]
  const edge = mul(latent, 0); // [B, 1]
  return sub(concat([add(edge, 1), above], 1), concat([above, edge], 1));
}

function ordinalLosses(probabilities: Value, labels: Value, classes: number): Value {
  const { graph } = labels;
  const numbers = graph.constant(
    BigInt64Array.from({ length: classes }, (_, k) => BigInt(k)),
    [1, classes],
  );
  const chosen = cast(equal(reshape(labels, [labels.type.shape[0]!, 1]), numbers), "float32"); // one-hot
  return neg(log(add(reduceSum(mul(probabilities, chosen), [1]), 1e-6)));
}
