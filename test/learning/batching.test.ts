import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cheapestRuns, makeBatches, padBatch } from "../../src/learning/batching.ts";
import { createRandom } from "../../src/numbers/random.ts";

const item = (length: number, name = 0) => ({ ids: new Uint16Array(length).fill(7), name });
const items = fc
  .array(fc.integer({ min: 1, max: 128 }), { maxLength: 80 })
  .map((lengths) => lengths.map((length, name) => item(length, name)));

describe("cheapestRuns", () => {
  const cost = (runs: readonly (readonly { ids: Uint16Array }[])[]): number =>
    runs.reduce((sum, run) => sum + 14 + run.length * Math.max(...run.map(({ ids }) => ids.length)), 0);

  /** Runs of stretches of the sorted items: those that end after each item whose bit is set, and after the last. */
  const cutAt = <T>(sorted: readonly T[], bits: number): T[][] => {
    const runs: T[][] = [[]];
    for (const [at, one] of sorted.entries()) {
      runs.at(-1)!.push(one);
      if (((bits >> at) & 1) === 1 && at < sorted.length - 1) runs.push([]);
    }
    return runs;
  };

  it("puts each item into exactly one run, and no other cut of the sorted items within the size costs less", () => {
    const few = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(few, fc.integer({ min: 60, max: 300 }), (lengths, tokensPerRun) => {
        const list = lengths.map((length, name) => item(length, name));
        const runs = cheapestRuns(list, tokensPerRun);
        const names = runs.flat().map(({ name }) => name);
        expect(names.sort((a, b) => a - b)).toEqual(list.map(({ name }) => name));
        const sorted = list.toSorted((a, b) => a.ids.length - b.ids.length);
        const allowed = Array.from({ length: 2 ** (list.length - 1) }, (_, bits) =>
          cutAt(sorted, bits),
        ).filter((cut) => cut.every((run) => run.length * run.at(-1)!.ids.length <= tokensPerRun));
        expect(cost(runs)).toBe(Math.min(...allowed.map(cost)));
      }),
    );
  });

  it("gives an item that alone exceeds the size a run of its own, and no items no run", () => {
    expect(cheapestRuns([item(5, 0), item(99, 1), item(5, 2)], 20).map((run) => run.length)).toEqual([2, 1]);
    expect(cheapestRuns([], 20)).toEqual([]);
  });
});

describe("makeBatches", () => {
  it("puts each item into exactly one batch and keeps to the size", () => {
    fc.assert(
      fc.property(items, fc.integer({ min: 128, max: 2048 }), (list, tokensPerBatch) => {
        const { batches } = makeBatches(list, { tokensPerBatch, random: createRandom(1) });
        const names = batches.flat().map(({ name }) => name);
        expect(names.sort((a, b) => a - b)).toEqual(list.map(({ name }) => name));
        for (const batch of batches) {
          const { length } = padBatch(batch, 0);
          expect(batch.length * length).toBeLessThanOrEqual(tokensPerBatch);
        }
      }),
    );
  });

  it("counts the padding that padBatch makes", () => {
    fc.assert(
      fc.property(items, (list) => {
        const made = makeBatches(list, { batchSize: 4, random: createRandom(2) });
        const padded = made.batches.map((batch) => padBatch(batch, 0));
        expect(made.paddedTokens).toBe(padded.reduce((sum, { ids }) => sum + ids.length, 0));
        expect(made.tokens).toBe(
          padded.reduce((sum, { mask }) => sum + mask.filter((m) => m === 1).length, 0),
        );
        expect(made.paddingShare).toBeLessThan(1);
      }),
    );
  });

  it("pads little, because similar lengths stand together", () => {
    const random = createRandom("lengths");
    const list = Array.from({ length: 500 }, () => item(1 + random.integer(128)));
    expect(makeBatches(list, { tokensPerBatch: 2048, random }).paddingShare).toBeLessThan(0.08);
  });

  it("gives the same batches for the same seed and others for another", () => {
    const list = Array.from({ length: 100 }, (_, name) => item(1 + (name % 40), name));
    const names = (seed: number) =>
      makeBatches(list, { batchSize: 8, random: createRandom(seed) }).batches.map((b) =>
        b.map(({ name }) => name),
      );
    expect(names(1)).toEqual(names(1));
    expect(names(1)).not.toEqual(names(2));
  });

  it("gives an item over the size a batch of its own", () => {
    const made = makeBatches([item(100), item(4)], { tokensPerBatch: 64, random: createRandom(1) });
    expect(made.batches.map((batch) => batch.length)).toEqual([1, 1]);
  });
});

describe("padBatch", () => {
  it("lays rows out with padding at the end", () => {
    const { ids, mask, batch, length } = padBatch([{ ids: [5, 6, 7] }, { ids: [8] }], 1);
    expect([batch, length]).toEqual([2, 3]);
    expect([...ids].map(Number)).toEqual([5, 6, 7, 8, 1, 1]);
    expect([...mask]).toEqual([1, 1, 1, 1, 0, 0]);
  });

  it("rounds the length up to a multiple where one is asked for", () => {
    const { ids, mask, length } = padBatch([{ ids: [5, 6, 7] }], 1, 4);
    expect(length).toBe(4);
    expect([...ids].map(Number)).toEqual([5, 6, 7, 1]);
    expect([...mask]).toEqual([1, 1, 1, 0]);
  });
});
