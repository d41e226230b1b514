import { join } from "node:path";
import { Graph } from "../src/graph/graph.ts";
import { matMul } from "../src/graph/operators/matrix-products.ts";
import { roundedProduct } from "../src/graph/operators/rounded-products.ts";
import { GraphSession } from "../src/graph/session.ts";
import type { Value } from "../src/graph/value.ts";
import { writeModel } from "../src/graph/write-model.ts";
import { createRandom, type Random } from "../src/numbers/random.ts";
import type { Products } from "./contestant.ts";
import { readProfile } from "./operator-profile.ts";
import type { Settings } from "./settings.ts";
import { spreadOf } from "./spread.ts";

const warmUps = 2;

interface PeakPlace {
  readonly settings: Pick<Settings, "threads" | "profileSteps">;
  readonly folder: string;
}

/**
 * 10⁹ operations a second in the fastest of several products of two large square matrices [size, size], one of them
 * a constant weight: in full, or in 8 bits with the rounding of the other one counted, as steps do it.
 */
export async function measurePeak(
  { settings, folder }: PeakPlace,
  products: Products,
  size: number,
): Promise<number> {
  const graph = new Graph();
  const random = createRandom("peak");
  const left = graph.input("left", "float32", [size, size]);
  const product = products === "full" ? fullProduct(graph, left, random) : byteProduct(graph, left, random);
  const prefix = join(folder, `peak-profile-${products}`);
  const { threads, profileSteps } = settings;
  const session = await GraphSession.create(writeModel(graph, { product }), {
    threads,
    profilePrefix: prefix,
  });
  const feeds = { left: { data: numbers(size, random), shape: [size, size] } };
  for (let at = 0; at < warmUps + profileSteps; at++) await session.run(feeds);
  await session.release();
  const { runs } = await readProfile(prefix);
  const timed = runs.flat().filter(({ operations }) => operations > 0);
  return spreadOf(timed.map(({ operations, milliseconds }) => operations / milliseconds / 1e6)).max;
}

function fullProduct(graph: Graph, left: Value, random: Random): Value {
  const size = Number(left.type.shape[0]);
  const data = numbers(size, random);
  return matMul(left, graph.weight("right", [size, size], { kind: "memory", data }));
}

function byteProduct(graph: Graph, left: Value, random: Random): Value {
  const size = Number(left.type.shape[0]);
  const data = Int8Array.from({ length: size * size }, () => random.integer(255) - 127);
  const codes = graph.weight("codes", [size, size], { kind: "memory", data }, "int8");
  const scales = graph.constant(new Float32Array(size).fill(1 / 127), [size]);
  // Square, and the numbers do not matter.
  return roundedProduct(left, { codes, turned: codes, scales, largestCode: 255 });
}

const numbers = (size: number, random: Random): Float32Array =>
  Float32Array.from({ length: size * size }, () => random() - 0.5);
