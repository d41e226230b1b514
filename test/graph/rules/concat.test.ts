import { describe, expect, it } from "vitest";
import { differentiate } from "../../../src/graph/differentiate.ts";
import { NotDifferentiableError, ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { concat, reduceSum, slice } from "../../../src/graph/operations.ts";
import { checkGradients } from "../check-gradients.ts";
import { normal } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";

describe("Concat", () => {
  it.each(goldenCases("Concat"))("has PyTorch's values and gradients", checkGolden);

  it.each([0, 1, -1, -2])("gives each input its own stretch along axis %d", async (axis) => {
    const shape = (extent: number): number[] => [2, 2, 2].with(axis < 0 ? axis + 3 : axis, extent);
    const inputs = [normal(...shape(1)), normal(...shape(3)), normal(...shape(2))];
    await checkGradients((...parts) => concat(parts, axis), inputs);
  });

  it.each([0, 1, 2])("takes an input of unknown extent at place %d", async (place) => {
    const inputs = [normal(2, 1), normal(2, 3), normal(2, 2)].with(place, normal(2, "length"));
    await checkGradients((...parts) => concat(parts, 1), inputs, [{ length: 1 }, { length: 5 }]);
  });

  it("joins an empty part", async () => {
    await checkGradients(
      (a, b) => concat([a, b, slice(a, 0, 1, 1)], 0),
      [normal("rows", 2), normal(3, 2)],
      [{ rows: 1 }, { rows: 4 }],
    );
  });

  it("joins a value with itself", async () => {
    await checkGradients((x) => concat([x, x], 0), [normal(2, 3)]);
  });

  it("joins one value alone", async () => {
    await checkGradients((x) => concat([x], 0), [normal("rows", 3)], [{ rows: 2 }]);
  });

  it("gives a gradient to the known of two unknown parts, and refuses where it stands between them", () => {
    const graph = new Graph();
    const a = graph.input("a", "float32", ["batch"]);
    const b = graph.input("b", "float32", [2]);
    const c = graph.input("c", "float32", ["length"]);
    const atTheEnd = reduceSum(concat([a, c, b], 0), [0]);
    expect(differentiate(graph, atTheEnd, [b])[0]!.type.shape).toEqual([2]);
    const between = reduceSum(concat([a, b, c], 0), [0]);
    expect(() => differentiate(graph, between, [b])).toThrow(NotDifferentiableError);
    expect(() => differentiate(graph, between, [b])).toThrow("input 1 of Concat (node Concat_1)");
  });

  it("refuses parts whose other axes differ, and other ranks", () => {
    const graph = new Graph();
    const a = graph.input("a", "float32", ["batch", 3]);
    expect(() => concat([a, graph.input("b", "float32", ["length", 3])], 1)).toThrow(ShapeError);
    expect(() => concat([a, graph.input("c", "float32", [3])], 0)).toThrow(ShapeError);
    expect(() => concat([a, graph.input("d", "float32", ["batch"])], 1)).toThrow(ShapeError);
  });
});
