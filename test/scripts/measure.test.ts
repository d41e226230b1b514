import { expect, test } from "vitest";
import { macroF1, macroRecall, toneAccuracy } from "../../scripts/model/measure.ts";
import type { SentimentExample } from "../../scripts/model/sentiment-sets.ts";

const example = (label: number, classes: 2 | 3 | 5): SentimentExample => ({
  ids: new Uint16Array(2),
  words: new Uint16Array(2),
  set: "test",
  label,
  classes,
});
/** All of the share lies on one of the five classes. */
const sure = (k: number): Float32Array => Float32Array.from({ length: 5 }, (_, at) => (at === k ? 1 : 0));

test("Macro-recall weighs classes alike, however many texts they have.", () => {
  const examples = [0, 0, 0, 0, 1, 2].map((label) => example(label, 3));
  const guesses = [0, 0, 0, 4, 2, 0].map(sure);
  // Recall 3/4, 1 and 0.
  expect(macroRecall(examples, guesses)).toBeCloseTo(1.75 / 3);
  expect(toneAccuracy(examples, guesses)).toBeCloseTo(4 / 6);
  // F1 of 3 hits, 4 guessed and 4 real; of 1, 1 and 1; of none.
  expect(macroF1(examples, guesses)).toBeCloseTo((6 / 8 + 1 + 0) / 3);
});

test("Five classes are told apart, two leave neutral out and three fold very into plain.", () => {
  const shares = Float32Array.of(0.3, 0.1, 0.35, 0.05, 0.2);
  expect(toneAccuracy([example(2, 5)], [shares])).toBe(1);
  expect(toneAccuracy([example(0, 2)], [Float32Array.of(0.2, 0.2, 0.3, 0.1, 0.2)])).toBe(1);
  expect(toneAccuracy([example(0, 3)], [shares])).toBe(1);
});
