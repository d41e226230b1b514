import { describe, expect, it } from "vitest";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { mul, neg } from "../../../src/graph/operators/arithmetic.ts";
import { cast, equal, greater, not, or, where } from "../../../src/graph/operators/logic.ts";
import type { Value } from "../../../src/graph/value.ts";
import { checkGradients } from "../check-gradients.ts";
import { awayFrom, indices, normal } from "../draw-inputs.ts";
import { expectNoGradient } from "../expect-no-gradient.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";
import { floats, runGraph } from "../run-graph.ts";

describe.each([
  ["Greater", greater, [0, 0, 1]],
  ["Equal", equal, [0, 1, 0]],
] as const)("%s", (_, compare, expected) => {
  it("compares with a number and with a broadcast row", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["batch", 3]);
    const row = graph.input("row", "float32", [3]);
    const outputs = {
      "to number": cast(compare(x, 1), "float32"),
      "to row": cast(compare(x, row), "float32"),
    };
    const feeds = { x: floats([0, 1, 2], [1, 3]), row: floats([1, 1, 1]) };
    const results = await runGraph(graph, outputs, feeds);
    expect([...results["to number"]!.data]).toEqual(expected);
    expect([...results["to row"]!.data]).toEqual(expected);
  });

  it("gives truth values without a gradient", () => {
    const graph = new Graph();
    expect(compare(graph.input("x", "float32", [2]), 0).type).toEqual({ elementType: "bool", shape: [2] });
    expectNoGradient((x, y) => cast(compare(x, y), "float32"), [normal("batch", 3), normal(3)]);
  });

  it("refuses extents that neither agree nor are 1", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["batch", 3]);
    expect(() => compare(x, graph.input("y", "float32", [2]))).toThrow(ShapeError);
  });
});

describe("Not", () => {
  it("turns a truth value round, without a gradient", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [2]);
    const results = await runGraph(
      graph,
      { round: cast(not(greater(x, 0)), "float32") },
      { x: floats([-1, 1]) },
    );
    expect([...results["round"]!.data]).toEqual([1, 0]);
    expectNoGradient((y) => cast(not(greater(y, 0)), "float32"), [normal("batch", 3)]);
  });
});

describe("Or", () => {
  it("is true where either is, broadcast, without a gradient", async () => {
    const graph = new Graph();
    const [x, y] = [graph.input("x", "float32", [4]), graph.input("y", "float32", [1])];
    const either = cast(or(greater(x, 1), greater(y, x)), "float32");
    const results = await runGraph(graph, { either }, { x: floats([-1, 0, 1, 2]), y: floats([0]) });
    expect([...results["either"]!.data]).toEqual([1, 0, 0, 1]);
    expectNoGradient(
      (a, b) => cast(or(greater(a, 0), greater(b, 0)), "float32"),
      [normal("batch", 3), normal(3)],
    );
  });

  it("refuses extents that neither agree nor are 1", () => {
    const graph = new Graph();
    const condition = (extent: number): Value => cast(graph.input("x", "int64", [extent]), "bool");
    expect(() => or(condition(2), condition(3))).toThrow(ShapeError);
  });
});

describe("Where", () => {
  it.each(goldenCases("Where"))("has PyTorch's values and gradients: $note", checkGolden);

  it.each([
    { note: "same shape", condition: [2, 3], yes: [2, 3], no: [2, 3] },
    { note: "condition of a column", condition: [2, 1], yes: [2, 3], no: [2, 3] },
    { note: "row and column", condition: [2, 3], yes: [3], no: [2, 1] },
    { note: "scalars", condition: [4], yes: [], no: [] },
    { note: "condition with more axes", condition: [2, 2, 3], yes: [1, 3], no: [2, 1] },
  ])("parts gradients by the condition: $note", async ({ condition, yes, no }) => {
    const build = (chosen: Value, a: Value, b: Value): Value => where(cast(chosen, "bool"), a, b);
    await checkGradients(build, [indices(2, ...condition), normal(...yes), normal(...no)]);
  });

  it("holds for every batch", async () => {
    const build = (chosen: Value, a: Value, b: Value): Value => where(cast(chosen, "bool"), a, b);
    const inputs = [indices(2, "batch", 1), normal("batch", 3), normal(3)];
    await checkGradients(build, inputs, [{ batch: 1 }, { batch: 4 }]);
  });

  it("gives the condition no gradient", async () => {
    await checkGradients((x) => where(greater(x, 0), mul(x, 2), neg(x)), [awayFrom(0, 3, 4)]);
  });

  it("refuses extents that neither agree nor are 1", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [2, 3]);
    expect(() => where(greater(x, 0), x, graph.input("y", "float32", [4]))).toThrow(ShapeError);
  });
});

describe("Cast", () => {
  it("turns numbers into integers and truth values, and back", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [4]);
    const whole = cast(cast(x, "int64"), "float32");
    const isThere = cast(cast(x, "bool"), "float32");
    const results = await runGraph(graph, { whole, isThere }, { x: floats([-1.5, 0, 0.5, 2.5]) });
    expect(Array.from(results["whole"]!.data, Number)).toEqual([-1, 0, 0, 2]);
    expect([...results["isThere"]!.data]).toEqual([1, 0, 1, 1]);
  });

  it("lets no gradient through integers", () => {
    expectNoGradient((x) => cast(cast(x, "int64"), "float32"), [normal("batch", 3)]);
  });

  it("is nothing where the type stays, so gradients flow", () => {
    const x = new Graph().input("x", "float32", [3]);
    expect(cast(x, "float32")).toBe(x);
  });

  it("needs its output type declared", () => {
    const graph = new Graph();
    expect(() => graph.node("Cast", [graph.input("x", "float32", [3])])).toThrow(ShapeError);
  });
});
