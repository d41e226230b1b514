import { mean, median } from "simple-statistics";
import type { Yardstick, YardstickTimes } from "./yardsticks.ts";

/** What a figure is a multiple of, or `megabytes` for one that is what it is on any machine. */
export type Unit = Yardstick | "megabytes";

/** Measured values by the name of the figure: milliseconds of processor time, or bytes. */
export type Measured = Readonly<Record<string, { readonly unit: Unit; readonly value: number }>>;

/** A figure as it is compared: without a unit of time, so that it can be held against another machine's. */
export interface Figure {
  readonly name: string;
  readonly unit: Unit;
  /** Median of the rounds: a multiple of the yardstick, or 10⁶ bytes. */
  readonly value: number;
  /** Of the rounds, in their order. */
  readonly rounds: readonly number[];
}

/** Gathers what several rounds measured between two looks at the yardsticks. */
export class Figures {
  readonly #rounds = new Map<string, { readonly unit: Unit; readonly values: number[] }>();

  /** What was measured once, and how long the yardsticks took right before and after. */
  add(measured: Measured, before: YardstickTimes, after: YardstickTimes): void {
    for (const [name, { unit, value }] of Object.entries(measured)) {
      const { values } = this.#rounds.get(name) ?? { values: [] as number[] };
      values.push(value / (unit === "megabytes" ? 1e6 : mean([before[unit], after[unit]])));
      this.#rounds.set(name, { unit, values });
    }
  }

  list(): readonly Figure[] {
    return [...this.#rounds].map(([name, { unit, values }]) => ({
      name,
      unit,
      value: median(values),
      rounds: values,
    }));
  }
}
