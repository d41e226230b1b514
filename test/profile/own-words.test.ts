import { expect, test } from "vitest";
import { createRandom } from "../../src/learning/random.ts";
import { findOwnWords, type MeasuredUses, rankWords } from "../../src/profile/own-words.ts";
import {
  countWordUses,
  drawOccurrences,
  pointAt,
  type WrittenSentence,
} from "../../src/profile/word-occurrences.ts";
import { zeroPrompts } from "../../src/prompts/soft-prompts.ts";
import { openBlogModel } from "./blog-model.ts";

const model = await openBlogModel();

/** 24 sentences in six documents, 'bridge' in each; and many more whose words are too frequent to count. */
const sentences: readonly WrittenSentence[] = Array.from({ length: 200 }, (_, at) => {
  const text =
    at >= 24
      ? "The water made a way."
      : at % 6 === 0
        ? "The river and the bridge."
        : `She was ${at} days at the Bridge with people.`;
  return { path: `${at % 6}.md`, start: 0, end: text.length, text };
});

function randomPrompts(seed: string, size = 1) {
  const prompts = zeroPrompts(model.config, 4);
  const random = createRandom(seed);
  return { ...prompts, values: prompts.values.map(() => size * random.normal()) };
}

const request = (delta: ReturnType<typeof randomPrompts>) => ({
  reader: { model, id: "tiny" },
  shared: randomPrompts("shared"),
  delta,
  sentences,
  others: [],
  seed: 1,
  options: { threads: 1 },
});

test("Words are counted without regard to capitals, with their documents and places.", () => {
  const uses = countWordUses(model, sentences);
  const bridge = uses.find(({ word }) => word === "bridge")!;
  expect(bridge).toMatchObject({ documents: 6 });
  expect(bridge.occurrences).toHaveLength(24);
  expect(bridge.occurrences[1]).toEqual({ sentence: 1, word: 6 });
  expect(uses.map(({ word }) => word)).not.toContain("at");
});

test("Uses are drawn from sentences that are read for rarer words first, up to the limit of each.", () => {
  const words = countWordUses(model, sentences);
  const drawn = drawOccurrences(words, 4, createRandom(1));
  expect(drawn.every((uses, at) => uses.length === Math.min(4, words[at]!.occurrences.length))).toBe(true);
  const read = new Set(drawn.flat().map(({ sentence }) => sentence));
  expect(read.size).toBeLessThanOrEqual(12);
});

test("Only places that the model sees are pointed at, and each sentence is read once.", () => {
  const long = { ...sentences[1]!, text: `${"people ".repeat(300)}bridge` };
  const drawn = [
    [
      { sentence: 0, word: 1 },
      { sentence: 0, word: 4 },
      { sentence: 1, word: 300 },
    ],
  ];
  const { pointed, places } = pointAt(model, [sentences[0]!, long], drawn);
  expect(pointed.map(({ words }) => words)).toEqual([[1, 4], []]);
  expect(places[0]!.map(({ passage, at }) => [passage, at])).toEqual([
    [0, 0],
    [0, 1],
  ]);
});

test("A writer's part of zeros makes no word an own one.", async () => {
  const found = await findOwnWords(request(randomPrompts("zero", 0)));
  expect(found).toMatchObject({ control: "random", words: [] });
  expect(found.measured).toBeGreaterThan(2);
});

test("Another writer's part that is the same leaves no word over.", async () => {
  const delta = randomPrompts("delta");
  const { control, words } = await findOwnWords({ ...request(delta), otherDelta: delta });
  expect({ control, words }).toEqual({ control: "otherWriter", words: [] });
});

test("What is found has examples that hold the word, and is the same each time.", async () => {
  const first = await findOwnWords({ ...request(randomPrompts("delta")), others: sentences });
  expect(await findOwnWords({ ...request(randomPrompts("delta")), others: sentences })).toEqual(first);
  expect(first.words.length).toBeGreaterThan(0);
  for (const { word, examples, distance, control, excess, fromOthers } of first.words) {
    expect(examples.every(({ text }) => text.toLowerCase().includes(word))).toBe(true);
    expect(excess.mean).toBeCloseTo(distance - control, 6);
    expect(fromOthers).toBeCloseTo(0, 1);
  }
});

test("Words rank by what the control leaves over, and only where chance does not explain it.", () => {
  const uses = (word: string, distances: readonly number[], controls: readonly number[]): MeasuredUses => ({
    word,
    documents: 3,
    occurrences: distances.map(() => ({ sentence: 0, word: 0 })),
    distances,
    controls,
    fromAlone: 0.5,
    sentences: distances.map(() => sentences[0]!),
  });
  const ranked = rankWords(
    [
      uses("usual", [0.2, 0.21, 0.19, 0.2], [0.2, 0.2, 0.2, 0.2]),
      uses("own", [0.5, 0.52, 0.48, 0.5], [0.2, 0.2, 0.2, 0.2]),
      uses("chance", [0.9, 0.01, 0.02, 0.01], [0.2, 0.2, 0.2, 0.2]),
    ],
    createRandom(1),
  );
  expect(ranked.map(({ word }) => word)).toEqual(["own"]);
});
