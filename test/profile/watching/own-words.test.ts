import { expect, test } from "vitest";
import { createRandom } from "../../../src/numbers/random.ts";
import { findOwnWords } from "../../../src/profile/watching/own-words.ts";
import {
  countWordUses,
  drawOccurrences,
  pointAt,
  type WrittenSentence,
} from "../../../src/profile/watching/word-occurrences.ts";
import { zeroPrompts } from "../../../src/prompts/soft-prompts.ts";
import { openBlogModel } from "../blog-model.ts";

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

/** Sentences of words that the tiny model knows, in ten documents. */
const vocabulary = (
  "the of and to in that was for are as with his they this from have one had not but what all were when we there can your " +
  "which their said will each about how out them then many some these would other into has more two him see time"
).split(" ");
const lots = createRandom("varied");
const varied: readonly WrittenSentence[] = Array.from({ length: 240 }, (_, at) => {
  const text = Array.from({ length: 6 }, () => vocabulary[lots.integer(vocabulary.length)]).join(" ");
  return { path: `${at % 10}.md`, start: 0, end: text.length, text };
});

const request = (delta: ReturnType<typeof randomPrompts>) => ({
  reader: { model, id: "tiny" },
  shared: randomPrompts("shared"),
  delta,
  sentences: varied,
  others: [],
  seed: 1,
  options: { threads: 1 },
});

test("A writer's part of zeros makes no word an own one.", async () => {
  const found = await findOwnWords(request(randomPrompts("zero", 0)));
  expect(found).toMatchObject({ control: "random", words: [] });
  expect(found.measured).toBeGreaterThan(20);
});

test("Another writer's part that is the same leaves no word over.", async () => {
  const delta = randomPrompts("delta");
  const { control, words } = await findOwnWords({ ...request(delta), otherDelta: delta });
  expect({ control, words }).toEqual({ control: "otherWriter", words: [] });
});

test("What is told is the same each time, and has examples that hold the word.", async () => {
  const ask = () => findOwnWords({ ...request(randomPrompts("delta")), others: varied });
  const first = await ask();
  expect(await ask()).toEqual(first);
  for (const { word, examples } of first.words) {
    expect(examples.every(({ text }) => text.toLowerCase().includes(word))).toBe(true);
  }
});

const noises = process.env["LONG"] === "1" ? 200 : 20;

test("Parts of pure noise have own words in at most a twentieth of draws.", {
  timeout: 600_000,
}, async () => {
  let named = 0;
  for (let draw = 0; draw < noises; draw++) {
    const { words } = await findOwnWords({ ...request(randomPrompts(`noise ${draw}`)), seed: draw });
    named += words.length > 0 ? 1 : 0;
  }
  expect(named / noises).toBeLessThanOrEqual(0.05);
});
