import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differentiate, pullBack } from "../../src/graph/differentiate.ts";
import { ShapeError } from "../../src/graph/errors.ts";
import { Graph } from "../../src/graph/graph.ts";
import { gelu, sigmoid, tanh } from "../../src/graph/operators/activations.ts";
import { add, mul } from "../../src/graph/operators/arithmetic.ts";
import { exp } from "../../src/graph/operators/functions.ts";
import { matMul } from "../../src/graph/operators/matrix-products.ts";
import { reduceMean, reduceSum } from "../../src/graph/operators/reductions.ts";
import { expand, transposeMatrix } from "../../src/graph/operators/views.ts";
import type { Value } from "../../src/graph/value.ts";
import { checkGradients, sumOf } from "./check-gradients.ts";
import { normal } from "./draw-inputs.ts";
import { floats, runGraph } from "./run-graph.ts";

/** The operators of the nodes that differentiating adds. */
function added(graph: Graph, loss: Value, wanted: readonly Value[]): readonly string[] {
  const before = graph.nodes.length;
  differentiate(graph, loss, wanted);
  return graph.nodes.slice(before).map((node) => node.operator);
}

describe("differentiate", () => {
  it("adds up the gradients of a value that is used several times", async () => {
    await checkGradients((x) => add(mul(x, exp(x)), mul(x, x)), [normal(2, 3)]);
    await checkGradients(
      (x) => matMul(tanh(x), transposeMatrix(x)),
      [normal("batch", 3)],
      [{ batch: 1 }, { batch: 4 }],
    );
  });

  it("goes on from a gradient that is known", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [3]);
    const middle = exp(x);
    const loss = sumOf(mul(middle, middle));
    const [whole] = differentiate(graph, loss, [x]);
    const [rest] = pullBack(graph, { value: middle, gradient: mul(middle, 2) }, [x]);
    const results = await runGraph(graph, { whole: whole!, rest: rest! }, { x: floats([0, 1, -2]) });
    results["whole"]!.data.forEach((number, at) => {
      expect(Number(results["rest"]!.data[at])).toBeCloseTo(Number(number), 5);
    });
  });

  it("adds nothing below the lowest wanted value", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["batch", 4]);
    const prompt = graph.input("prompt", "float32", [4]);
    const frozen = tanh(gelu(matMul(x, graph.constant(new Float32Array(16).fill(1), [4, 4]))));
    const loss = sumOf(mul(frozen, prompt));
    expect(added(graph, loss, [prompt]).toSorted()).toEqual([
      "Concat",
      "Expand",
      "Mul",
      "ReduceSum",
      "Reshape",
      "Shape",
    ]);
  });

  it("adds nothing for frozen values that only take their shape from a wanted one", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["batch", 1]);
    const frozen = expand(graph.input("frozen", "float32", [1, 1]), ["batch", 3]);
    const loss = add(sumOf(tanh(frozen)), sumOf(x));
    expect(added(graph, loss, [x])).not.toContain("Mul");
  });

  it("gives zeros for what the loss does not depend on", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [2]);
    const other = graph.input("other", "float32", ["batch", 3]);
    const [slope, none] = differentiate(graph, sumOf(exp(x)), [x, other]);
    expect(none!.type.shape).toEqual(["batch", 3]);
    const feeds = { x: floats([0, 0]), other: floats([1, 2, 3, 4, 5, 6], [2, 3]) };
    const results = await runGraph(graph, { slope: slope!, none: none! }, feeds);
    expect([...results["slope"]!.data]).toEqual([1, 1]);
    expect(results["none"]!).toEqual(floats([0, 0, 0, 0, 0, 0], [2, 3]));
  });

  it("gives gradients of intermediate values, alone and beside those of inputs", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [2]);
    const middle = mul(x, 3);
    const loss = sumOf(add(mul(middle, middle), middle));
    const [alone] = differentiate(graph, loss, [middle]);
    const [atMiddle, atInput] = differentiate(graph, loss, [middle, x]);
    expect(atMiddle).toBe(alone);
    const outputs = { atMiddle: atMiddle!, atInput: atInput! };
    const results = await runGraph(graph, outputs, { x: floats([1, -2]) });
    expect([...results["atMiddle"]!.data]).toEqual([7, -11]); // 2m + 1 with m = 3x
    expect([...results["atInput"]!.data]).toEqual([21, -33]);
  });

  it("gives 1 for the loss itself", async () => {
    const graph = new Graph();
    const loss = sumOf(graph.input("x", "float32", [2]));
    const [one] = differentiate(graph, loss, [loss]);
    const results = await runGraph(graph, { one: one! }, {});
    expect(results["one"]!).toEqual(floats([1], []));
  });

  it("is linear in the loss: d(αf + βg) = α·df + β·dg", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["batch", 3]);
    const [alpha, beta] = [graph.input("alpha", "float32", []), graph.input("beta", "float32", [])];
    const f = sumOf(tanh(mul(x, x)));
    const g = reduceMean(reduceSum(sigmoid(x), [1]), [0]);
    const [df] = differentiate(graph, f, [x]);
    const [dg] = differentiate(graph, g, [x]);
    const [whole] = differentiate(graph, add(mul(f, alpha), mul(g, beta)), [x]);
    const parts = add(mul(df!, alpha), mul(dg!, beta));
    const number = fc.float({ min: -3, max: 3, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.array(number, { minLength: 6, maxLength: 6 }), number, number, async (xs, a, b) => {
        const feeds = { x: floats(xs, [2, 3]), alpha: floats([a], []), beta: floats([b], []) };
        const results = await runGraph(graph, { whole: whole!, parts }, feeds);
        results["whole"]!.data.forEach((one, i) => {
          expect(Math.abs(Number(one) - Number(results["parts"]!.data[i]))).toBeLessThan(1e-5);
        });
      }),
      { numRuns: 20 },
    );
  });

  it("shares what forward and backward pass have in common", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [3]);
    const loss = sumOf(exp(x));
    expect(added(graph, loss, [x])).not.toContain("Exp");
    expect(added(graph, loss, [x])).toEqual([]);
  });

  it("refuses a loss that is not a scalar", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["batch"]);
    expect(() => differentiate(graph, exp(x), [x])).toThrow(ShapeError);
  });
});
