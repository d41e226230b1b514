import type { Graph } from "../../src/graph/graph.ts";
import type { TensorData } from "../../src/graph/session.ts";
import { GraphSession } from "../../src/graph/session.ts";
import type { Value } from "../../src/graph/value.ts";
import { writeModel } from "../../src/graph/write-model.ts";

/** Compiles a graph in memory, runs it once and releases it. */
export async function runGraph(
  graph: Graph,
  outputs: Readonly<Record<string, Value>>,
  feeds: Readonly<Record<string, TensorData>> = {},
  threads = 1,
): Promise<Readonly<Record<string, TensorData>>> {
  const session = await GraphSession.create(writeModel(graph, outputs), { threads });
  try {
    return await session.run(feeds);
  } finally {
    await session.release();
  }
}

/** A float32 tensor to feed; of one axis if no shape is given. */
export const floats = (
  numbers: readonly number[],
  shape: readonly number[] = [numbers.length],
): TensorData => ({
  data: Float32Array.from(numbers),
  shape,
});

/** An int64 tensor to feed; of one axis if no shape is given. */
export const integers = (
  numbers: readonly number[],
  shape: readonly number[] = [numbers.length],
): TensorData => ({ data: BigInt64Array.from(numbers, BigInt), shape });
