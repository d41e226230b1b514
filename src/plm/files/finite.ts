/** How many of the numbers are infinite or not a number. */
export function countNotFinite(numbers: Float32Array): number {
  let count = 0;
  for (let at = 0; at < numbers.length; at++) {
    if (!Number.isFinite(numbers[at]!)) count++;
  }
  return count;
}
