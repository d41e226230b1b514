import { describe, expect, it } from "vitest";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { cast, greater, mul, neg, where } from "../../../src/graph/operations.ts";
import type { Value } from "../../../src/graph/value.ts";
import { checkGradients } from "../check-gradients.ts";
import { awayFrom, indices, normal } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";

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
