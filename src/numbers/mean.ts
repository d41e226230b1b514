/** From the first to the last, in 64-bit floats; 0 of none. */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let at = 0; at < values.length; at++) total += values[at]!;
  return total;
}

/** 0 of none. */
export const mean = (values: ArrayLike<number>): number => sum(values) / Math.max(1, values.length);

/** Mean squared distance from the mean; of a sample, whose mean is one of its own, over n − 1: `lost` is 1 then. */
export function variance(values: ArrayLike<number>, lost: 0 | 1 = 0): number {
  const middle = mean(values);
  let squares = 0;
  for (let at = 0; at < values.length; at++) squares += (values[at]! - middle) ** 2;
  return squares / (values.length - lost);
}

/** What a share (0 to 1) of the ascending values lies below, in between linearly. */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  const position = share * (ascending.length - 1);
  const below = Math.floor(position);
  const low = ascending[below]!;
  const high = ascending[Math.min(below + 1, ascending.length - 1)]!;
  return low + (position - below) * (high - low);
}

/** The logistic function. */
export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
