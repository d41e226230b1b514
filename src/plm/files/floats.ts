/** Widens bfloat16 numbers: the upper half of a float32. */
export function widenBfloat16(halves: Uint16Array, floats: Float32Array): void {
  const bits = new Uint32Array(floats.buffer, floats.byteOffset, floats.length);
  for (let i = 0; i < halves.length; i++) bits[i] = halves[i]! << 16;
}

/** Widens IEEE 754 half-precision numbers (1 sign, 5 exponent, 10 fraction bits). Exact. */
export function widenFloat16(halves: Uint16Array, floats: Float32Array): void {
  for (let i = 0; i < halves.length; i++) floats[i] = float16Value(halves[i]!);
}

function float16Value(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Narrows float32 numbers to half precision, to the nearest, ties to even; too large ones become infinite. */
export function narrowToFloat16(floats: Float32Array): Uint16Array {
  const halves = new Uint16Array(floats.length);
  for (let i = 0; i < floats.length; i++) halves[i] = float16Bits(floats[i]!);
  return halves;
}

function float16Bits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  // The largest half is 65504; from halfway to the next step on it rounds to infinity.
  if (size >= 65520) return sign | 0x7c00;
  // Below 2⁻¹⁴ the step stays 2⁻²⁴ (subnormal). A carry out of the fraction goes into the exponent by itself.
  if (size < 2 ** -14) return sign | roundToEven(size * 2 ** 24);
  const exponent = Math.floor(Math.log2(size));
  const fraction = roundToEven((size / 2 ** exponent - 1) * 1024);
  return sign | (((exponent + 15) << 10) + fraction);
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

/** How many of the numbers are infinite or not a number. */
export function countNotFinite(numbers: Float32Array): number {
  let count = 0;
  for (let at = 0; at < numbers.length; at++) {
    if (!Number.isFinite(numbers[at]!)) count++;
  }
  return count;
}
