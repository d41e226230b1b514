import { join } from "node:path";
import { expect, test } from "vitest";
import { type OperatorRun, productKind, readProfile } from "../../bench/operator-profile.ts";
import { measurePeak } from "../../bench/peak.ts";
import { Graph } from "../../src/graph/graph.ts";
import { attention } from "../../src/graph/operators/attention.ts";
import { gemm, matMul } from "../../src/graph/operators/matrix-products.ts";
import { roundedProduct } from "../../src/graph/operators/rounded-products.ts";
import { transpose } from "../../src/graph/operators/views.ts";
import { GraphSession } from "../../src/graph/session.ts";
import type { Value } from "../../src/graph/value.ts";
import { writeModel } from "../../src/graph/write-model.ts";
import { temporaryFolder } from "../learner/temporary-folder.ts";

const [batch, length, past, heads, width, wide] = [2, 5, 3, 2, 8, 12];

/** Runs once with every input full of ones and gives what the profile says of the operators. */
async function profile(
  graph: Graph,
  outputs: Readonly<Record<string, Value>>,
): Promise<readonly OperatorRun[]> {
  const prefix = join(temporaryFolder(), "profile");
  const session = await GraphSession.create(writeModel(graph, outputs), {
    threads: 1,
    profilePrefix: prefix,
  });
  const feeds = session.inputNames.map((name) => {
    const shape = shapes[name]!;
    return [name, { data: new Float32Array(shape.reduce((size, n) => size * n, 1)).fill(1), shape }] as const;
  });
  await session.run(Object.fromEntries(feeds));
  await session.release();
  return (await readProfile(prefix)).runs[0]!;
}

const shapes: Readonly<Record<string, readonly number[]>> = {
  rows: [batch * length, width],
  stack: [batch, length, width],
  other: [batch, width, length],
  mask: [batch, 1, length, past + length],
  pastKeys: [batch, heads, past, width / heads],
  pastValues: [batch, heads, past, width / heads],
};

const operationsOf = (runs: readonly OperatorRun[], kind: string): number =>
  runs
    .filter(({ operator }) => productKind(operator) === kind)
    .reduce((sum, { operations }) => sum + operations, 0);

test("a product with a constant weight has 2 · rows · inputs · outputs operations", async () => {
  const graph = new Graph();
  const rows = graph.input("rows", "float32", shapes["rows"]!);
  const data = new Float32Array(wide * width).fill(1);
  const weight = graph.weight("weight", [wide, width], { kind: "memory", data });
  const bias = graph.constant(new Float32Array(wide), [wide]);
  const runs = await profile(graph, { y: gemm(rows, weight, { transB: true, bias }) });
  expect(operationsOf(runs, "full")).toBe(2 * batch * length * width * wide);
});

test("a product in 8 bits is of its own kind and has as many operations", async () => {
  const graph = new Graph();
  const rows = graph.input("rows", "float32", shapes["rows"]!);
  const data = { kind: "memory", data: new Int8Array(wide * width).fill(1) } as const;
  const codes = graph.weight("codes", [wide, width], data, "int8");
  const turned = graph.weight("turned", [width, wide], data, "int8");
  const scales = graph.constant(new Float32Array(wide).fill(1), [wide]);
  const runs = await profile(graph, { y: roundedProduct(rows, { codes, turned, scales, largestCode: 255 }) });
  expect(operationsOf(runs, "rounded")).toBe(2 * batch * length * width * wide);
  expect(operationsOf(runs, "full")).toBe(0);
});

test("a product of stacks counts each pair of matrices, turned or not", async () => {
  const graph = new Graph();
  const stack = graph.input("stack", "float32", shapes["stack"]!);
  const other = graph.input("other", "float32", shapes["other"]!);
  const straight = matMul(stack, other);
  const turned = matMul(transpose(other, [0, 2, 1]), transpose(stack, [0, 2, 1]));
  const runs = await profile(graph, { straight, turned });
  expect(operationsOf(runs, "full")).toBe(2 * 2 * batch * length * width * length);
});

test("attention counts scores and sums over all keys, those of prompts among them", async () => {
  const graph = new Graph();
  const stack = graph.input("stack", "float32", shapes["stack"]!);
  const mask = graph.input("mask", "float32", shapes["mask"]!);
  const keys = graph.input("pastKeys", "float32", shapes["pastKeys"]!);
  const values = graph.input("pastValues", "float32", shapes["pastValues"]!);
  const runs = await profile(graph, { y: attention([stack, stack, stack], heads, mask, { keys, values }) });
  expect(operationsOf(runs, "within")).toBe(2 * 2 * batch * length * (past + length) * width);
});

test.each(["full", "rounded"] as const)(
  "the peak of products %s is found by products of that kind",
  async (kind) => {
    const settings = { threads: 1, profileSteps: 1 };
    const gflops = await measurePeak({ settings, folder: temporaryFolder() }, kind, 64);
    expect(gflops).toBeGreaterThan(0);
    expect(Number.isFinite(gflops)).toBe(true);
  },
);
