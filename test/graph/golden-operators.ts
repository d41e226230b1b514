import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { differentiate } from "../../src/graph/differentiate.ts";
import { Graph } from "../../src/graph/graph.ts";
import { add, mul } from "../../src/graph/operators/arithmetic.ts";
import { cast } from "../../src/graph/operators/logic.ts";
import type { TensorData } from "../../src/graph/session.ts";
import type { Attribute, Value } from "../../src/graph/value.ts";
import { float, int, ints, text } from "../../src/graph/value.ts";
import { sumOf } from "./check-gradients.ts";
import { runGraph } from "./run-graph.ts";

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly (number | boolean)[];
}

/** One case of `test/golden/operators.json`; its README says what the fields are. */
export interface GoldenCase {
  readonly operator: string;
  readonly note: string;
  readonly attributes: Readonly<Record<string, number | string | readonly number[]>>;
  readonly inputs: readonly (Numbers & {
    readonly type: "float32" | "int64" | "bool";
    readonly constant?: boolean;
  })[];
  readonly outputs: readonly Numbers[];
  readonly upstreams: readonly Numbers[];
  readonly gradients: readonly (Numbers | null)[];
}

const cases: readonly GoldenCase[] = JSON.parse(
  readFileSync(new URL("../golden/operators.json", import.meta.url), "utf8"),
);

/** The cases of one operator; there is at least one. */
export function goldenCases(operator: string): readonly GoldenCase[] {
  const found = cases.filter((one) => one.operator === operator);
  expect(found.length, `golden cases of ${operator}`).toBeGreaterThan(0);
  return found;
}

/** Runs a case and compares its outputs and, where the operator has a rule, its gradients. */
export async function checkGolden(golden: GoldenCase): Promise<void> {
  const { graph, values, outputs, feeds } = buildCase(golden);
  const upstreams = golden.upstreams.map(({ shape, data }, index) => {
    feeds[`upstream${index}`] = { shape, data: Float32Array.from(data, Number) };
    return graph.input(`upstream${index}`, "float32", shape);
  });
  const loss = outputs.map((output, index) => sumOf(mul(output, upstreams[index]!))).reduce(add);
  const wanted = values.flatMap((value, index) => (golden.gradients[index] ? [value] : []));
  const gradients = differentiate(graph, loss, wanted);
  const results = await runGraph(
    graph,
    { ...named("output", outputs), ...named("gradient", gradients) },
    feeds,
  );
  golden.outputs.forEach((expected, index) => {
    expectClose(results[`output${index}`]!, expected);
  });
  golden.gradients
    .filter((gradient) => gradient !== null)
    .forEach((expected, index) => {
      expectClose(results[`gradient${index}`]!, expected);
    });
}

/** As checkGolden, for an operator that has no gradients here. */
export async function checkGoldenOutputs(golden: GoldenCase): Promise<void> {
  const { graph, outputs, feeds } = buildCase(golden);
  const results = await runGraph(graph, named("output", outputs), feeds);
  golden.outputs.forEach((expected, index) => {
    expectClose(results[`output${index}`]!, expected);
  });
}

function buildCase(golden: GoldenCase): {
  graph: Graph;
  values: readonly Value[];
  outputs: readonly Value[];
  feeds: Record<string, TensorData>;
} {
  const graph = new Graph();
  const feeds: Record<string, TensorData> = {};
  const values = golden.inputs.map(({ type, shape, data, constant = false }, index) => {
    const numbers =
      type === "float32" ? Float32Array.from(data, Number) : BigInt64Array.from(data, (one) => BigInt(one));
    if (constant) {
      return graph.constant(numbers, shape);
    }
    feeds[`x${index}`] = { data: numbers, shape };
    const input = graph.input(`x${index}`, type === "float32" ? "float32" : "int64", shape);
    return type === "bool" ? cast(input, "bool") : input;
  });
  const declared = golden.outputs.map(({ shape }) => ({ elementType: "float32", shape }) as const);
  const isDeclared = ["Reshape", "Expand"].includes(golden.operator);
  const made = graph.node(golden.operator, values, attributesOf(golden), isDeclared ? declared : undefined);
  const outputs = made.slice(0, golden.outputs.length);
  outputs.forEach((output, index) => {
    expect(output.type.shape).toEqual(golden.outputs[index]!.shape);
  });
  return { graph, values, outputs, feeds };
}

function attributesOf({ attributes }: GoldenCase): Readonly<Record<string, Attribute>> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]): [string, Attribute] => {
      if (typeof value === "string") {
        return [name, text(value)];
      }
      if (typeof value === "number") {
        return [name, name === "epsilon" ? float(value) : int(value)];
      }
      return [name, ints(value)];
    }),
  );
}

const named = (name: string, values: readonly Value[]): Readonly<Record<string, Value>> =>
  Object.fromEntries(values.map((value, index) => [`${name}${index}`, value]));

function expectClose(actual: TensorData, expected: Numbers): void {
  expect(actual.shape).toEqual(expected.shape);
  expected.data.forEach((number, i) => {
    const tolerance = 2e-6 + 2e-5 * Math.abs(Number(number));
    expect(Math.abs(Number(actual.data[i]) - Number(number)), `element ${i}`).toBeLessThan(tolerance);
  });
}
