import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDimensions,
  type Dimension,
  equalShapes,
  multiplyDimensions,
  shapeText,
  staticSize,
  subtractDimensions,
  termsOf,
} from "../../src/graph/dimension.ts";
import { extentOf } from "./draw-inputs.ts";

const names = ["batch", "length", "masked"] as const;
const assignment = fc.record({ batch: fc.nat(9), length: fc.nat(9), masked: fc.nat(9) });

/** Dimensions as the engine makes them: sums and products of numbers and names. */
const { dimension } = fc.letrec<{ dimension: Dimension }>((tie) => ({
  dimension: fc.oneof(
    { maxDepth: 3 },
    fc.integer({ min: -5, max: 9 }),
    fc.constantFrom(...names),
    fc.tuple(tie("dimension"), tie("dimension")).map(([a, b]) => addDimensions(a, b)),
    fc.tuple(tie("dimension"), tie("dimension")).map(([a, b]) => multiplyDimensions(a, b)),
  ),
}));

describe("dimensions", () => {
  it("are written unknowns first, in order of the alphabet", () => {
    expect(addDimensions(8, "length")).toBe("length+8");
    expect(multiplyDimensions("length", 2, "batch")).toBe("2*batch*length");
    expect(multiplyDimensions(addDimensions("batch", 1), "batch")).toBe("batch+batch*batch");
    expect(addDimensions()).toBe(0);
    expect(multiplyDimensions()).toBe(1);
  });

  it("become numbers again where the unknowns cancel", () => {
    expect(subtractDimensions(addDimensions("length", 3), "length")).toBe(3);
    expect(multiplyDimensions("length", 0)).toBe(0);
  });

  it("add, subtract and multiply as their numbers do", () => {
    fc.assert(
      fc.property(dimension, dimension, assignment, (a, b, numbers) => {
        const [x, y] = [extentOf(a, numbers), extentOf(b, numbers)];
        expect(extentOf(addDimensions(a, b), numbers)).toBe(x + y);
        expect(extentOf(subtractDimensions(a, b), numbers)).toBe(x - y);
        expect(extentOf(multiplyDimensions(a, b), numbers)).toBe(x * y + 0); // −0 is 0 here
      }),
    );
  });

  it("have one text, however they were put together", () => {
    fc.assert(
      fc.property(dimension, dimension, dimension, (a, b, c) => {
        expect(addDimensions(a, b)).toBe(addDimensions(b, a));
        expect(multiplyDimensions(a, b)).toBe(multiplyDimensions(b, a));
        expect(addDimensions(addDimensions(a, b), c)).toBe(addDimensions(a, addDimensions(b, c)));
        expect(multiplyDimensions(multiplyDimensions(a, b), c)).toBe(
          multiplyDimensions(a, multiplyDimensions(b, c)),
        );
        expect(multiplyDimensions(a, addDimensions(b, c))).toBe(
          addDimensions(multiplyDimensions(a, b), multiplyDimensions(a, c)),
        );
        expect(subtractDimensions(a, a)).toBe(0);
      }),
    );
  });

  it("are sums of terms, each a number times unknowns", () => {
    expect(termsOf("2*batch*length+batch+8")).toEqual([
      { coefficient: 2, symbols: ["batch", "length"] },
      { coefficient: 1, symbols: ["batch"] },
      { coefficient: 8, symbols: [] },
    ]);
    expect(termsOf(7)).toEqual([{ coefficient: 7, symbols: [] }]);
  });
});

describe("shapes", () => {
  it("are equal when all their dimensions are", () => {
    expect(equalShapes(["batch", 3], ["batch", 3])).toBe(true);
    expect(equalShapes(["batch", 3], ["length", 3])).toBe(false);
    expect(equalShapes(["batch"], ["batch", 1])).toBe(false);
  });

  it("have a size only when nothing in them is unknown", () => {
    expect(staticSize([2, 3, 4])).toBe(24);
    expect(staticSize([])).toBe(1);
    expect(staticSize(["batch", 3])).toBeUndefined();
    expect(staticSize(["batch", 0])).toBe(0);
    expect(shapeText(["batch", 3])).toBe("[batch, 3]");
  });
});
