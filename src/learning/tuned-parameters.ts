import type { TensorData } from "../graph/session.ts";
import type { Numbers, TunedValue, Tuning, ValueOwner } from "../prompts/tuning.ts";
import { type WritersOfRun, writersOfRun } from "../prompts/tuning-inputs.ts";
import { MixedRunError } from "./errors.ts";

/** One owner's values, by name. */
export type Arrays = Numbers;

/** Everything that was learned: what all share, and what each writer has, by name. */
export interface TunedValues {
  readonly everyone: Arrays;
  /** By writer; `soleWriter` where texts name none. A writer that is not in it is read with untrained values. */
  readonly writers: Readonly<Record<string, Arrays>>;
}

/** The writer of texts that name none. */
export const soleWriter = "";

/** A text that may name its writer. */
export interface Written {
  readonly writer?: string;
}

/** The values of a tuning as they stand, and how they are laid out for a run of some writers' texts. */
export class TunedParameters {
  readonly #tuning: Tuning;
  readonly #mode: WritersOfRun;
  readonly #trains: ValueOwner | undefined;
  readonly #everyone: Numbers;
  readonly #writers = new Map<string, Numbers>();
  readonly #untrained: Numbers;
  readonly #shapes: ReadonlyMap<string, readonly number[]>;

  /**
   * @param values as they stand; absent ones are at their start. Copied where they are to learn.
   * @param trains whose values learn; all if absent.
   */
  constructor(tuning: Tuning, values: Partial<TunedValues> = {}, trains?: ValueOwner) {
    this.#tuning = tuning;
    this.#mode = writersOfRun(tuning);
    this.#shapes = new Map(tuning.values.map(({ name, shape }) => [name, shape]));
    this.#trains = trains;
    this.#everyone = startsOf(tuning, "everyone", values.everyone, trains !== "writer");
    this.#untrained = startsOf(tuning, "writer");
    for (const [writer, own] of Object.entries(values.writers ?? {})) {
      this.#writers.set(writer, startsOf(tuning, "writer", own, trains !== "everyone"));
    }
  }

  /** What all writers share. */
  get everyone(): Numbers {
    return this.#everyone;
  }

  /** What a writer starts from. */
  get untrained(): Numbers {
    return this.#untrained;
  }

  /** A writer's values, to be changed in place; untrained ones if there are none yet. */
  own(writer: string): Numbers {
    const known = this.#writers.get(writer);
    if (known !== undefined) {
      return known;
    }
    const fresh = startsOf(this.#tuning, "writer");
    this.#writers.set(writer, fresh);
    return fresh;
  }

  /** The present values; what learns is copied, so that later steps do not change it. */
  values(): TunedValues {
    const copy = (arrays: Numbers, owner: ValueOwner): Numbers =>
      this.#trains === undefined || this.#trains === owner
        ? Object.fromEntries(Object.entries(arrays).map(([name, numbers]) => [name, numbers.slice()]))
        : arrays;
    return {
      everyone: copy(this.#everyone, "everyone"),
      writers: Object.fromEntries([...this.#writers].map(([writer, own]) => [writer, copy(own, "writer")])),
    };
  }

  /**
   * What a run of these texts is fed for the tuning: the values, by the texts' writers, and the strength of
   * each text's own. Throws MixedRunError. @param strengths one for each text; a run that has one set of
   * values takes the first.
   */
  feeds(items: readonly Written[], strengths: readonly number[]): Readonly<Record<string, TensorData>> {
    const writers = this.#writersOf(items);
    const ofOne = (arrays: Numbers) =>
      Object.entries(arrays).map(([name, data]) => [name, { data, shape: this.#shapes.get(name)! }] as const);
    if (this.#mode === "one") {
      const strength = { data: Float32Array.of(strengths[0]!), shape: [] };
      return Object.fromEntries([
        ...ofOne(this.#everyone),
        ...ofOne(this.#ownOf(writers[0]!)),
        ["strength", strength],
      ]);
    }
    const rows = new Map(writers.map((writer, row) => [writer, BigInt(row)]));
    const shape = [items.length];
    const stacked = Object.keys(this.#untrained).map((name) => {
      const data = stack(writers.map((writer) => this.#ownOf(writer)[name]!));
      return [name, { data, shape: [writers.length, ...this.#shapes.get(name)!] }] as const;
    });
    return {
      ...Object.fromEntries([...ofOne(this.#everyone), ...stacked]),
      strength: { data: Float32Array.from(strengths), shape },
      writer: { data: BigInt64Array.from(items, ({ writer = soleWriter }) => rows.get(writer)!), shape },
    };
  }

  /** The gradients of a run, each under its value's key. */
  *byOwner(items: readonly Written[], gradients: Numbers): Generator<readonly [key: string, Float32Array]> {
    const writers = this.#writersOf(items);
    for (const [name, gradient] of Object.entries(gradients)) {
      const size = this.#untrained[name]?.length;
      if (size === undefined) {
        yield [name, gradient];
      } else {
        for (const [row, writer] of writers.entries()) {
          const own = this.#mode === "one" ? gradient : gradient.subarray(row * size, (row + 1) * size);
          yield [keyOf(writer, name), own];
        }
      }
    }
  }

  #ownOf(writer: string): Numbers {
    return this.#writers.get(writer) ?? this.#untrained;
  }

  #writersOf(items: readonly Written[]): readonly string[] {
    if (Object.keys(this.#untrained).length === 0) {
      return [soleWriter];
    }
    const writers = [...new Set(items.map(({ writer = soleWriter }) => writer))];
    if (this.#mode === "one" && writers.length > 1) {
      throw new MixedRunError(writers);
    }
    return writers;
  }
}

function startsOf(
  { values }: Tuning,
  owner: TunedValue["owner"],
  given: Numbers = {},
  isCopied = true,
): Numbers {
  const known = ({ name, start }: TunedValue): Float32Array => {
    const numbers = given[name];
    return numbers === undefined ? start() : isCopied ? numbers.slice() : numbers;
  };
  return Object.fromEntries(
    values.filter((value) => value.owner === owner).map((value) => [value.name, known(value)]),
  );
}

function stack(rows: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(rows.length * rows[0]!.length);
  rows.forEach((row, at) => {
    all.set(row, at * row.length);
  });
  return all;
}

/** A gradient's key: the value's name, a writer's behind the writer's and a line break. */
function keyOf(writer: string, name: string): string {
  return `${writer}\n${name}`;
}

/** The inverse. A name has no line break in it; a writer may. */
export function splitKey(key: string): readonly [writer: string | undefined, name: string] {
  const at = key.lastIndexOf("\n");
  return at < 0 ? [undefined, key] : [key.slice(0, at), key.slice(at + 1)];
}
