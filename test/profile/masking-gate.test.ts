import { expect, test } from "vitest";
import { maskingGate } from "../../src/profile/masking-gate.ts";

test("Masking opens only for an interval below zero.", () => {
  expect(maskingGate({ documents: 9, difference: { mean: -0.1, low: -0.2, high: -0.05 } })).toMatchObject({
    open: true,
    reason: expect.stringMatching(/shared ones, on 9 held-out documents: −0.100 \[−0.200, −0.050\] nats /),
  });
  expect(maskingGate({ documents: 9, difference: { mean: -0.1, low: -0.2, high: 0.01 } })).toMatchObject({
    open: false,
    reason: expect.stringContaining("no proven gain"),
  });
  expect(maskingGate({ documents: 9, difference: { mean: 0.1, low: 0.02, high: 0.2 } })).toMatchObject({
    open: false,
    reason: expect.stringContaining("worse than before learning"),
  });
});

test("Fewer than six documents prove nothing, however clear they are, and the reason says what it takes.", () => {
  const better = { mean: -1, low: -1, high: -1 };
  const gate = maskingGate({ documents: 5, difference: better });
  expect(gate).toMatchObject({ open: false, reason: expect.stringContaining("it takes 20 in all") });
  expect(maskingGate({ documents: 6, difference: better }).open).toBe(true);
});

test("Prompts are the writer's own only where those of everybody else here do worse for sure.", () => {
  const difference = { mean: -0.1, low: -0.2, high: -0.05 };
  const reasonWith = (strangers?: Parameters<typeof maskingGate>[0]["strangers"]) =>
    maskingGate({ documents: 9, difference, strangers }).reason;
  expect(reasonWith()).toContain("adapted to texts like these (whether to this writer alone cannot be said");
  expect(reasonWith({ writers: 1, difference })).toContain("the writer's own: better than another writer's");
  const level = { mean: -0.01, low: -0.05, high: 0.03 };
  const reason = reasonWith({ writers: 2, difference: level });
  expect(reason).toContain("adapted to texts like these: 2 other writers' prompts may do as well");
  expect(reason).not.toContain("own:");
});

test("One held-out document proves nothing, and neither does what is not a number.", () => {
  const better = { mean: -1, low: -1, high: -1 };
  expect(maskingGate({ documents: 1, difference: better }).open).toBe(false);
  const broken = { mean: Number.NaN, low: Number.NaN, high: Number.NaN };
  expect(maskingGate({ documents: 9, difference: broken })).toMatchObject({
    open: false,
    reason: expect.stringContaining("not a finite number"),
  });
});
