import { mean } from "./mean.ts";

/**
 * The area under the receiver operating characteristic: how often a value of one side lies above one of the other, where
 * a tie counts half. 0.5 where a side is empty.
 */
export function areaUnderCurve(higher: readonly number[], lower: readonly number[]): number {
  if (higher.length === 0 || lower.length === 0) return 0.5;
  const ascending = Float64Array.from(lower).sort();
  return mean(higher.map((value) => areaBelow(ascending, value)));
}

/** Share of the ascending values that lie below a value, where an equal one counts half; of at least one. */
export function areaBelow(ascending: ArrayLike<number>, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  let equal = 0;
  while (ascending[low + equal] === value) equal += 1;
  return (low + equal / 2) / ascending.length;
}
