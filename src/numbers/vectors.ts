import { mean } from "./mean.ts";

type Vector = Float32Array | Float64Array;

/**
 * Inner product of the first `count` numbers, in 64-bit floats; of unit-length vectors, their cosine. Four sums side by
 * side: one alone would wait for itself at each addition. They begin one by one: taken from an array, V8 keeps them as
 * objects, and all takes several times as long.
 */
export function dot(a: Vector, b: Vector, count = a.length): number {
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  let at = 0;
  for (; at + 3 < count; at += 4) {
    sum0 += a[at]! * b[at]!;
    sum1 += a[at + 1]! * b[at + 1]!;
    sum2 += a[at + 2]! * b[at + 2]!;
    sum3 += a[at + 3]! * b[at + 3]!;
  }
  for (; at < count; at++) sum0 += a[at]! * b[at]!;
  return sum0 + sum1 + (sum2 + sum3);
}

/** As `dot`; an engine reads arrays much faster where they are always of one kind, and vectors are of 32 bits. */
export function dotOfDoubles(a: Float64Array, b: Float64Array, count = a.length): number {
  let even = 0;
  let odd = 0;
  let at = 0;
  for (; at + 1 < count; at += 2) {
    even += a[at]! * b[at]!;
    odd += a[at + 1]! * b[at + 1]!;
  }
  return at < count ? even + odd + a[at]! * b[at]! : even + odd;
}

/** Of vectors of any length; 0 where one of them is all zeros. */
export function cosine(a: Vector, b: Vector): number {
  return dot(a, b) / (Math.sqrt(dot(a, a) * dot(b, b)) || 1);
}

/** Of at least one vector; each number's mean in 64-bit floats, kept in 32. */
export function meanVector(vectors: readonly Float32Array[]): Float32Array {
  return vectors[0]!.map((_, at) => mean(vectors.map((vector) => vector[at]!)));
}

/** The mean of some vectors, made unit-length: a document's vector from those of its passages. */
export function unitMean(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) for (let at = 0; at < sum.length; at++) sum[at]! += vector[at]!;
  const length = Math.sqrt(sum.reduce((squares, value) => squares + value * value, 0)) || 1;
  return sum.map((value) => value / length);
}
