import { afterEach, describe, expect, it, vi } from "vitest";
import { mul, neg, sub, tanh, transpose } from "../../src/graph/operations.ts";
import type { BackwardStep, OperatorRule } from "../../src/graph/rule.ts";
import { subRule } from "../../src/graph/rules/sub.ts";
import { tanhRule } from "../../src/graph/rules/tanh.ts";
import { transposeRule } from "../../src/graph/rules/transpose.ts";
import type { Value } from "../../src/graph/value.ts";
import { checkGradients } from "./check-gradients.ts";
import { normal } from "./draw-inputs.ts";

/** Gives a rule other gradients until the test is over. */
function spoil({ gradient }: OperatorRule, backward: (step: BackwardStep) => readonly (() => Value)[]): void {
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
    spoil(tanhRule, ({ upstream, output }) => [() => sub(upstream, mul(upstream, output(0)))]);
    await expect(checkGradients(tanh, [normal(2, 3)])).rejects.toThrow("x0: slope");
  });

  it("catches the wrong sign for one input only, and names it", async () => {
    spoil(subRule, ({ upstream }) => [() => upstream, () => upstream]);
    await expect(checkGradients(sub, [normal(2, 3), normal(2, 3)])).rejects.toThrow("x1: slope");
  });

  it("catches a gradient that was not summed back", async () => {
    spoil(subRule, ({ upstream }) => [() => upstream, () => neg(upstream)]);
    await expect(checkGradients(sub, [normal(2, 3), normal(3)])).rejects.toThrow("gradient of x1");
  });

  it("catches the right numbers in the wrong order", async () => {
    // The axes are moved on instead of back.
    spoil(transposeRule, ({ upstream }) => [() => transpose(upstream, [1, 2, 0])]);
    const cube = [normal(2, 2, 2)];
    await expect(checkGradients((x) => transpose(x, [1, 2, 0]), cube)).rejects.toThrow("x0: slope");
  });
});
