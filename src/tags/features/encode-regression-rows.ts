import type { RegressionRows } from "./regression-features.ts";

const bytesPerNumber = 8;

/** Rows of regressions as bytes: for each the number of rows, their places, and the triangle row by row; 64-bit floats. */
export function encodeRegressionRows(regressions: readonly RegressionRows[]): Uint8Array {
  const parts = regressions.flatMap(({ places, lower }) => [
    Float64Array.of(places.length),
    Float64Array.from(places),
    ...lower,
  ]);
  return Buffer.concat(
    parts.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  );
}

/** The inverse; none for bytes of another length. */
export function decodeRegressionRows(bytes: Uint8Array): readonly RegressionRows[] {
  if (bytes.length % bytesPerNumber !== 0) return [];
  // The copy also aligns the bytes.
  const numbers = new Float64Array(Uint8Array.from(bytes).buffer);
  const regressions: RegressionRows[] = [];
  let at = 0;
  const take = (count: number): Float64Array => {
    at += count;
    return numbers.subarray(at - count, at);
  };
  while (at < numbers.length) {
    const count = take(1)[0]!;
    const places = [...take(count)];
    const lower = Array.from(places, (_, row) => take(row + 1));
    regressions.push({ places, lower });
  }
  return at === numbers.length ? regressions : [];
}
