import type { Place } from "./word-places.ts";

/**
 * Words as they are written, of the pieces that a model's tokenizer takes for words: it knows "isn't" as three, and
 * "well-known" as well. Pieces are one word where an apostrophe or a hyphen stands between letters or figures, and no
 * blank. Signs otherwise stay by themselves.
 * @param pieces places in `text`, ascending
 * @returns for each word the numbers of its pieces, ascending; each piece is in one word
 */
export function writtenWords(text: string, pieces: readonly Place[]): readonly (readonly number[])[] {
  const words: number[][] = [];
  for (let at = 0; at < pieces.length; at++) {
    const word = [at];
    while (isJoin(text, pieces, at + 1)) word.push(++at, ++at);
    words.push(word);
  }
  return words;
}

/** Whether a piece joins the one before it and the one after it. */
function isJoin(text: string, pieces: readonly Place[], at: number): boolean {
  const [before, join, after] = [pieces[at - 1]!, pieces[at], pieces[at + 1]];
  if (join === undefined || after === undefined) return false;
  const touches = before.end === join.start && join.end === after.start;
  return touches && joins.test(text.slice(join.start, join.end)) && [before, after].every(isOfLetters);

  function isOfLetters({ start, end }: Place): boolean {
    return lettersOrFigures.test(text.slice(start, end));
  }
}

/** Apostrophes, as typed and as printed, and hyphens. */
const joins = /^['’\-‐‑]$/u;
const lettersOrFigures = /^[\p{L}\p{M}\p{N}]+$/u;
