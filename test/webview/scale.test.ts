import { describe, expect, it, test } from "vitest";
import { linearScale, linePath, nearestPlace, ticks } from "../../src/webview/scale.ts";

describe("Plots", () => {
  test("A scale maps ends to ends, and a span of nothing to the middle.", () => {
    const up = linearScale([-1, 1], [200, 0]);
    expect([up(-1), up(0), up(1)]).toEqual([200, 100, 0]);
    expect(linearScale([3, 3], [0, 10])(3)).toBe(5);
  });

  test("A line goes through its points, to a hundredth of a pixel.", () => {
    const points = [
      [0, 1],
      [1, 2.3456],
      [3, 4],
    ] as const;
    expect(linePath(points)).toBe("M0 1L1 2.35L3 4");
    expect(linePath([])).toBe("");
  });

  it.each([
    [-50, 0],
    [104, 0],
    [106, 1],
    [1000, 3],
  ])("The sentence nearest to pixel %d is number %d.", (position, sentence) => {
    expect(nearestPlace(position, linearScale([0, 3], [100, 130]), 4)).toBe(sentence);
  });

  test("Where there is one sentence it is the nearest, where there is none there is none.", () => {
    const across = linearScale([0, 1], [100, 130]);
    expect([nearestPlace(500, across, 1), nearestPlace(500, across, 0)]).toEqual([0, undefined]);
  });

  test("Marks on an axis are round and within it.", () => {
    expect(ticks(2.31, 2.79, 4)).toEqual([2.4, 2.6]);
    expect(ticks(0, 10, 5)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(ticks(1, 1, 4)).toEqual([1]);
  });
});
