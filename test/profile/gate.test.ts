import { expect, test } from "vitest";
import { maskingGate } from "../../src/profile/gate.ts";

test("Masking opens only for an interval below zero.", () => {
  expect(maskingGate({ documents: 9, difference: { mean: -0.1, low: -0.2, high: -0.05 } })).toEqual({
    open: true,
    reason: "own − shared loss on 9 held-out documents: −0.100 [−0.200, −0.050] nats",
  });
  expect(maskingGate({ documents: 9, difference: { mean: -0.1, low: -0.2, high: 0.01 } })).toMatchObject({
    open: false,
    reason: expect.stringContaining("no proven gain"),
  });
  expect(maskingGate({ documents: 9, difference: { mean: 0.1, low: 0.02, high: 0.2 } })).toMatchObject({
    open: false,
    reason: expect.stringContaining("worse than shared"),
  });
});

test("One held-out document proves nothing, and neither does what is not a number.", () => {
  const better = { mean: -1, low: -1, high: -1 };
  expect(maskingGate({ documents: 1, difference: better }).open).toBe(false);
  const broken = { mean: Number.NaN, low: Number.NaN, high: Number.NaN };
  expect(maskingGate({ documents: 9, difference: broken })).toMatchObject({
    open: false,
    reason: expect.stringContaining("not finite"),
  });
});
