import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { narrowToFloat16, widenFloat16 } from "../../../src/plm/files/floats.ts";

function widen(halves: Uint16Array): Float32Array {
  const floats = new Float32Array(halves.length);
  widenFloat16(halves, floats);
  return floats;
}

describe("half precision", () => {
  it("widens and narrows each of its 65,536 numbers to itself", () => {
    const halves = Uint16Array.from({ length: 65536 }, (_, bits) => bits);
    const back = narrowToFloat16(widen(halves));
    const isNan = (bits: number) => (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0;
    expect(halves.every((bits) => (isNan(bits) ? isNan(back[bits]!) : back[bits] === bits))).toBe(true);
  });

  it("knows the numbers of the standard", () => {
    const known = Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x3555, 0x7c00);
    const values = Float32Array.of(
      1,
      -2,
      65504,
      2 ** -14,
      2 ** -24,
      0.333251953125,
      Number.POSITIVE_INFINITY,
    );
    expect(widen(known)).toEqual(values);
  });

  it("narrows to the nearest, ties to even", () => {
    const between = Float32Array.of(
      1 + 2 ** -11,
      1 + 3 * 2 ** -11,
      65519,
      65520,
      2 ** -25,
      3 * 2 ** -26,
      2047 / 2048,
    );
    expect(narrowToFloat16(between)).toEqual(
      Uint16Array.of(0x3c00, 0x3c02, 0x7bff, 0x7c00, 0x0000, 0x0001, 0x3bff),
    );
  });

  it("loses at most 2⁻¹¹ of a normal number", () => {
    const normal = fc.float({ min: Math.fround(2 ** -14), max: 65504, noNaN: true });
    fc.assert(
      fc.property(normal, (value) => {
        const [back] = widen(narrowToFloat16(Float32Array.of(value)));
        expect(Math.abs(back! - value)).toBeLessThanOrEqual(value * 2 ** -11);
      }),
      { seed: 5 },
    );
  });
});
