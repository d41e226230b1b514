/** The mean of unit vectors, scaled to length 1; all zeros where they cancel out. */
export function meanDirection(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) {
    for (let at = 0; at < sum.length; at++) {
      sum[at]! += vector[at]!;
    }
  }
  const length = Math.hypot(...sum);
  return sum.map((value) => value / (length || 1));
}
