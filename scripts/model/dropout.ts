import { termsOf } from "../../src/graph/dimension.ts";
import type { Graph } from "../../src/graph/graph.ts";
import { mul } from "../../src/graph/operators/arithmetic.ts";
import type { TensorData } from "../../src/graph/session.ts";
import type { Value } from "../../src/graph/value.ts";
import type { Random } from "../../src/numbers/random.ts";
import type { EncoderAdditions } from "../../src/plm/encoder/encoder-additions.ts";
import { DropoutRateError } from "./errors.ts";

/*
 * Dropout (Srivastava and others 2014): while a base is built, numbers between its layers are left out by chance. What is left
 * out comes from outside, as inputs that the graph multiplies by, so that a step can be repeated to the bit on any number of
 * threads, and a gradient be checked. The graphs that measure have no such inputs.
 */

/** Where a training graph leaves numbers out: multiplies by an input of the same shape, one for each place. */
export class DropoutPlaces {
  readonly #graph: Graph;
  readonly #masks: Value[] = [];

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** In the order of the places. */
  get masks(): readonly Value[] {
    return this.#masks;
  }

  /** `numbers` times a mask of their own. */
  readonly drop = (place: string, numbers: Value): Value => {
    const mask = this.#graph.input(`dropout ${place}`, "float32", numbers.type.shape);
    this.#masks.push(mask);
    return mul(numbers, mask);
  };

  /**
   * The places that BERT has: the embeddings after their normalisation, the shares of attention, and what attention and the
   * wider layer give before it is added to what went into them.
   */
  get encoder(): EncoderAdditions {
    return {
      embedded: (rows) => this.drop("embeddings", rows),
      attended: (layer, shares) => this.drop(`${layer} shares`, shares),
      adapt: (layer, part, rows) => this.drop(`${layer} ${part}`, rows),
    };
  }
}

/** Draws what the steps of a build leave out. Masks depend on rate, seed, step and shapes alone. */
export class Dropout {
  /** Share of the numbers that are left out, in (0, 1). */
  readonly rate: number;
  readonly #random: Random;
  #room = new Float32Array(0);

  /** Throws {@link DropoutRateError}. */
  constructor(rate: number, random: Random) {
    if (!(rate > 0 && rate < 1)) throw new DropoutRateError(rate);
    this.rate = rate;
    this.#random = random;
  }

  /**
   * What to feed to the masks of a graph, which is called `label`, at a step with these extents of `batch` and `length`. Good
   * until the next call, which uses the same memory.
   */
  masks(
    inputs: readonly Value[],
    label: string,
    step: number,
    extents: Readonly<Record<string, number>>,
  ): Readonly<Record<string, TensorData>> {
    const shapes = inputs.map(({ type }) => type.shape.map((dimension) => extentOf(dimension, extents)));
    const sizes = shapes.map((shape) => shape.reduce((product, extent) => product * extent, 1));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    if (this.#room.length < total) this.#room = new Float32Array(total);
    const room = this.#room.subarray(0, total);
    leaveOut(room, this.rate, this.#random.fork(`${label} ${step}`));
    let from = 0;
    return Object.fromEntries(
      inputs.map(({ name }, at) => {
        const data = room.subarray(from, from + sizes[at]!);
        from += sizes[at]!;
        return [name, { data, shape: shapes[at]! }];
      }),
    );
  }
}

/**
 * Fills a mask: 0 with probability p = `rate`, else 1/(1 − p), so that what is multiplied by it is expected to stay as it is.
 * How many are kept between two zeros is drawn, P(k or more) = (1 − p)ᵏ, which takes a number for each zero alone.
 */
function leaveOut(mask: Float32Array, rate: number, random: Random): void {
  mask.fill(1 / (1 - rate));
  const scale = 1 / Math.log1p(-rate);
  const kept = (): number => Math.floor(scale * Math.log1p(-random()));
  for (let at = kept(); at < mask.length; at += 1 + kept()) mask[at] = 0;
}

function extentOf(dimension: number | string, extents: Readonly<Record<string, number>>): number {
  return termsOf(dimension).reduce(
    (sum, { coefficient, symbols }) =>
      sum + symbols.reduce((product, symbol) => product * extents[symbol]!, coefficient),
    0,
  );
}
