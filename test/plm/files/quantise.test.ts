import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { QuantisationError } from "../../../src/plm/errors.ts";
import { dequantise, packWeight, quantise, readWeight } from "../../../src/plm/files/quantise.ts";
import { Safetensors } from "../../../src/plm/files/safetensors.ts";
import { writeSafetensors } from "../../../src/plm/files/write-safetensors.ts";

/** Numbers that look like a weight's, without a generator: the test needs spread, not chance. */
function wavyMatrix(rows: number, columns: number): Float32Array {
  return Float32Array.from({ length: rows * columns }, (_, i) => Math.sin(i * 12.9898) * (1 + (i % rows)));
}

describe("quantisation to 8 bits", () => {
  it("gives each row its own scale along axis 0, and each column along axis 1", () => {
    const data = Float32Array.of(1, -2, 254, 127);
    expect(quantise(data, [2, 2], 0).scales).toEqual(Float32Array.of(2 / 127, 2));
    expect(quantise(data, [2, 2], 0).codes).toEqual(Int8Array.of(64, -127, 127, 64));
    expect(quantise(data, [2, 2], 1).scales).toEqual(Float32Array.of(2, 1));
    expect(quantise(data, [2, 2], 1).codes).toEqual(Int8Array.of(1, -2, 127, 127));
  });

  it("is off by at most half a step of its channel, whatever the shape and axis", () => {
    const value = fc.float({ min: -1000, max: 1000, noNaN: true });
    const input = fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
      .chain((shape) =>
        fc.record({
          shape: fc.constant(shape),
          axis: fc.integer({ min: 0, max: 2 }),
          data: fc.array(value, {
            minLength: shape[0] * shape[1] * shape[2],
            maxLength: shape[0] * shape[1] * shape[2],
          }),
        }),
      );
    fc.assert(
      fc.property(input, ({ shape, axis, data }) => {
        const quantised = quantise(Float32Array.from(data), shape, axis);
        const back = dequantise(quantised);
        const inner = shape.slice(axis + 1).reduce((total, size) => total * size, 1);
        data.forEach((original, i) => {
          const scale = quantised.scales[Math.floor(i / inner) % shape[axis]!]!;
          // Below the smallest normal float32 the scale itself is coarse.
          expect(Math.abs(back[i]! - original)).toBeLessThanOrEqual(scale * 0.50001 + 2 ** -120);
        });
      }),
      { seed: 6 },
    );
  });

  it("changes nothing when it is done again", () => {
    const once = quantise(wavyMatrix(8, 6), [8, 6], 0);
    expect(quantise(dequantise(once), [8, 6], 0).codes).toEqual(once.codes);
  });

  it("keeps a channel of zeros at zero", () => {
    const back = dequantise(quantise(Float32Array.of(0, 0, 1, 2), [2, 2], 0));
    expect(back.slice(0, 2)).toEqual(Float32Array.of(0, 0));
  });

  it("refuses numbers that are not finite, and shapes that do not fit", () => {
    expect(() => quantise(Float32Array.of(1, Number.NaN), [2], 0)).toThrow(QuantisationError);
    expect(() => quantise(Float32Array.of(Number.POSITIVE_INFINITY), [1], 0)).toThrow(/not a finite number/);
    expect(() => quantise(Float32Array.of(1), [2], 0)).toThrow(QuantisationError);
    expect(() => quantise(Float32Array.of(1), [1], 1)).toThrow(QuantisationError);
  });
});

describe("a stored weight", () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "idiolect-quantise-"));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it.each([0, 1])("of a large matrix has 8 bits and comes back along axis %i, within half a step", (axis) => {
    const data = wavyMatrix(64, 64);
    const path = join(directory, `axis${axis}.safetensors`);
    writeSafetensors(path, packWeight("dense.weight", [64, 64], data, axis));
    const file = Safetensors.open(path);
    expect(file.entry("dense.weight").type).toBe("I8");
    expect(file.entry("dense.weight.scale").shape).toEqual(axis === 0 ? [64, 1] : [1, 64]);
    const { scales } = quantise(data, [64, 64], axis);
    const back = readWeight(file, "dense.weight");
    expect(back).toEqual(dequantise(quantise(data, [64, 64], axis)));
    const worst = Math.max(...data.map((value, i) => Math.abs(value - back[i]!)));
    expect(worst).toBeLessThanOrEqual(Math.max(...scales) * 0.50001);
  });

  it("that is small or a vector stays as it is", () => {
    const vector = wavyMatrix(1, 5000);
    expect(packWeight("bias", [5000], vector)).toEqual([
      { name: "bias", type: "F32", shape: [5000], data: vector },
    ]);
    expect(packWeight("types", [2, 384], wavyMatrix(2, 384))[0]!.type).toBe("F32");
  });

  it("is refused where its scales fit no axis", () => {
    const path = join(directory, "wrong.safetensors");
    const [codes] = packWeight("x", [64, 65], wavyMatrix(64, 65));
    const scale = { name: "x.scale", type: "F32", shape: [63, 1], data: new Float32Array(63) } as const;
    writeSafetensors(path, [codes!, scale]);
    expect(() => readWeight(Safetensors.open(path), "x")).toThrow(
      /x\.scale: its shape \[63, 1\] does not fit/,
    );
  });
});
