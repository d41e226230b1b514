import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PromptShapeError } from "../../src/prompts/errors.ts";
import {
  decodePrompts,
  encodePrompts,
  fromLayerViews,
  layerViews,
  personalPrompts,
  promptFeeds,
  type SoftPrompts,
} from "../../src/prompts/soft-prompts.ts";

const prompts = (values: readonly number[]): SoftPrompts => ({
  layers: 2,
  length: 3,
  hiddenSize: 2,
  values: Float32Array.from(values),
});
const twelve = fc.array(fc.integer({ min: -2048, max: 2048 }), { minLength: 12, maxLength: 12 });
/** Sixteenths up to 128 have an exact 16-bit float. */
const anyPrompts = twelve.map((numbers) => prompts(numbers.map((number) => number / 16)));

describe("soft prompts", () => {
  it("are the shared ones where the writer's delta is zero, or its strength", () => {
    fc.assert(
      fc.property(anyPrompts, anyPrompts, (shared, delta) => {
        expect(personalPrompts(shared, prompts(Array(12).fill(0)))).toEqual(shared);
        expect(personalPrompts(shared, delta, 0)).toEqual(shared);
      }),
    );
  });

  it("move in proportion to the strength", () => {
    const half = personalPrompts(prompts(Array(12).fill(1)), prompts(Array(12).fill(4)), 0.5);
    expect([...half.values]).toEqual(Array(12).fill(3));
  });

  it("come back from their bytes", () => {
    fc.assert(
      fc.property(anyPrompts, (original) => {
        const bytes = encodePrompts(original);
        expect(decodePrompts(bytes)).toEqual(original);
        // Such as what is read of a small file: a view into something larger.
        expect(decodePrompts(Buffer.concat([new Uint8Array(4), bytes]).subarray(4))).toEqual(original);
      }),
    );
  });

  it("take 36 KiB for MiniLM's size", () => {
    const values = new Float32Array(6 * 8 * 384);
    expect(encodePrompts({ layers: 6, length: 8, hiddenSize: 384, values }).length).toBe(36 * 1024 + 12);
  });

  it("are refused when cut off, of another shape, or no prompts at all", () => {
    const bytes = encodePrompts(prompts(Array(12).fill(1)));
    expect(() => decodePrompts(bytes.subarray(0, -2))).toThrow(PromptShapeError);
    expect(() => decodePrompts(new Uint8Array(3))).toThrow(PromptShapeError);
    const other = { layers: 1, length: 3, hiddenSize: 4, values: new Float32Array(12) };
    expect(() => personalPrompts(prompts(Array(12).fill(1)), other)).toThrow(PromptShapeError);
  });

  it("are fed and changed layer by layer", () => {
    const whole = prompts([...Array(12).keys()]);
    const views = layerViews(whole);
    views["prompts.1"]![0] = 100;
    expect(whole.values[6]).toBe(100);
    expect(fromLayerViews(prompts(Array(12).fill(0)), views)).toEqual(whole);
    expect(promptFeeds(whole)["prompts.1"]).toEqual({ data: whole.values.subarray(6), shape: [3, 2] });
  });
});
