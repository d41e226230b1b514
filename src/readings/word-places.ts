/** A stretch of a source. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the words of a sentence's plain text stand in its source, which may hold markup between and within
 * them. Words are looked for in order and outside of link targets and tags. A word that is written another way in
 * the source (`&amp;`) has the stretch between its neighbours; several of these in a row share it, and at an
 * end without any stretch it is empty.
 *
 * @param source the sentence as it stands in the document, `start` its offset there
 * @param words as the plain text has them, in order
 */
export function placeWords(source: string, start: number, words: readonly string[]): readonly Place[] {
  const readable = blankMarkup(source);
  const found: (Place | undefined)[] = [];
  let from = 0;
  for (const word of words) {
    const at = readable.indexOf(word, from);
    // What stands far ahead is the same word once more.
    const isNear = at >= 0 && readable.slice(from, at).trim().length <= longestGap;
    found.push(isNear ? { start: at, end: at + word.length } : undefined);
    if (isNear) from = at + word.length;
  }
  return found.map((place, at) => {
    const { start: begin, end } = place ?? gapAt(source, found, at);
    return { start: start + begin, end: start + end };
  });
}

/** Characters of markup or of words written otherwise between two words. */
const longestGap = 24;

/** The same length, with what is no reading text as blanks. */
function blankMarkup(source: string): string {
  const targets = /\]\((?:[^()\\]|\\.|\([^()]*\))*\)|\]\[[^\]]*\]|<[^<>]*>/g;
  return source.replace(targets, (markup) => " ".repeat(markup.length));
}

function gapAt(source: string, found: readonly (Place | undefined)[], at: number): Place {
  const before = found.slice(0, at).findLast((place) => place !== undefined)?.end ?? 0;
  const after = found.slice(at + 1).find((place) => place !== undefined)?.start ?? source.length;
  const gap = source.slice(before, after);
  const lead = gap.length - gap.trimStart().length;
  return { start: before + lead, end: before + Math.max(lead, gap.trimEnd().length) };
}
