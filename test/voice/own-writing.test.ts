import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "../../src/numbers/random.ts";
import { openOthersWriting } from "../../src/session/voice-background.ts";
import { addWriting, decodeOthers, encodeOthers, measureOthers } from "../../src/voice/others-writing.ts";
import { compareWriting, type OwnWriting } from "../../src/voice/own-writing.ts";
import { countWriting, type WritingCounts } from "../../src/voice/writing-counts.ts";

/** Words as frequent as in English: the k-th as 1 / k. */
const vocabulary = Array.from(
  { length: 300 },
  (_, at) => `w${String.fromCharCode(97 + (at % 26))}${"x".repeat(at / 26)}`,
);
const cumulated = vocabulary.map(() => 0);
vocabulary.reduce((total, _, at) => {
  cumulated[at] = total + 1 / (at + 1);
  return cumulated[at];
}, 0);

const drawWord = (random: Random): string => {
  const point = random() * cumulated.at(-1)!;
  return vocabulary[cumulated.findIndex((sum) => point < sum)]!;
};

/** A document of 400 words, each of `favourites` put in with its chance at each word. */
function documentBy(random: Random, favourites: Readonly<Record<string, number>> = {}): WritingCounts {
  const sentence = () =>
    Array.from({ length: 10 }, () => {
      const point = random();
      return Object.keys(favourites).find((word) => point < favourites[word]!) ?? drawWord(random);
    }).join(" ");
  return countWriting(Array.from({ length: 40 }, () => `${sentence()}.`));
}

const documents = (seed: string, count: number, favourites?: Readonly<Record<string, number>>) =>
  Array.from({ length: count }, (_, at) => documentBy(createRandom(`${seed} ${at}`), favourites));

const others = measureOthers(Array.from({ length: 20 }, (_, at) => addWriting(documents(`other ${at}`, 10))));
const rare = vocabulary[60]!;
const compared = (writing: OwnWriting) => {
  if (writing.kind !== "compared") throw new Error("Too short");
  return writing;
};

describe("Words of a writer's own", () => {
  it("are those that the writer uses more often in document after document.", () => {
    const { words, others: writers } = compared(
      compareWriting(documents("own", 30, { [rare]: 0.02 }), others),
    );
    expect(writers).toBe(20);
    expect(words.map(({ word }) => word)).toEqual([rare]);
    const [{ times, uses, documents: holders }] = words as [(typeof words)[number]];
    expect(times).toBeGreaterThan(6);
    expect(uses / 12_000 / others.words.get(rare)!.mean).toBeCloseTo(times, 6);
    expect(holders).toBeGreaterThan(25);
  });

  it("are none where somebody writes as everybody does.", () => {
    const told = Array.from({ length: 40 }, (_, at) => {
      return compared(compareWriting(documents(`null ${at}`, 20), others)).words.length;
    });
    expect(told.filter((count) => count > 0).length).toBeLessThanOrEqual(2);
  });

  it("are no words that fill one document.", () => {
    const full = documents("full", 1, { [rare]: 0.5 });
    const { words } = compared(compareWriting([...full, ...documents("rest", 20)], others));
    expect(words).toEqual([]);
  });

  it("are twelve at most.", () => {
    const favourites = Object.fromEntries(
      vocabulary.slice(50, 70).map((word, at) => [word, 0.02 * (at + 1)]),
    );
    expect(compared(compareWriting(documents("many", 30, favourites), others)).words).toHaveLength(12);
  });
});

describe("Habits of a writer", () => {
  it("are the length of sentences, then what the writer does far more or less often, five at most.", () => {
    const sentence = "You said; I heard (so it was): the boat, the oar, the rope, the tide — and all that!";
    const own = Array.from({ length: 40 }, () => countWriting(Array.from({ length: 15 }, () => sentence)));
    const { habits } = compared(compareWriting(own, openOthersWriting()));
    expect(habits).toHaveLength(5);
    expect(habits[0]).toMatchObject({ kind: "sentenceWords", own: 18 });
    expect(habits.map(({ kind }) => kind)).toContain("semicolons");
    expect(habits.find(({ kind }) => kind === "semicolons")!.own).toBeCloseTo(1_000 / 18);
  });

  it("are the length of sentences alone where nothing else is unlike others'.", () => {
    const { habits } = compared(compareWriting(documents("usual", 20), others));
    expect(habits).toEqual([{ kind: "sentenceWords", own: 10, others: 10 }]);
  });
});

describe("Too little text", () => {
  it.each([
    [
      "few documents",
      documents("few", 11).map((one) => addWriting([one, one])),
      { documents: 11, words: 8_800 },
    ],
    ["few words", documents("short", 12), { documents: 12, words: 4_800 }],
    ["none", [countWriting([])], { documents: 0, words: 0 }],
  ])("says so: %s.", (_, own, counts) => {
    expect(compareWriting(own, others)).toEqual({
      kind: "short",
      ...counts,
      fewestDocuments: 12,
      fewestWords: 5_000,
    });
  });
});

describe("How others write", () => {
  it("comes from its file as it went there, but for rounding.", () => {
    const read = decodeOthers(encodeOthers(others));
    expect(read.writers).toBe(20);
    expect([...read.words.keys()]).toEqual([...others.words.keys()]);
    expect(read.words.get(rare)!.mean).toBeCloseTo(others.words.get(rare)!.mean, 4);
    expect(() => decodeOthers("{}")).toThrow();
  });

  it("ships of 44 bloggers, with words that most of them use and none that few do.", () => {
    const { writers, words, sentenceWords } = openOthersWriting();
    expect(writers).toBe(44);
    expect(sentenceWords.mean).toBeCloseTo(17.4);
    expect(words.get("the")!.mean).toBeGreaterThan(0.03);
    expect(words.has("javascript")).toBe(false);
  });
});
