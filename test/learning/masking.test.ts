import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { padBatch } from "../../src/learning/batching.ts";
import { applyMasks, chooseMask, fixedMasks } from "../../src/learning/masking.ts";
import { packPassages } from "../../src/learning/passages.ts";
import { createRandom } from "../../src/numbers/random.ts";

const maskId = 103;
const options = { maskId, firstWordId: 999, vocabularySize: 30_522 };
const passageOf = (words: readonly number[][]) =>
  packPassages([{ ids: words.flat(), words: words.flatMap((tokens, word) => tokens.map(() => word)) }], {
    clsId: 101,
    sepId: 102,
    maximumTokens: 512,
  })[0]!;
const wordLists = fc.array(fc.array(fc.integer({ min: 999, max: 30_521 }), { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 60,
});

describe("chooseMask", () => {
  it("takes whole words only, never special tokens, and at least one word", () => {
    fc.assert(
      fc.property(wordLists, fc.nat(), (words, seed) => {
        const passage = passageOf(words);
        const { positions } = chooseMask(passage, options, createRandom(seed));
        const chosen = new Set(Array.from(positions, (at) => passage.words[at]));
        const tokensOfChosen = [...passage.words.keys()].filter((at) => chosen.has(passage.words[at]));
        expect([...positions]).toEqual(tokensOfChosen);
        expect(positions.length).toBeGreaterThan(0);
        expect(positions[0]).toBeGreaterThan(0);
        expect(positions.at(-1)).toBeLessThan(passage.ids.length - 1);
      }),
    );
  });

  it("hides 15 % of the words: 80 % as [MASK], 10 % as other tokens, 10 % as they are", () => {
    const passage = passageOf(Array.from({ length: 37 }, (_, at) => [1000 + at, 2000 + at]));
    const random = createRandom("shares");
    let tokens = 0;
    const shown = { masked: 0, kept: 0, replaced: 0 };
    for (let round = 0; round < 2000; round++) {
      const mask = chooseMask(passage, options, random);
      tokens += mask.positions.length;
      mask.positions.forEach((at, which) => {
        const id = mask.shown[which];
        shown[id === maskId ? "masked" : id === passage.ids[at] ? "kept" : "replaced"]++;
      });
    }
    expect(tokens / (2000 * 74)).toBeCloseTo(0.15, 2);
    expect(shown.masked / tokens).toBeCloseTo(0.8, 1);
    expect(shown.replaced / tokens).toBeCloseTo(0.1, 1);
    expect(shown.kept / tokens).toBeCloseTo(0.1, 1);
  });

  it("hides nothing in a passage without words", () => {
    const empty = { ids: Uint16Array.of(101, 102), words: Uint16Array.of(0xffff, 0xffff) };
    expect(chooseMask(empty, options, createRandom(1)).positions).toHaveLength(0);
  });
});

describe("fixedMasks", () => {
  it("are the same each time, whatever was drawn before", () => {
    const passages = [passageOf([[1000], [1001]]), passageOf([[1002, 1003], [1004]])];
    const used = createRandom("evaluation");
    used.normal();
    expect(fixedMasks(passages, options, used)).toEqual(
      fixedMasks(passages, options, createRandom("evaluation")),
    );
  });
});

describe("applyMasks", () => {
  it("changes the chosen places alone and gives back what stood there", () => {
    fc.assert(
      fc.property(fc.array(wordLists, { minLength: 1, maxLength: 5 }), fc.nat(), (texts, seed) => {
        const passages = texts.map(passageOf);
        const padded = padBatch(passages, 0);
        const masks = fixedMasks(passages, options, createRandom(seed));
        const masked = applyMasks(padded, masks);
        const restored = masked.ids.slice();
        masked.positions.forEach((flat, which) => {
          expect(padded.mask[Number(flat)]).toBe(1);
          restored[Number(flat)] = masked.targets[which]!;
        });
        expect(restored).toEqual(padded.ids);
        expect(masked.positions).toHaveLength(
          masks.reduce((sum, { positions }) => sum + positions.length, 0),
        );
      }),
    );
  });
});
