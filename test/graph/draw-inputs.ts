import type { Dimension, Shape } from "../../src/graph/dimension.ts";
import { termsOf } from "../../src/graph/dimension.ts";
import type { TensorData } from "../../src/graph/session.ts";
import type { ElementType } from "../../src/graph/value.ts";
import type { Random } from "../../src/numbers/random.ts";

/** An input of a graph under test: its type, and how its numbers are drawn. */
export interface TestInput {
  readonly elementType: Extract<ElementType, "float32" | "int32" | "int64">;
  readonly shape: Shape;
  draw(random: Random): number;
}

export const normal = (...shape: Dimension[]): TestInput => ({
  elementType: "float32",
  shape,
  draw: (random) => random.normal(),
});

export const between = (low: number, high: number, ...shape: Dimension[]): TestInput => ({
  elementType: "float32",
  shape,
  draw: (random) => low + (high - low) * random(),
});

/** Normal numbers, but none nearer than 0.1 to the given edge. */
export const awayFrom = (edge: number, ...shape: Dimension[]): TestInput => ({
  elementType: "float32",
  shape,
  draw: (random) => {
    const offset = random.normal();
    return edge + offset + (offset < 0 ? -0.1 : 0.1);
  },
});

/** Integers in [0, bound), most of them more than once. */
export const indices = (bound: number, ...shape: Dimension[]): TestInput => ({
  elementType: "int64",
  shape,
  draw: (random) => random.integer(bound),
});

export function drawTensor(
  { elementType, shape, draw }: TestInput,
  assignment: Readonly<Record<string, number>>,
  random: Random,
): TensorData {
  const extents = shape.map((dimension) => extentOf(dimension, assignment));
  const numbers = Array.from({ length: extents.reduce((size, extent) => size * extent, 1) }, () =>
    draw(random),
  );
  switch (elementType) {
    case "float32":
      return { data: Float32Array.from(numbers), shape: extents };
    case "int32":
      return { data: Int32Array.from(numbers), shape: extents };
    case "int64":
      return { data: BigInt64Array.from(numbers, BigInt), shape: extents };
    default:
      return elementType satisfies never;
  }
}

/** The number that a dimension is when its unknowns are the given ones. */
export function extentOf(dimension: Dimension, assignment: Readonly<Record<string, number>>): number {
  return termsOf(dimension).reduce(
    (sum, { coefficient, symbols }) =>
      sum + symbols.reduce((product, symbol) => product * (assignment[symbol] ?? Number.NaN), coefficient),
    0,
  );
}
