import { expect } from "vitest";
import { differentiate } from "../../src/graph/differentiate.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { Value } from "../../src/graph/value.ts";
import { sumOf } from "./check-gradients.ts";
import type { TestInput } from "./draw-inputs.ts";

/**
 * Expects that no gradient flows through an operation to its float inputs: they get zeros, and no node
 * of a backward pass is added. `build` returns a float32 value in which the operation is the last step
 * but casts.
 */
export function expectNoGradient(build: (...inputs: Value[]) => Value, inputs: readonly TestInput[]): void {
  const graph = new Graph();
  const values = inputs.map((input, index) => graph.input(`x${index}`, input.elementType, input.shape));
  const wanted = values.filter((value) => value.type.elementType === "float32");
  const loss = sumOf(build(...values));
  const before = new Set(graph.nodes);
  const gradients = differentiate(graph, loss, wanted);
  gradients.forEach((gradient, index) => {
    expect(gradient.origin).toMatchObject({ kind: "node", node: { operator: "ConstantOfShape" } });
    expect(gradient.type.shape).toEqual(wanted[index]!.type.shape);
  });
  // Zeros of a shape that is known at run time need that shape.
  const added = graph.nodes.filter((node) => !before.has(node)).map((node) => node.operator);
  const forZeros = ["ConstantOfShape", "Shape", "Concat"];
  expect(added.filter((operator) => !forZeros.includes(operator))).toEqual([]);
}
