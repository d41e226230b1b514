import type { WordTarget } from "./word-target.ts";

/**
 * A word as it is written at a place: in capitals where what stood there was, with a capital where the sentence begins,
 * else as it is.
 */
export function fitCase(
  word: string,
  { text, hidden }: Pick<WordTarget, "text" | "hidden">,
  sentence: string,
): string {
  const letters = text.replace(/\P{L}/gu, "");
  if (letters.length > 1 && letters === letters.toUpperCase() && letters !== letters.toLowerCase()) {
    return word.toUpperCase();
  }
  const begins = !/\p{L}/u.test(sentence.slice(0, hidden.start));
  return begins ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}
