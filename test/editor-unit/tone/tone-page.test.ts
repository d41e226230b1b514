import { expect, test } from "vitest";
import { tonePage } from "../../../src/editor/tone/tone-page.ts";
import type { DocumentReading, SentenceReading, ToneReading } from "../../../src/protocol/readings.ts";
import { untranslated as english } from "../../../src/words/translate.ts";

function tone(valence: number): ToneReading {
  const label = Math.abs(valence) < 0.1 ? "neutral" : valence > 0 ? "positive" : "negative";
  return { valence, label, confidence: 0.8 };
}

function sentence(line: number, general: number, personal: number | null): SentenceReading {
  return {
    range: { start: { line, character: 0 }, end: { line, character: 20 } },
    plain: `Sentence on line ${line}.`,
    general: tone(general),
    personal: personal === null ? null : tone(personal),
  };
}

const reading: DocumentReading = {
  version: 3,
  document: { general: tone(0.1), personal: tone(0.4) },
  sentences: [sentence(4, 0.9, 0.2), sentence(5, -0.1, -0.8), sentence(9, 0.3, 0.5), sentence(12, 0, 0.02)],
  notRead: [],
  gate: { open: true, reason: "Better on held-out text." },
  band: { low: -0.3, high: 0.6 },
};

const unread = (language: string, line: number): DocumentReading["notRead"][number] => ({
  range: { start: { line, character: 0 }, end: { line, character: 9 } },
  plain: "Irgendwas.",
  language,
});

test("The page says how many sentences are in other languages, and leaves them out.", () => {
  const { summary, sentences } = tonePage("a.md", { ...reading, notRead: [unread("de", 2)] }, english);
  expect(summary.at(-1)).toBe("1 sentence is not English (German) and is left out");
  expect(sentences).toHaveLength(4);
  const notRead = [unread("fr", 1), unread("de", 2), unread("de", 3)];
  expect(tonePage("a.md", { ...reading, notRead }, english).summary.at(-1)).toBe(
    "3 sentences are not English (German, French) and are left out",
  );
});

test("The page gives line numbers from 1, both readings in words, and the band.", () => {
  const page = tonePage("post.md", reading, english);
  expect(page.sentences[0]).toEqual({
    plain: "Sentence on line 4.",
    general: 0.9,
    personal: 0.2,
    isTaught: false,
    line: 5,
    readings: ["as you write: positive, quite sure", "in general: positive, quite sure"],
  });
  expect(page).toMatchObject({ title: "post.md", band: reading.band, note: reading.gate.reason });
});

test("The strongest sentences are those of the writer's own reading, those without a tone left out.", () => {
  expect(tonePage("post.md", reading, english).strongest).toEqual([1, 2, 0]);
});

test("Without a reading of the writer's own the general one counts alone.", () => {
  const sentences = reading.sentences.map((one) => ({ ...one, personal: null }));
  const { band: _, ...unlearned } = { ...reading, sentences };
  const page = tonePage("post.md", unlearned, english);
  expect(page.strongest).toEqual([0, 2, 1]);
  expect(page.sentences[1]?.readings).toEqual(["in general: negative, quite sure"]);
  expect(page.band).toBeUndefined();
});

test("A sentence without a clear tone is never among the strongest.", () => {
  const unclear = { valence: 0.9, label: null, confidence: 0.2 };
  const sentences = [{ ...sentence(1, 0.9, null), general: unclear }];
  expect(tonePage("post.md", { ...reading, sentences }, english).strongest).toEqual([]);
});

test("The page says of the whole how many sentences have a tone, and which, by what counts.", () => {
  expect(tonePage("post.md", reading, english).summary).toEqual([
    "3 of 4 sentences have a tone: 2 positive, 1 negative",
  ]);
  const calm = Array.from({ length: 30 }, (_, at) => sentence(at, 0, null));
  const one = { ...reading, sentences: [sentence(40, 0.95, null), ...calm] };
  expect(tonePage("post.md", one, english).summary).toEqual(["1 of 31 sentences has a tone: 1 positive"]);
});

test("What was taught is told as it was said.", () => {
  const said = { valence: -0.5, label: "negative", confidence: 1 } as const;
  const sentences = [{ ...sentence(1, 0.9, null), personal: said, taught: true } as const];
  expect(tonePage("post.md", { ...reading, sentences }, english).sentences[0]).toMatchObject({
    isTaught: true,
    readings: ["negative, as you said", "in general: positive, quite sure"],
  });
});
