/** Uniform in [0, 1). */
export type Random = () => number;

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
 */
export function pairedBootstrap(
  differences: readonly number[],
  random: Random,
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
    mean: differences.reduce((sum, difference) => sum + difference, 0) / count,
    low: percentile(means, 0.025),
    high: percentile(means, 0.975),
  };
}

/** Linear interpolation between the two nearest of the sorted values. */
function percentile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (position - below) * (high - low);
}
