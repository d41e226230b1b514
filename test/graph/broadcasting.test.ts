import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { broadcastShapes, unbroadcast } from "../../src/graph/broadcasting.ts";
import { ShapeError } from "../../src/graph/errors.ts";
import { Graph } from "../../src/graph/graph.ts";
import { floats, runGraph } from "./run-graph.ts";

/** Two shapes that broadcast to a third, and that one. */
const broadcastable = fc
  .array(fc.record({ extent: fc.integer({ min: 1, max: 4 }), left: fc.boolean(), right: fc.boolean() }), {
    maxLength: 4,
  })
  .chain((axes) =>
    fc.record({
      axes: fc.constant(axes),
      dropLeft: fc.nat(axes.length),
      dropRight: fc.nat(axes.length),
    }),
  )
  .map(({ axes, dropLeft, dropRight }) => ({
    left: axes.map(({ extent, left }) => (left ? extent : 1)).slice(dropLeft),
    right: axes.map(({ extent, right }) => (right ? extent : 1)).slice(dropRight),
  }));

describe("broadcastShapes", () => {
  it("aligns shapes at their last axes", () => {
    expect(broadcastShapes("Add", [2, 1, 4], [3, 1])).toEqual([2, 3, 4]);
    expect(broadcastShapes("Add", ["batch", 1, 4], ["length", 1])).toEqual(["batch", "length", 4]);
    expect(broadcastShapes("Add", [], ["batch"])).toEqual(["batch"]);
  });

  it("does not mind the order, and leaves the result as it is", () => {
    fc.assert(
      fc.property(broadcastable, ({ left, right }) => {
        const both = broadcastShapes("Add", left, right);
        expect(broadcastShapes("Add", right, left)).toEqual(both);
        expect(broadcastShapes("Add", both, left)).toEqual(both);
      }),
    );
  });

  it("refuses unequal extents, known or unknown, and names the operator and both shapes", () => {
    expect(() => broadcastShapes("Mul", [2, 3], [2])).toThrow(ShapeError);
    expect(() => broadcastShapes("Mul", ["batch"], ["length"])).toThrow("Mul of [batch] and [length]");
    expect(() => broadcastShapes("Mul", ["batch"], [3])).toThrow(ShapeError);
  });
});

describe("unbroadcast", () => {
  it("leaves a gradient of the right shape alone", () => {
    const gradient = new Graph().input("x", "float32", ["batch", 3]);
    expect(unbroadcast(gradient, ["batch", 3])).toBe(gradient);
  });

  it("counts how often each number was repeated, for ones of the broadcast shape", async () => {
    await fc.assert(
      fc.asyncProperty(broadcastable, async ({ left, right }) => {
        const shape = broadcastShapes("Add", left, right);
        const size = (extents: readonly (number | string)[]): number =>
          extents.reduce<number>((product, extent) => product * Number(extent), 1);
        const graph = new Graph();
        const sum = unbroadcast(graph.input("ones", "float32", shape), left);
        const ones = floats(new Array(size(shape)).fill(1), shape.map(Number));
        const results = await runGraph(graph, { sum }, { ones });
        expect(results["sum"]!.shape).toEqual(left);
        const times = size(shape) / size(left);
        expect([...results["sum"]!.data]).toEqual(new Array(size(left)).fill(times));
      }),
      { numRuns: 25 },
    );
  });
});
