import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { differentiate } from "../../../src/graph/differentiate.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { softplus } from "../../../src/graph/operators/activations.ts";
import { mul, sub } from "../../../src/graph/operators/arithmetic.ts";
import { gather } from "../../../src/graph/operators/indexing.ts";
import { cast } from "../../../src/graph/operators/logic.ts";
import { reduceMean } from "../../../src/graph/operators/reductions.ts";
import { reshape } from "../../../src/graph/operators/views.ts";
import { GraphSession, type TensorData } from "../../../src/graph/session.ts";
import type { Value } from "../../../src/graph/value.ts";
import { writeModel } from "../../../src/graph/write-model.ts";
import { bertEncoder } from "../../../src/plm/encoder/bert-encoder.ts";
import { textInputs } from "../../../src/plm/encoder/encoder-inputs.ts";
import type { WeightSource } from "../../../src/plm/encoder/layers.ts";
import type { ModelDirectory } from "../../../src/plm/files/model-directory.ts";
import { crossEntropy, maskedLmLogits } from "../../../src/plm/heads/masked-lm.ts";
import { replacedTokenLogits } from "../../../src/plm/heads/replaced-tokens.ts";

export interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** What PyTorch computed: `hidden` of the last layer, `logits` at the masked positions, the loss, its gradients. */
export interface GoldenVariant {
  readonly hidden: Numbers;
  readonly logits: Numbers;
  readonly loss: number;
  readonly gradients: Readonly<Record<string, Numbers>>;
}

/** One model of `test/golden/families.json`, or `test/golden/bert.json`; their README says what the fields are. */
export interface GoldenFamily {
  readonly ids: Numbers;
  readonly attentionMask: Numbers;
  /** Absent where replaced tokens are told. */
  readonly maskedPositions?: readonly number[];
  readonly labels: readonly number[];
  readonly plain: GoldenVariant;
  readonly prompted: GoldenVariant & { readonly prompts: readonly Numbers[] };
}

export interface GoldenFamilies {
  readonly bert: Required<GoldenFamily>;
  readonly roberta: GoldenFamily;
  readonly distilbert: GoldenFamily;
  readonly electra: GoldenFamily;
  readonly electraGenerator: GoldenFamily;
  /** The approximated GELU, number by number. */
  readonly geluNew: {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly gradient: readonly number[];
  };
}

const golden = (name: string): URL => new URL(`../../golden/${name}`, import.meta.url);

export const goldenPath = (name: string): string => fileURLToPath(golden(name));

export const readGoldenFamilies = (): GoldenFamilies => ({
  ...JSON.parse(readFileSync(golden("families.json"), "utf8")),
  bert: JSON.parse(readFileSync(golden("bert.json"), "utf8")),
});

/** Runs a model on its golden batch: `hidden`, `logits`, `loss`, and the gradients of what PyTorch watched. */
export async function runFamily(
  model: ModelDirectory,
  family: GoldenFamily,
  prompts: readonly Numbers[],
): Promise<Readonly<Record<string, TensorData>>> {
  const graph = new Graph();
  const feeds: Record<string, TensorData> = {};
  const watched = new Map<string, Value>();
  const watch = (name: string, shape: readonly number[], data: Float32Array): Value => {
    const value = watched.get(name) ?? graph.input(name, "float32", shape);
    watched.set(name, value);
    feeds[name] = { data, shape };
    return value;
  };
  const weights: WeightSource = (name, shape) => {
    const { data } = model.tensor(name);
    if (name in family.plain.gradients) return watch(name, shape, data);
    return graph.weight(name, shape.map(Number), { kind: "memory", data });
  };
  const inputs = textInputs(graph);
  const joined = prompts.map((prompt, layer) =>
    watch(`prompts.${layer}`, prompt.shape, Float32Array.from(prompt.data)),
  );
  const { rows } = bertEncoder(model.config, weights, inputs, { prompts: (layer) => joined[layer] });
  const positions = graph.input("positions", "int64", ["asked"]);
  const labels = graph.input("labels", "int64", ["asked"]);
  const { logits, loss } = model.heads.mlm
    ? maskedLmLoss(model, weights, rows, positions, labels)
    : replacedTokenLoss(model, weights, rows, positions, labels);
  const gradients = differentiate(graph, loss, [...watched.values()]);
  const named = Object.fromEntries(
    [...watched.keys()].map((name, index) => [`d ${name}`, gradients[index]!]),
  );
  const hidden = reshape(rows, ["batch", "length", model.config.hidden_size]);
  const session = await GraphSession.create(writeModel(graph, { hidden, logits, loss, ...named }), {
    threads: 1,
  });
  const results = await session.run({ ...feeds, ...goldenFeeds(family) });
  await session.release();
  return Object.fromEntries(Object.entries(results).map(([name, data]) => [name.replace(/^d /, ""), data]));
}

function maskedLmLoss(
  { config }: ModelDirectory,
  weights: WeightSource,
  rows: Value,
  positions: Value,
  labels: Value,
) {
  const logits = maskedLmLogits(config, weights, rows, positions);
  return { logits, loss: reduceMean(crossEntropy(logits, labels), [0]) };
}

/** The mean of softplus(z) − y·z, which is binary cross-entropy, at the places asked for. */
function replacedTokenLoss(
  { config }: ModelDirectory,
  weights: WeightSource,
  rows: Value,
  positions: Value,
  labels: Value,
) {
  const logits = replacedTokenLogits(config, weights, rows);
  const asked = gather(logits, positions);
  const targets = cast(labels, "float32");
  return { logits, loss: reduceMean(sub(softplus(asked), mul(targets, asked)), [0]) };
}

/** Where no positions are given, all tokens are asked for. */
function goldenFeeds(family: GoldenFamily): Record<string, TensorData> {
  const { ids, attentionMask } = family;
  const tokens = attentionMask.data.flatMap((seen, at) => (seen === 1 ? [at] : []));
  const positions = family.maskedPositions ?? tokens;
  const labels =
    family.maskedPositions === undefined ? tokens.map((at) => family.labels[at]!) : family.labels;
  const integers = (numbers: readonly number[], shape = [numbers.length]): TensorData => ({
    data: BigInt64Array.from(numbers, BigInt),
    shape,
  });
  return {
    ids: integers(ids.data, [...ids.shape]),
    mask: { data: Float32Array.from(attentionMask.data), shape: attentionMask.shape },
    positions: integers(positions),
    labels: integers(labels),
  };
}

/** Runs an encoder on batches of ragged sequences. */
export interface BatchReader {
  /** Last hidden states, one list of rows [d] for each sequence, padding left out. */
  read(
    sequences: readonly (readonly number[])[],
    padding?: { readonly length: number; readonly id: number },
  ): Promise<readonly (readonly Float32Array[])[]>;
  release(): Promise<void>;
}

/** An encoder alone, of a model directory. */
export async function encoderReader(model: ModelDirectory): Promise<BatchReader> {
  const graph = new Graph();
  const inputs = textInputs(graph);
  const weights = (name: string, shape: readonly number[]): Value =>
    graph.weight(name, shape, { kind: "memory", data: model.tensor(name).data });
  const { rows } = bertEncoder(model.config, weights, inputs);
  const session = await GraphSession.create(writeModel(graph, { rows }), { threads: 1 });
  return {
    read: async (sequences, padding = { length: 0, id: 0 }) => {
      const length = Math.max(padding.length, ...sequences.map((sequence) => sequence.length));
      const places = sequences.flatMap((sequence) => Array.from({ length }, (_, i) => sequence[i]));
      const shape = [sequences.length, length];
      const results = await session.run({
        ids: { data: BigInt64Array.from(places, (id) => BigInt(id ?? padding.id)), shape },
        mask: { data: Float32Array.from(places, (id) => (id === undefined ? 0 : 1)), shape },
      });
      const {
        data,
        shape: [, d],
      } = results["rows"]!;
      const row = (at: number): Float32Array => (data as Float32Array).slice(at * d!, (at + 1) * d!);
      return sequences.map((sequence, index) => sequence.map((_, i) => row(index * length + i)));
    },
    release: () => session.release(),
  };
}
