import { afterEach, describe, expect, it, vi } from "vitest";
import type { Backward } from "../../src/graph/operator.ts";
import { tanh } from "../../src/graph/operators/activations.ts";
import { mul, neg, sub } from "../../src/graph/operators/arithmetic.ts";
import { transpose } from "../../src/graph/operators/views.ts";
import { ruleFor } from "../../src/graph/rules.ts";
import { checkGradients } from "./check-gradients.ts";
import { normal } from "./draw-inputs.ts";

/** Gives an operator other gradients until the test is over. */
function spoil(operator: string, backward: Backward): void {
  const { gradient } = ruleFor(operator);
  if (gradient.kind === "rule") {
    vi.spyOn(gradient, "backward").mockImplementation(backward);
  }
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("checkGradients", () => {
  it("passes right rules", async () => {
    await checkGradients((x, y) => tanh(sub(neg(x), y)), [normal(2, 3), normal(3)]);
  });

  it("catches a wrong derivative", async () => {
    // 1 − Y instead of 1 − Y²
    spoil("Tanh", ({ upstream, output }) => [() => sub(upstream, mul(upstream, output(0)))]);
    await expect(checkGradients(tanh, [normal(2, 3)])).rejects.toThrow("x0: slope");
  });

  it("catches the wrong sign for one input only, and names it", async () => {
    spoil("Sub", ({ upstream }) => [() => upstream, () => upstream]);
    await expect(checkGradients(sub, [normal(2, 3), normal(2, 3)])).rejects.toThrow("x1: slope");
  });

  it("catches a gradient that was not summed back", async () => {
    spoil("Sub", ({ upstream }) => [() => upstream, () => neg(upstream)]);
    await expect(checkGradients(sub, [normal(2, 3), normal(3)])).rejects.toThrow("gradient of x1");
  });

  it("catches the right numbers in the wrong order", async () => {
    // The axes are moved on instead of back.
    spoil("Transpose", ({ upstream }) => [() => transpose(upstream, [1, 2, 0])]);
    const cube = [normal(2, 2, 2)];
    await expect(checkGradients((x) => transpose(x, [1, 2, 0]), cube)).rejects.toThrow("x0: slope");
  });
});
