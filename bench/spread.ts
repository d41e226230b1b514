import { max, median, min, quantile } from "simple-statistics";

/** How measured values lie; the unit is that of the values. */
export interface Spread {
  readonly count: number;
  readonly min: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
}

/** Throws for an empty list. */
export function spreadOf(values: readonly number[]): Spread {
  const list = [...values];
  return {
    count: list.length,
    min: min(list),
    median: median(list),
    p95: quantile(list, 0.95),
    max: max(list),
  };
}
