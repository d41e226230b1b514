import { expect, it } from "vitest";
import { normalTail } from "../../src/numbers/normal-tail.ts";

it.each([
  [0, 0.5],
  [1, 0.158655254],
  [-1, 0.841344746],
  [1.959963985, 0.025],
  [4, 3.1671e-5],
  [9, 0],
])("Above %d lies the share %d of the normal distribution.", (value, share) => {
  expect(Math.abs(normalTail(value) - share)).toBeLessThan(2e-7);
});
