import { mean, quantile, sum, variance } from "./mean.ts";

/** A mean with its interval. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** 0.95 if absent. */
  readonly confidence?: number | undefined;
}

/**
 * The mean of paired differences with a 95 % percentile bootstrap interval (Efron 1979).
 *
 * The pairs (documents, or writers) are drawn with replacement, so each difference must belong to
 * one pair and pairs must be independent of each other.
 * @param random uniform in [0, 1)
 */
export function pairedBootstrap(
  differences: readonly number[],
  random: () => number,
  resamples = 10_000,
): Interval {
  const count = differences.length;
  if (count === 0) return { mean: 0, low: 0, high: 0 };
  const means = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    let sum = 0;
    for (let draw = 0; draw < count; draw++) sum += differences[Math.floor(random() * count)]!;
    means[resample] = sum / count;
  }
  means.sort();
  return {
    mean: mean(differences),
    low: quantile(means, 0.025),
    high: quantile(means, 0.975),
  };
}

/**
 * How sure an interval is that a gate waits for. At 99 % one end is wrong in half of 1 % of cases where the values are
 * normal, and in less than 4 % where they are as skewed as an exponential's (`scripts/gates/false-openings.ts`).
 */
const gateConfidence = 0.99;

/**
 * The mean of independent values with an interval that holds with few of them, unlike the percentile bootstrap: Student's,
 * made longer at the end of the values' longer tail by what their skew γ moves a studentised mean, γ (2t² + 1) / 6√n
 * (Johnson 1978, Modified t tests and confidence intervals for asymmetrical populations, JASA 73). Of fewer than two
 * values it is without bounds. A rare value far from all others can escape any interval that is made without it.
 */
export function meanInterval(values: readonly number[]): Interval {
  const count = values.length;
  const confidence = gateConfidence;
  if (count < 2) return { mean: values[0] ?? 0, low: -Infinity, high: Infinity, confidence };
  const middle = mean(values);
  const deviation = Math.sqrt(variance(values, 1));
  const point = upperPoint(count - 1);
  const stretch = (skewOf(values, middle, deviation) * (2 * point ** 2 + 1)) / (6 * Math.sqrt(count));
  const reach = (longer: number): number => ((point + Math.max(0, longer)) * deviation) / Math.sqrt(count);
  return { mean: middle, low: middle - reach(-stretch), high: middle + reach(stretch), confidence };
}

function skewOf(values: readonly number[], middle: number, deviation: number): number {
  const count = values.length;
  if (count < 3 || deviation === 0) return 0;
  const cubes = sum(values.map((value) => (value - middle) ** 3));
  return (count * cubes) / ((count - 1) * (count - 2) * deviation ** 3);
}

/** The value that Student's t exceeds in half of 1 % of draws (Hill 1970, Algorithm 396, CACM 13). */
export function upperPoint(freedom: number): number {
  const both = 1 - gateConfidence;
  if (freedom === 1) return 1 / Math.tan((both * Math.PI) / 2);
  if (freedom === 2) return Math.sqrt(2 / (both * (2 - both)) - 2);
  const a = 1 / (freedom - 0.5);
  const b = 48 / a ** 2;
  let c = (((20_700 * a) / b - 98) * a - 16) * a + 96.36;
  const d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt((a * Math.PI) / 2) * freedom;
  let y = (d * both) ** (2 / freedom);
  if (y > 0.05 + a) {
    const x = -normalPoint;
    y = x ** 2;
    if (freedom < 5) c += 0.3 * (freedom - 4.5) * (x + 0.6);
    c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c;
    y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x;
    y = Math.expm1(a * y ** 2);
  } else {
    const tail = 1 / (((freedom + 6) / (freedom * y) - 0.089 * d - 0.822) * (freedom + 2) * 3);
    y = ((tail + 0.5 / (freedom + 4)) * y - 1) * ((freedom + 1) / (freedom + 2)) + 1 / y;
  }
  return Math.sqrt(freedom * y);
}

/** What the normal distribution exceeds as often. */
const normalPoint = 2.575829304;
