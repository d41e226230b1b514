import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readModelDirectory } from "../../../src/plm/files/model-directory.ts";
import { tinyBertPath } from "../tiny-model.ts";
import { type BatchReader, encoderReader } from "./family-golden.ts";

let encoder: BatchReader;
beforeAll(async () => {
  encoder = await encoderReader(await readModelDirectory(tinyBertPath));
});
afterAll(() => encoder.release());

const sequence = fc.array(fc.integer({ min: 5, max: 49 }), { minLength: 1, maxLength: 12 });

function expectClose(rows: readonly Float32Array[], others: readonly Float32Array[]): void {
  expect(rows.length).toBe(others.length);
  rows.forEach((row, at) => {
    row.forEach((number, i) => {
      expect(Math.abs(number - others[at]![i]!)).toBeLessThan(1e-5);
    });
  });
}

describe("an encoder", () => {
  it("reads a sequence the same with padding behind it, whatever the padding holds", async () => {
    await fc.assert(
      fc.asyncProperty(sequence, fc.integer({ min: 12, max: 24 }), fc.nat(49), async (ids, length, id) => {
        const [alone] = await encoder.read([ids]);
        const [padded] = await encoder.read([ids], { length, id });
        expectClose(padded!, alone!);
      }),
      { numRuns: 30 },
    );
  });

  it("reads a sequence the same in whatever company", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sequence, { minLength: 2, maxLength: 6 }), async (sequences) => {
        const together = await encoder.read(sequences);
        const reversed = await encoder.read(sequences.toReversed());
        for (const [index, ids] of sequences.entries()) {
          const [alone] = await encoder.read([ids]);
          expectClose(together[index]!, alone!);
          expectClose(reversed.at(-1 - index)!, alone!);
        }
      }),
      { numRuns: 20 },
    );
  });
});
