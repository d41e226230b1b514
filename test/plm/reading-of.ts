import { Graph } from "../../src/graph/graph.ts";
import { identity } from "../../src/graph/operators/views.ts";
import type { Value } from "../../src/graph/value.ts";
import { bertEncoder } from "../../src/plm/encoder/bert-encoder.ts";
import { textInputs } from "../../src/plm/encoder/encoder-inputs.ts";
import { codesName, scalesName, turnedName } from "../../src/plm/files/unpack-weights.ts";
import type { PretrainedModel } from "../../src/plm/pretrained-model.ts";

/** Everything that a model's unpacked weights say: hidden states of a text, and each weight as a graph sees it. */
export type WholeReading = Readonly<Record<string, readonly number[]>>;

/** Compiles a graph of all weights; `read` can be called later, when something has happened to them. */
export async function wholeSession(model: PretrainedModel) {
  const graph = new Graph();
  const weights = model.roundedWeights(graph);
  const { rows } = bertEncoder(model.config, model.weights(graph), textInputs(graph));
  const outputs: Record<string, Value> = { rows };
  for (const name of model.directory.tensorNames()) {
    const { shape } = model.directory.tensor(name);
    outputs[`read ${name}`] = identity(weights(name, shape));
    if (!model.has(codesName(name))) continue;
    const rounded = weights.quantised?.(name, shape);
    const { codes, scales } = rounded ?? weights.table!(name, shape)!;
    outputs[`read ${codesName(name)}`] = identity(codes);
    outputs[`read ${scalesName(name)}`] = identity(scales);
    if (rounded !== undefined) outputs[`read ${turnedName(name)}`] = identity(rounded.turned);
  }
  const session = await model.compile(graph, outputs, { threads: 1 });
  const ids = [2, 7, 9, 11, 8, 3];
  const shape = [1, ids.length];
  const feeds = {
    ids: { data: BigInt64Array.from(ids, BigInt), shape },
    mask: { data: new Float32Array(ids.length).fill(1), shape },
  };
  const read = async (): Promise<WholeReading> => {
    const results = await session.run(feeds);
    return Object.fromEntries(
      Object.entries(results).map(([name, { data }]) => [name, Array.from(data, Number)]),
    );
  };
  return { read, release: () => session.release() };
}

export async function readingOf(model: PretrainedModel): Promise<WholeReading> {
  const session = await wholeSession(model);
  try {
    return await session.read();
  } finally {
    await session.release();
  }
}
