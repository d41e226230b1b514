import { expect, test } from "vitest";
import { grownBuffer } from "../../../src/tags/similarity/grown-buffer.ts";

test("a row that grows keeps its bytes, has zeros after them, and gives the former memory back at once", () => {
  const former = Int32Array.of(3, -4, 5);
  const grown = new Int32Array(grownBuffer(former.buffer, 20));
  expect([...grown.subarray(0, 3)]).toEqual([3, -4, 5]);
  expect(grown.length).toBeGreaterThanOrEqual(5);
  expect([...grown.subarray(3)].every((value) => value === 0)).toBe(true);
  expect(former.length).toBe(0);
});
