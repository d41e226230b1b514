import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { differentiate } from "../../../src/graph/differentiate.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { reduceMean } from "../../../src/graph/operators/reductions.ts";
import { reshape } from "../../../src/graph/operators/views.ts";
import type { TensorData } from "../../../src/graph/session.ts";
import { GraphSession } from "../../../src/graph/session.ts";
import type { Value } from "../../../src/graph/value.ts";
import { writeModel } from "../../../src/graph/write-model.ts";
import { bertEncoder } from "../../../src/plm/encoder/bert-encoder.ts";
import { type ModelDirectory, readModelDirectory } from "../../../src/plm/files/model-directory.ts";
import { crossEntropy, maskedLmLogits } from "../../../src/plm/heads/masked-lm.ts";

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

/** The file `test/golden/bert.json`; its README says what the fields are. */
export interface GoldenBert {
  readonly ids: Numbers;
  readonly attentionMask: Numbers;
  readonly maskedPositions: readonly number[];
  readonly labels: readonly number[];
  readonly plain: GoldenVariant;
  readonly prompted: GoldenVariant & { readonly prompts: readonly Numbers[] };
}

const golden = (name: string): URL => new URL(`../../golden/${name}`, import.meta.url);

export const readGoldenBert = (): GoldenBert => JSON.parse(readFileSync(golden("bert.json"), "utf8"));

/** A random BERT of 2 layers with 16 numbers a token, with its masked-LM head. */
export const readTinyBert = (): Promise<ModelDirectory> =>
  readModelDirectory(fileURLToPath(golden("tiny-bert")));

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
  const ids = graph.input("ids", "int64", ["batch", "length"]);
  const mask = graph.input("mask", "float32", ["batch", "length"]);
  const weights = (name: string, shape: readonly number[]): Value =>
    graph.weight(name, shape, { kind: "memory", data: model.tensor(name).data });
  const { rows } = bertEncoder(model.config, weights, { ids, mask });
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

/**
 * One masked-LM pass over the golden batch with every weight, and any prompts, as trained inputs:
 * `hidden`, `logits`, `loss`, and the gradient of each under its name.
 */
export async function runTinyBert(
  model: ModelDirectory,
  golden: GoldenBert,
  prompts: readonly Numbers[] = [],
): Promise<Readonly<Record<string, TensorData>>> {
  const graph = new Graph();
  const trained = new Map<string, Value>();
  const feeds: Record<string, TensorData> = goldenFeeds(golden);
  const train = (name: string, shape: readonly number[], data: Float32Array): Value => {
    const known = trained.get(name) ?? graph.input(name, "float32", shape);
    trained.set(name, known);
    feeds[name] = { data, shape };
    return known;
  };
  const weights = (name: string, shape: readonly number[]): Value =>
    train(name, shape, model.tensor(name).data);
  const inputs = {
    ids: graph.input("ids", "int64", ["batch", "length"]),
    mask: graph.input("mask", "float32", ["batch", "length"]),
  };
  const { rows } = bertEncoder(model.config, weights, inputs, {
    prompts: (layer) => {
      const prompt = prompts[layer];
      return prompt && train(`prompts.${layer}`, prompt.shape, Float32Array.from(prompt.data));
    },
  });
  const positions = graph.input("positions", "int64", ["masked"]);
  const logits = maskedLmLogits(model.config, weights, rows, positions);
  const loss = reduceMean(crossEntropy(logits, graph.input("labels", "int64", ["masked"])), [0]);
  const gradients = differentiate(graph, loss, [...trained.values()]);
  const named = Object.fromEntries(
    [...trained.keys()].map((name, index) => [`d ${name}`, gradients[index]!]),
  );
  const hidden = reshape(rows, ["batch", "length", model.config.hidden_size]);
  const session = await GraphSession.create(writeModel(graph, { hidden, logits, loss, ...named }), {
    threads: 1,
  });
  const results = await session.run(feeds);
  await session.release();
  return Object.fromEntries(Object.entries(results).map(([name, data]) => [name.replace(/^d /, ""), data]));
}

function goldenFeeds({
  ids,
  attentionMask,
  maskedPositions,
  labels,
}: GoldenBert): Record<string, TensorData> {
  const integers = (numbers: readonly number[], shape = [numbers.length]): TensorData => ({
    data: BigInt64Array.from(numbers, BigInt),
    shape,
  });
  return {
    ids: integers(ids.data, [...ids.shape]),
    mask: { data: Float32Array.from(attentionMask.data), shape: attentionMask.shape },
    positions: integers(maskedPositions),
    labels: integers(labels),
  };
}
