import { expect } from "vitest";
import { differentiate } from "../../src/graph/differentiate.ts";
import { Graph } from "../../src/graph/graph.ts";
import { mul } from "../../src/graph/operators/arithmetic.ts";
import { reduceSum } from "../../src/graph/operators/reductions.ts";
import type { TensorData } from "../../src/graph/session.ts";
import { GraphSession } from "../../src/graph/session.ts";
import type { Value } from "../../src/graph/value.ts";
import { writeModel } from "../../src/graph/write-model.ts";
import { createRandom } from "../../src/numbers/random.ts";
import type { TestInput } from "./draw-inputs.ts";
import { drawTensor, extentOf } from "./draw-inputs.ts";

/** Widths of the difference; directions have length 1, so no number moves further than twice this. */
const step = 0.04;
const directionsPerInput = 3;
const relativeTolerance = 1e-3;
const absoluteTolerance = 1e-4;

/**
 * Builds a graph of the inputs and compares the gradients of Σ upstream · output, for a random upstream,
 * with differences of the same sum along random directions, for every float input. Also compares all
 * inferred shapes with those of the run. Unknown dimensions get the extents of each entry in turn, in one
 * session. Inputs must lie further than twice the step from points where a derivative jumps.
 *
 * The difference is the central one of fourth order, (8(f₁ − f₋₁) − (f₂ − f₋₂)) / 12h: it takes a step
 * wide enough for float32. Sums are taken in float64.
 */
export async function checkGradients(
  build: (...inputs: Value[]) => Value,
  inputs: readonly TestInput[],
  extents: readonly Readonly<Record<string, number>>[] = [{}],
): Promise<void> {
  const graph = new Graph();
  const values = inputs.map((input, index) => graph.input(`x${index}`, input.elementType, input.shape));
  const output = build(...values);
  const upstream = graph.input("upstream", "float32", output.type.shape);
  const wanted = values.filter((value) => value.type.elementType === "float32");
  const gradients = differentiate(graph, sumOf(mul(output, upstream)), wanted);
  gradients.forEach((gradient, index) => {
    expect(gradient.type.shape, `gradient of ${wanted[index]!.name}`).toEqual(wanted[index]!.type.shape);
  });
  const named = Object.fromEntries(wanted.map(({ name }, index) => [`d ${name}`, gradients[index]!]));
  const session = await GraphSession.create(writeModel(graph, { output, ...named }), { threads: 1 });
  try {
    for (const [seed, assignment] of extents.entries()) {
      const feeds = drawFeeds(inputs, output, assignment, seed);
      await compareAlongDirections(session, feeds, wanted, output, assignment);
    }
  } finally {
    await session.release();
  }
}

type Feeds = Readonly<Record<string, TensorData>>;

function drawFeeds(
  inputs: readonly TestInput[],
  output: Value,
  assignment: Readonly<Record<string, number>>,
  seed: number,
): Feeds {
  const random = createRandom(seed);
  const drawn = inputs.map((input, index) => [`x${index}`, drawTensor(input, assignment, random)] as const);
  const upstream = { elementType: "float32", shape: output.type.shape, draw: random.normal } as const;
  return Object.fromEntries([...drawn, ["upstream", drawTensor(upstream, assignment, random)]]);
}

async function compareAlongDirections(
  session: GraphSession,
  feeds: Feeds,
  wanted: readonly Value[],
  output: Value,
  assignment: Readonly<Record<string, number>>,
): Promise<void> {
  const run = await session.run(feeds);
  expect(run["output"]!.shape, "shape of the output").toEqual(
    output.type.shape.map((extent) => extentOf(extent, assignment)),
  );
  const random = createRandom("directions");
  for (const { name } of wanted) {
    const gradient = run[`d ${name}`]!;
    expect(gradient.shape, `shape of the gradient of ${name}`).toEqual(feeds[name]!.shape);
    for (let trial = 0; trial < directionsPerInput; trial++) {
      const direction = unit(new Float64Array(gradient.data.length).map(random.normal));
      const slope = dot(gradient.data, direction);
      const difference = await differenceAlong(session, feeds, name, direction);
      const allowed = absoluteTolerance + relativeTolerance * Math.abs(difference);
      expect(Math.abs(slope - difference), `${name}: slope ${slope}, difference ${difference}`).toBeLessThan(
        allowed,
      );
    }
  }
}

async function differenceAlong(
  session: GraphSession,
  feeds: Feeds,
  name: string,
  direction: Float64Array,
): Promise<number> {
  const { data, shape } = feeds[name]!;
  const at = async (steps: number): Promise<number> => {
    const moved = new Float32Array(data.length).map((_, i) => Number(data[i]) + steps * step * direction[i]!);
    const { output } = await session.run({ ...feeds, [name]: { data: moved, shape } });
    return dot(output!.data, feeds["upstream"]!.data);
  };
  const near = (await at(1)) - (await at(-1));
  const far = (await at(2)) - (await at(-2));
  return (8 * near - far) / (12 * step);
}

/** The sum of all elements, of whatever rank. */
export function sumOf(value: Value): Value {
  const axes = value.type.shape.map((_, axis) => axis);
  return axes.length === 0 ? value : reduceSum(value, axes);
}

type Numbers = TensorData["data"] | Float64Array;

function dot(left: Numbers, right: Numbers): number {
  let sum = 0;
  for (let i = 0; i < left.length; i++) {
    sum += Number(left[i]) * Number(right[i]);
  }
  return sum;
}

function unit(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector)) || 1;
  return vector.map((number) => number / length);
}
