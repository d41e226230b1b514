import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { newBudgets, readBudgets, verdictOf, writeBudgets } from "../../bench/perf/budgets.ts";
import { Figures } from "../../bench/perf/figures.ts";
import { temporaryFolder } from "../learner/temporary-folder.ts";

const figure = (value: number) => ({ name: "hover", unit: "product" as const, value, rounds: [value] });
const budgets = { hover: { most: 2, unit: "product" as const } };

describe("A figure against its budget", () => {
  test.each([
    [1.9, "kept"],
    [2.1, "above"],
    [3, "above"],
    [3.01, "failed"],
    [Number.NaN, "failed"],
  ])("of 2 is with %d %s: half as slow again is the limit.", (value, verdict) => {
    expect(verdictOf(figure(value), budgets)).toBe(verdict);
  });

  test("that nobody set, or in another unit, has none.", () => {
    expect(verdictOf({ ...figure(1), name: "activation" }, budgets)).toBe("without a budget");
    expect(verdictOf({ ...figure(1), unit: "loop" }, budgets)).toBe("without a budget");
  });

  test("is set anew with a fifth more, and the others stay.", () => {
    const path = join(temporaryFolder(), "budgets.json");
    writeBudgets(newBudgets([{ ...figure(1), name: "activation" }], budgets), path);
    expect(readBudgets(path)).toEqual({ ...budgets, activation: { most: 1.2, unit: "product" } });
  });
});

test("A figure is a multiple of the yardstick as it was right before and after, and the median of its rounds.", () => {
  const figures = new Figures();
  const yardstick = (product: number) => ({ loop: 1, product });
  const ms = (value: number) => ({ hover: { unit: "product" as const, value } });
  figures.add(ms(30), yardstick(10), yardstick(20));
  // A machine half as fast: the figure stays.
  figures.add(ms(60), yardstick(20), yardstick(40));
  figures.add(ms(90), yardstick(10), yardstick(20));
  figures.add({ memory: { unit: "megabytes", value: 3e6 } }, yardstick(10), yardstick(20));
  expect(figures.list()).toEqual([
    { name: "hover", unit: "product", value: 2, rounds: [2, 2, 6] },
    { name: "memory", unit: "megabytes", value: 3, rounds: [3] },
  ]);
});
