import { describe, expect, test } from "vitest";
import { countBlanks, type PlacedSentence, voicePassages } from "../../src/voice/voice-passages.ts";

/** A sentence of ten words. */
const ten = "One two three four five six seven eight nine ten.";
const paragraph = (number: number, sentences: number): readonly PlacedSentence[] =>
  Array.from({ length: sentences }, () => ({ text: ten, paragraph: number }));
const wordsOf = (sentences: readonly PlacedSentence[]): readonly number[] =>
  voicePassages(sentences).map(countBlanks);

describe("Passages of a voice", () => {
  test("are whole paragraphs.", () => {
    expect(wordsOf([...paragraph(0, 8), ...paragraph(1, 12)])).toEqual([80, 120]);
  });

  test("hold short paragraphs together with those after them.", () => {
    expect(wordsOf([...paragraph(0, 3), ...paragraph(1, 5), ...paragraph(2, 7)])).toEqual([80, 70]);
  });

  test("are parts of a long paragraph, of at most 150 words.", () => {
    expect(wordsOf([...paragraph(0, 20), ...paragraph(1, 7)])).toEqual([150, 120]);
  });

  test("leave out an end that is too short to tell a voice by.", () => {
    expect(wordsOf([...paragraph(0, 9), ...paragraph(1, 3)])).toEqual([90]);
    expect(wordsOf(paragraph(0, 3))).toEqual([]);
  });
});
