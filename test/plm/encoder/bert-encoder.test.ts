import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ModelDirectory } from "../../../src/plm/files/model-directory.ts";
import {
  type BatchReader,
  encoderReader,
  type Numbers,
  readGoldenBert,
  readTinyBert,
  runTinyBert,
} from "./bert-encoder-golden.ts";

const golden = readGoldenBert();
let model: ModelDirectory;
let encoder: BatchReader;
beforeAll(async () => {
  model = await readTinyBert();
  encoder = await encoderReader(model);
});
afterAll(() => encoder.release());

type Tensor = { readonly data: ArrayLike<number | bigint> };

/** The largest distance of two numbers at the same place; those at hidden states of padding are left out. */
function distance(actual: Tensor, expected: Numbers, isCompared = (_: number): boolean => true): number {
  expect(actual.data.length).toBe(expected.data.length);
  return expected.data.reduce(
    (most, number, i) => (isCompared(i) ? Math.max(most, Math.abs(number - Number(actual.data[i]))) : most),
    0,
  );
}

describe.each(["plain", "prompted"] as const)("a BERT of two layers, %s", (kind) => {
  const expected = golden[kind];
  const prompts = kind === "prompted" ? golden.prompted.prompts : [];
  const size = expected.hidden.shape[2]!;
  let results: Awaited<ReturnType<typeof runTinyBert>>;
  beforeAll(async () => {
    results = await runTinyBert(model, golden, prompts);
  });

  it("has PyTorch's hidden states, logits and loss", () => {
    const isToken = (i: number): boolean => golden.attentionMask.data[Math.floor(i / size)] === 1;
    expect(results["hidden"]!.shape).toEqual(expected.hidden.shape);
    expect(distance(results["hidden"]!, expected.hidden, isToken)).toBeLessThan(1e-4);
    expect(distance(results["logits"]!, expected.logits)).toBeLessThan(1e-3);
    expect(results["loss"]!.data[0]).toBeCloseTo(expected.loss, 4);
  });

  it("has PyTorch's gradient for every weight and prompt", () => {
    const { hidden, logits, loss, ...gradients } = results;
    expect([hidden, logits, loss]).not.toContain(undefined);
    expect(Object.keys(gradients).sort()).toEqual(Object.keys(expected.gradients).sort());
    for (const [name, gradient] of Object.entries(gradients)) {
      expect(gradient.shape, name).toEqual(expected.gradients[name]!.shape);
      expect(distance(gradient, expected.gradients[name]!), name).toBeLessThan(2e-5);
    }
  });
});

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
