import { describe, expect, it } from "vitest";
import { differentiate } from "../../../src/graph/differentiate.ts";
import { NotDifferentiableError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { mul, pow } from "../../../src/graph/operations.ts";
import type { Value } from "../../../src/graph/value.ts";
import { checkGradients } from "../check-gradients.ts";
import { between, normal } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";

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
