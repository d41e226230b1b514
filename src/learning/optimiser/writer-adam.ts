import {
  Adam,
  type AdamOptions,
  type AdamState,
  copyAdamState,
  type ParameterGroup,
  type StepResult,
} from "./adam.ts";

/**
 * Adam for the values of very many writers, of which a step moves a few: only those pay. Each writer has
 * moments and a count of steps of its own, and its gradient is clipped by itself, so that what a writer
 * learns does not depend on the company. One optimiser serves all, its numbers copied in and out.
 */
export class WriterAdam {
  readonly #scratch: Readonly<Record<string, Float32Array>>;
  readonly #adam: Adam;
  readonly #untouched: AdamState;
  readonly #states = new Map<string, AdamState>();

  /** @param groups of one writer's values; the arrays only say how long these are. */
  constructor(groups: readonly ParameterGroup[], options: AdamOptions = {}) {
    const copies = groups.map((group) => ({
      ...group,
      parameters: Object.fromEntries(
        Object.entries(group.parameters).map(([name, { length }]) => [name, new Float32Array(length)]),
      ),
    }));
    this.#scratch = Object.assign({}, ...copies.map(({ parameters }) => parameters));
    this.#adam = new Adam(copies, options);
    this.#untouched = copyAdamState(this.#adam.state());
  }

  /** Changes a writer's values in place. */
  step(
    writer: string,
    values: Readonly<Record<string, Float32Array>>,
    gradients: Readonly<Record<string, Float32Array>>,
    rate: number,
  ): StepResult {
    for (const [name, numbers] of Object.entries(this.#scratch)) {
      numbers.set(values[name]!);
    }
    this.#adam.restore(this.#states.get(writer) ?? this.#untouched);
    const result = this.#adam.step(gradients, rate);
    if (result.kind === "applied") {
      this.#states.set(writer, copyAdamState(this.#adam.state()));
      for (const [name, numbers] of Object.entries(this.#scratch)) {
        values[name]!.set(numbers);
      }
    }
    return result;
  }

  /** Moments of all writers that were moved so far. Never changed afterwards. */
  state(): ReadonlyMap<string, AdamState> {
    return new Map(this.#states);
  }

  restore(states: ReadonlyMap<string, AdamState>): void {
    for (const [writer, state] of states) {
      this.#states.set(writer, copyAdamState(state));
    }
  }
}
