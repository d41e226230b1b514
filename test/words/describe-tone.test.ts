import { describe, expect, it, test } from "vitest";
import {
  countTones,
  type DescribedTone,
  describeBalance,
  describeCounts,
  describeSaid,
  describeTone,
  markWords,
} from "../../src/words/describe-tone.ts";

const tone = (label: DescribedTone["label"], confidence = 0.8): DescribedTone => ({ label, confidence });
const pair = (general: DescribedTone, personal: DescribedTone | null = null) => ({ general, personal });

describe("A tone in words", () => {
  it.each([
    [0.95, "positive, sure"],
    [0.9, "positive, sure"],
    [0.89, "positive, quite sure"],
    [0.62, "positive, fairly sure"],
    [0.4, "positive, not so sure"],
  ])("says how sure it is: %d gives '%s'", (confidence, words) => {
    expect(describeTone(tone("positive", confidence))).toBe(words);
  });

  test("Neutral and unclear are no tone, and both sides are mixed; what was said has no doubt.", () => {
    expect(describeTone(tone("neutral", 0.92))).toBe("no tone, sure");
    expect(describeTone(tone(null, 0.3))).toBe("no tone, not so sure");
    expect(describeTone({ ...tone(null), mixed: true })).toBe("mixed, both positive and negative");
    expect(describeSaid(tone("veryNegative", 1))).toBe("very negative, as you said");
    expect(describeSaid(tone("neutral", 1))).toBe("neutral, as you said");
  });
});

describe("The tone of several sentences", () => {
  const sentences = (positive: number, negative: number, none: number) =>
    countTones([
      ...Array.from({ length: positive }, () => pair(tone("veryPositive"))),
      ...Array.from({ length: negative }, () => pair(tone("positive"), tone("negative"))),
      ...Array.from({ length: none }, () => pair(tone("neutral"))),
    ]);

  it.each([
    [1, 0, 30, "positive", "1 of 31 sentences has a tone: 1 positive"],
    [4, 2, 4, "mostly positive", "6 of 10 sentences have a tone: 4 positive, 2 negative"],
    [1, 2, 0, "mostly negative", "3 of 3 sentences have a tone: 1 positive, 2 negative"],
    [3, 2, 0, "positive and negative", "5 of 5 sentences have a tone: 3 positive, 2 negative"],
    [0, 0, 12, "no tone", "None of 12 sentences has a tone"],
    [0, 0, 1, "no tone", "The sentence has no tone"],
  ])("is what counts of them: %d positive, %d negative, %d without", (plus, minus, none, balance, words) => {
    const counts = sentences(plus, minus, none);
    expect(describeBalance(counts)).toBe(balance);
    expect(describeCounts(counts)).toBe(words);
  });

  test("Mixed sentences are sentences with a tone, of neither side.", () => {
    const counts = countTones([pair({ ...tone(null), mixed: true }), pair(tone(null))]);
    expect(describeBalance(counts)).toBe("positive and negative");
    expect(describeCounts(counts)).toBe("1 of 2 sentences has a tone: 1 mixed");
  });
});

test("Words have marks in place of numbers: two where they carry at least half of what the strongest does.", () => {
  const words = [
    { word: "disgraceful", weight: -3 },
    { word: "ate", weight: 1.4 },
    { word: "lot", weight: 1.6 },
  ];
  expect(markWords(words, (word) => word.toUpperCase())).toEqual(["DISGRACEFUL −−", "ATE +", "LOT ++"]);
  expect(markWords([], (word) => word)).toEqual([]);
});
