import { expect } from "vitest";
import type { EncodedText } from "../../../src/plm/tokens/encoded-text.ts";

/** Each id belongs to a word, each word has its span, and spans lie in the text one behind the other. */
export function expectWordsInOrder({ ids, words, spans }: EncodedText, text: string): void {
  expect(words).toHaveLength(ids.length);
  expect([...new Set(words)]).toEqual(spans.map((_, index) => index));
  let position = 0;
  for (const { start, end } of spans) {
    expect(start).toBeGreaterThanOrEqual(position);
    expect(end).toBeGreaterThan(start);
    position = end;
  }
  expect(position).toBeLessThanOrEqual(text.length);
}
