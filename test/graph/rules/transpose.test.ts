import { describe, expect, it } from "vitest";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { transpose, transposeMatrix } from "../../../src/graph/operations.ts";
import { checkGradients } from "../check-gradients.ts";
import { normal } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";

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
