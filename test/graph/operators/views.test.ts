import { describe, expect, it } from "vitest";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { mul } from "../../../src/graph/operators/arithmetic.ts";
import {
  expand,
  flattenRows,
  identity,
  reshape,
  squeeze,
  transpose,
  transposeMatrix,
  unsqueeze,
} from "../../../src/graph/operators/views.ts";
import type { Value } from "../../../src/graph/value.ts";
import { checkGradients } from "../check-gradients.ts";
import { normal } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";

describe("Identity", () => {
  it("passes gradients on as they are", async () => {
    await checkGradients(identity, [normal(2, 3)]);
    await checkGradients(identity, [normal("batch", 3)], [{ batch: 1 }, { batch: 4 }]);
  });
});

describe("Reshape", () => {
  it.each(goldenCases("Reshape"))("has PyTorch's values and gradients: $note", checkGolden);

  it.each([
    { from: [2, 6], to: [3, 4] },
    { from: [2, 3, 4], to: [-1] },
    { from: [12], to: [2, -1, 3] },
    { from: [1], to: [] },
    { from: [], to: [1, 1] },
  ])("keeps gradients in their order: $from to $to", async ({ from, to }) => {
    await checkGradients((x) => reshape(x, to), [normal(...from)]);
  });

  it.each([
    { from: ["batch", "length", 6], to: ["batch*length", 6] },
    { from: ["batch", "length", 6], to: [-1, 6] },
    { from: ["batch", "length", 6], to: ["batch", "length", 2, 3] },
    { from: ["batch", "length", 6], to: [2, "length", "batch", 3] },
    { from: ["batch", "length", 6], to: ["6*batch", "length"] },
    { from: ["batch", 6], to: [-1] },
  ])("holds for every batch and length: $from to $to", async ({ from, to }) => {
    await checkGradients(
      (x) => reshape(x, to),
      [normal(...from)],
      [
        { batch: 1, length: 4 },
        { batch: 3, length: 2 },
      ],
    );
  });

  it("joins and parts rows again", async () => {
    const there = (x: Value): Value => reshape(flattenRows(x), ["batch", "length", 3]);
    await checkGradients(there, [normal("batch", "length", 3)], [{ batch: 2, length: 3 }]);
  });

  it("refuses another size, and an extent that cannot be worked out", () => {
    const x = new Graph().input("x", "float32", ["batch", 6]);
    expect(() => reshape(x, ["batch", 5])).toThrow(ShapeError);
    expect(() => reshape(x, ["length", 6])).toThrow(ShapeError);
    expect(() => reshape(x, [-1, 4])).toThrow(ShapeError);
  });

  it("needs its output type declared", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [6]);
    expect(() => graph.node("Reshape", [x, graph.integers([2, 3])])).toThrow(ShapeError);
  });
});

describe("Squeeze", () => {
  it.each(goldenCases("Squeeze"))("has PyTorch's values and gradients", checkGolden);

  it.each([[[1]], [[3]], [[-1]], [[1, 3]], [[-1, -3]]])("puts back the axes %j", async (axes) => {
    await checkGradients((x) => squeeze(x, axes), [normal(2, 1, 3, 1)]);
  });

  it("holds for every batch", async () => {
    await checkGradients((x) => squeeze(x, [1]), [normal("batch", 1, 3)], [{ batch: 2 }, { batch: 5 }]);
  });

  it("refuses axes that are not of extent 1", () => {
    const x = new Graph().input("x", "float32", ["batch", 1, 3]);
    expect(() => squeeze(x, [0])).toThrow(ShapeError);
    expect(() => squeeze(x, [1, -1])).toThrow("Squeeze of [batch, 1, 3]");
  });
});

describe("Unsqueeze", () => {
  it.each(goldenCases("Unsqueeze"))("has PyTorch's values and gradients", checkGolden);

  it.each([[[0]], [[2]], [[-1]], [[-2]], [[1, 3]], [[3, 0]], [[-1, 0]]])(
    "takes out again the axes %j",
    async (axes) => {
      await checkGradients((x) => unsqueeze(x, axes), [normal(2, 3)]);
    },
  );

  it("holds for every batch and length", async () => {
    await checkGradients(
      (x) => unsqueeze(x, [1, 2]),
      [normal("batch", "length")],
      [
        { batch: 2, length: 3 },
        { batch: 1, length: 5 },
      ],
    );
  });
});

const permutations = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

describe("Transpose", () => {
  it.each(goldenCases("Transpose"))("has PyTorch's values and gradients: $note", checkGolden);

  it.each(permutations.map((permutation) => [permutation]))("puts the axes back: %j", async (permutation) => {
    const extents = [
      { batch: 2, length: 5 },
      { batch: 3, length: 1 },
    ];
    await checkGradients((x) => transpose(x, permutation), [normal("batch", "length", 4)], extents);
  });

  it("swaps the last two axes of any rank", async () => {
    await checkGradients(transposeMatrix, [normal(3, 2)]);
    await checkGradients(transposeMatrix, [normal(2, 2, 3, 4)]);
  });

  it("refuses what is no permutation of the axes", () => {
    const x = new Graph().input("x", "float32", [2, 3, 4]);
    for (const permutation of [[0, 1], [0, 1, 1], [0, 1, 3], [], [0, 1, 2, 3]]) {
      expect(() => transpose(x, permutation)).toThrow(ShapeError);
    }
  });
});

describe("Expand", () => {
  it.each(goldenCases("Expand"))("has PyTorch's values and gradients", checkGolden);

  it.each([
    { from: [3, 1], to: [3, 4] },
    { from: [3], to: [2, 3] },
    { from: [1, 3, 1], to: [2, 2, 3, 4] },
    { from: [], to: [2, 3] },
    { from: [2, 3], to: [2, 3] },
    { from: [1, 1], to: [1, 1] },
  ])("sums gradients back over what was repeated: $from to $to", async ({ from, to }) => {
    await checkGradients((x) => expand(x, to), [normal(...from)]);
  });

  it("repeats up to an unknown batch", async () => {
    const build = (prompt: Value, x: Value): Value => mul(expand(prompt, ["batch", 2, 3]), x);
    await checkGradients(build, [normal(2, 3), normal("batch", 1, 1)], [{ batch: 1 }, { batch: 4 }]);
  });

  it("refuses a shape that repeating cannot reach", () => {
    const x = new Graph().input("x", "float32", [2, 3]);
    expect(() => expand(x, [2, 4])).toThrow(ShapeError);
    expect(() => expand(x, [3])).toThrow(ShapeError);
  });

  it("needs its output type declared", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [1]);
    expect(() => graph.node("Expand", [x, graph.integers([3])])).toThrow(ShapeError);
  });
});
