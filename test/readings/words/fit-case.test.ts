import { expect, test } from "vitest";
import { fitCase } from "../../../src/readings/words/fit-case.ts";

const written = (word: string, sentence: string, text: string): string => {
  const start = sentence.indexOf(text);
  return fitCase(word, { text, hidden: { start, end: start + text.length } }, sentence);
};

test("A word has a capital where the sentence begins, also behind a quotation mark, and nowhere else.", () => {
  expect(written("ferry", "“Boats were late.", "Boats")).toBe("Ferry");
  expect(written("ferry", "The Boat was late.", "Boat")).toBe("ferry");
});

test("A word is in capitals where what stood there was, and keeps the writer's own spelling else.", () => {
  expect(written("ferry", "The BOAT was late.", "BOAT")).toBe("FERRY");
  expect(written("JavaScript", "It was a mess.", "mess")).toBe("JavaScript");
  expect(written("ferry", "And I was late.", "I")).toBe("ferry");
});
