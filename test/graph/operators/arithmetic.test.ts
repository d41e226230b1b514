import { describe, expect, it } from "vitest";
import { differentiate } from "../../../src/graph/differentiate.ts";
import type { Dimension } from "../../../src/graph/dimension.ts";
import { NotDifferentiableError, ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { add, div, mul, neg, pow, sub } from "../../../src/graph/operators/arithmetic.ts";
import type { Value } from "../../../src/graph/value.ts";
import { checkGradients } from "../check-gradients.ts";
import { describeUnary } from "../describe-unary.ts";
import { between, normal, type TestInput } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";

/** Divisors keep away from zero. */
const divisor = (...shape: Dimension[]): TestInput => between(0.6, 2.5, ...shape);

describe.each([
  ["Add", add, normal],
  ["Sub", sub, normal],
  ["Mul", mul, normal],
  ["Div", div, divisor],
] as const)("%s", (operator, operation, rightInput) => {
  it.each(goldenCases(operator))("has PyTorch's values and gradients: $note", checkGolden);

  it.each([
    { note: "same shape", left: [2, 3], right: [2, 3] },
    { note: "row", left: [2, 3, 4], right: [4] },
    { note: "column", left: [3, 1], right: [2, 3, 4] },
    { note: "both sides repeated", left: [2, 1, 4], right: [3, 1] },
    { note: "new axes and repeated ones", left: [1, 1], right: [2, 3, 1, 4] },
    { note: "scalar on the left", left: [], right: [3, 2] },
    { note: "scalar on the right", left: [3, 2], right: [] },
    { note: "two scalars", left: [], right: [] },
  ])("sums gradients back over what was broadcast: $note", async ({ left, right }) => {
    await checkGradients(operation, [normal(...left), rightInput(...right)]);
  });

  it("broadcasts over an unknown batch", async () => {
    const inputs = [normal("batch", "length", 3), rightInput(1, "length", 1)];
    await checkGradients(operation, inputs, [
      { batch: 3, length: 2 },
      { batch: 1, length: 4 },
    ]);
  });

  it("gives both gradients to a value that stands on both sides", async () => {
    await checkGradients((x) => operation(x, x), [rightInput(4)]);
  });

  it("refuses extents that neither agree nor are 1", () => {
    const graph = new Graph();
    const left = graph.input("left", "float32", ["batch", 3]);
    expect(() => operation(left, graph.input("right", "float32", ["batch", 2]))).toThrow(ShapeError);
    expect(() => operation(left, graph.input("other", "float32", ["length", 3]))).toThrow(
      `${operator} of [batch, 3] and [length, 3]`,
    );
  });
});

describeUnary([["Neg", neg, normal]]);

describe("Pow", () => {
  it.each(goldenCases("Pow"))("has PyTorch's values and gradients: $note", checkGolden);

  it.each([2, 3, -1, 0.5, 1, 0])("has the slope of its values for the exponent %d", async (exponent) => {
    await checkGradients((x) => pow(x, exponent), [between(0.4, 2, 2, 3)]);
  });

  it("knows the slope of whole powers of negative numbers and of zero", async () => {
    await checkGradients((x) => pow(x, 2), [between(-2, 0, 5)]);
    await checkGradients((x) => pow(mul(x, 0), 2), [normal(3)]);
    await checkGradients((x) => pow(mul(x, 0), 0), [normal(3)]);
    await checkGradients((x) => pow(mul(x, 0), 1), [normal(3)]);
  });

  it("sums back where an exponent of higher rank adds axes", async () => {
    const exponent = (x: Value): Value => x.graph.constant(Float32Array.of(3), [1, 1]);
    await checkGradients(
      (x) => x.graph.node("Pow", [x, exponent(x)])[0]!,
      [normal("batch")],
      [{ batch: 2 }, { batch: 5 }],
    );
  });

  it("refuses a gradient for an exponent that is no constant number", () => {
    const graph = new Graph();
    const base = graph.input("base", "float32", []);
    const power = graph.node("Pow", [base, graph.input("exponent", "float32", [])])[0]!;
    expect(() => differentiate(graph, power, [base])).toThrow(NotDifferentiableError);
    expect(() => differentiate(graph, power, [base])).toThrow("input 0 of Pow (node Pow)");
  });
});
