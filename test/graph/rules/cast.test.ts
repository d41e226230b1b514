import { describe, expect, it } from "vitest";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { cast } from "../../../src/graph/operations.ts";
import { normal } from "../draw-inputs.ts";
import { expectNoGradient } from "../expect-no-gradient.ts";
import { floats, runGraph } from "../run-graph.ts";

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
