import { describe, expect, it } from "vitest";
import { differentiate } from "../../../src/graph/differentiate.ts";
import { NotDifferentiableError, ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { mul } from "../../../src/graph/operators/arithmetic.ts";
import { zeros } from "../../../src/graph/operators/constants.ts";
import {
  concat,
  gather,
  gatherElements,
  scatterElements,
  scatterRows,
  slice,
} from "../../../src/graph/operators/indexing.ts";
import { reduceSum } from "../../../src/graph/operators/reductions.ts";
import { int } from "../../../src/graph/value.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import { checkGradients } from "../check-gradients.ts";
import { indices, normal } from "../draw-inputs.ts";
import { checkGolden, checkGoldenOutputs, goldenCases } from "../golden-operators.ts";
import { integers, runGraph } from "../run-graph.ts";

describe("Gather", () => {
  it.each(goldenCases("Gather"))("has PyTorch's values and gradients: $note", checkGolden);

  it.each([
    { note: "rows of a matrix", data: [5, 3], rows: [8] },
    { note: "rows for a batch", data: [3, 2], rows: [2, 4] },
    { note: "numbers of a vector", data: [4], rows: [7] },
    { note: "one row", data: [4, 2], rows: [] },
    { note: "matrices of a cube", data: [3, 2, 2], rows: [5] },
  ])("adds up the gradients of repeated rows: $note", async ({ data, rows }) => {
    await checkGradients(gather, [normal(...data), indices(data[0]!, ...rows)]);
  });

  it("holds for every batch and length, and for a table of unknown size", async () => {
    const extents = [
      { batch: 1, length: 6, rows: 3 },
      { batch: 4, length: 2, rows: 5 },
    ];
    await checkGradients(gather, [normal(4, 3), indices(4, "batch", "length")], extents);
    await checkGradients(gather, [normal("rows", 3), indices(3, "length")], extents);
    await checkGradients((x, i) => gather(x, i), [normal("rows", "length"), indices(3, "length")], extents);
  });

  it("takes 32-bit indices, and indices counted from the end", async () => {
    await checkGradients(gather, [normal(4, 3), { ...indices(4, 6), elementType: "int32" }]);
    await checkGradients(gather, [
      normal(4, 3),
      { ...indices(4, 6), draw: (random) => -1 - random.integer(4) },
    ]);
  });

  it("knows the first axis only", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [2, 3]);
    expect(() => graph.node("Gather", [x, graph.integers([0])], { axis: int(1) })).toThrow(ShapeError);
  });
});

describe("GatherElements", () => {
  it.each(goldenCases("GatherElements"))("has PyTorch's values and gradients: $note", checkGolden);

  it.each([
    { note: "vector", data: [5], picks: [8] },
    { note: "one of each row", data: [3, 4], picks: [3, 1] },
    { note: "several of each row", data: [2, 3, 4], picks: [2, 3, 6] },
    { note: "of some rows only", data: [3, 4], picks: [2, 5] },
  ])("adds up the gradients of repeated elements: $note", async ({ data, picks }) => {
    await checkGradients(gatherElements, [normal(...data), indices(data.at(-1)!, ...picks)]);
  });

  it("holds for every number of rows", async () => {
    await checkGradients(
      gatherElements,
      [normal("rows", 4), indices(4, "rows", 2)],
      [{ rows: 1 }, { rows: 5 }],
    );
  });

  it("knows the last axis only, and indices of the same rank", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [2, 3]);
    const picks = graph.input("picks", "int64", [2, 3]);
    expect(() => graph.node("GatherElements", [x, picks], { axis: int(0) })).toThrow(ShapeError);
    expect(() => gatherElements(x, graph.input("row", "int64", [3]))).toThrow(ShapeError);
  });
});

describe("ScatterElements", () => {
  it.each(goldenCases("ScatterElements"))("has PyTorch's values", checkGoldenOutputs);

  it("loses no row where several threads add thousands of rows to a few", async () => {
    const [updates, rows, width] = [2048, 50, 384];
    const random = createRandom("scatter");
    const places = Array.from({ length: updates }, () => random.integer(rows));
    const numbers = Float32Array.from({ length: updates * width }, () => random.normal());
    const expected = new Float64Array(rows * width);
    numbers.forEach((number, i) => {
      expected[places[Math.floor(i / width)]! * width + (i % width)]! += number;
    });
    const graph = new Graph();
    const given = graph.input("given", "float32", [updates, width]);
    const sum = scatterRows(zeros(graph, [rows, width]), graph.input("places", "int64", [updates]), given);
    const feeds = { given: { data: numbers, shape: [updates, width] }, places: integers(places) };
    const results = await runGraph(graph, { sum }, feeds, 4);
    const worst = expected.reduce(
      (most, number, i) => Math.max(most, Math.abs(number - Number(results["sum"]!.data[i]))),
      0,
    );
    expect(worst).toBeLessThan(1e-4);
  });

  it("refuses a gradient, naming operator, node and input", () => {
    const graph = new Graph();
    const data = graph.input("data", "float32", [4, 3]);
    const updates = graph.input("updates", "float32", [2, 3]);
    const loss = reduceSum(scatterElements(data, graph.input("places", "int64", [2, 3]), updates), [0, 1]);
    expect(() => differentiate(graph, loss, [data])).toThrow(NotDifferentiableError);
    expect(() => differentiate(graph, loss, [data])).toThrow(
      "input 0 of ScatterElements (node ScatterElements)",
    );
    expect(() => differentiate(graph, loss, [updates])).toThrow(
      "input 2 of ScatterElements (node ScatterElements)",
    );
  });

  it("is left alone where nothing below it is wanted", () => {
    const graph = new Graph();
    const scattered = scatterElements(
      graph.input("data", "float32", [4, 3]),
      graph.input("places", "int64", [4, 1]),
      graph.input("updates", "float32", [4, 1]),
    );
    const [gradient] = differentiate(graph, reduceSum(mul(scattered, 3), [0, 1]), [scattered]);
    expect(gradient!.type.shape).toEqual([4, 3]);
  });
});

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

describe("Slice", () => {
  it.each(goldenCases("Slice"))("has PyTorch's values and gradients: $note", checkGolden);

  it.each([
    { axis: 0, start: 0, end: 2 },
    { axis: 1, start: 1, end: 3 },
    { axis: 1, start: 2, end: undefined },
    { axis: -1, start: -3, end: -1 },
    { axis: -2, start: 0, end: undefined },
    { axis: 1, start: -2, end: 99 },
    { axis: 2, start: 3, end: 3 },
    { axis: 2, start: 3, end: 1 },
  ])("pads gradients with zeros: $start to $end of axis $axis", async ({ axis, start, end }) => {
    await checkGradients((x) => slice(x, axis, start, end), [normal(3, 4, 5)]);
  });

  it.each([
    { start: 0, end: 2 },
    { start: 1, end: undefined },
    { start: -2, end: undefined },
    { start: 1, end: -1 },
    { start: -3, end: -1 },
  ])("cuts $start to $end out of an unknown length", async ({ start, end }) => {
    await checkGradients(
      (x) => slice(x, 1, start, end),
      [normal("batch", "length", 2)],
      [
        { batch: 1, length: 4 },
        { batch: 2, length: 7 },
      ],
    );
  });

  it("refuses limits that are no constants, several axes and steps", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [4, 4]);
    const [zero, one, two] = [graph.integers([0]), graph.integers([1]), graph.integers([0, 1])];
    const start = graph.input("start", "int64", [1]);
    expect(() => graph.node("Slice", [x, start, one, zero])).toThrow(ShapeError);
    expect(() => graph.node("Slice", [x, two, graph.integers([2, 3]), two])).toThrow(ShapeError);
    expect(() => graph.node("Slice", [x, zero, one, zero, graph.integers([2])])).toThrow(ShapeError);
  });
});
