/** Of Thai, Lao, Burmese, Khmer, Japanese, Chinese and Korean, for a class of a pattern. */
const letterWithoutBlanks =
  "\\u0E01-\\u0EFF\\u1000-\\u109F\\u1780-\\u17FF\\u3041-\\u30FF\\u3400-\\u9FFF\\uAC00-\\uD7A3";

/** Signs of a line that is read as it stands; a longer one is read as several. */
export const longestLine = 10_000;

/**
 * A blank between two sentences that a line of Markdown may begin behind, without being a list or a heading; or the last
 * sign of a sentence, in scripts that put no blank there.
 */
const GAP = /[.!?…]["'”’)\]]? (?=\p{L})|[。！？]["'”’)\]」』）]?(?=\p{L})/gu;
const OTHER_GAP = / (?=\p{L})/gu;
/** Where no word begins either: any blank. */
const ANY_GAP = /[^\S\r\n](?=\S)/g;
/** A letter of a script that puts no blanks between words, of which the next one is another. */
export const WORDLESS_GAP = new RegExp(`[${letterWithoutBlanks}](?=[${letterWithoutBlanks}])`, "gu");
/** Of others so many are looked at for one that is told by the signs before it. */
const MOST_OTHERS = 200;
/** One of so many gaps, told by the signs before it, so that an edit moves few others. */
const GAPS_PER_CUT = 32;
const SIGNS_BEFORE = 8;
/** Where a line is cut depends on no more signs behind a cut, and before it. */
export const lookOfLongLine = { ahead: 2 * longestLine, behind: SIGNS_BEFORE + 4 } as const;

/**
 * At which sign a long line is cut first, from the last cut on; below 0: at none. A blank is part of neither piece,
 * another sign is the last of the first (`endOfCut`).
 */
export function cutOfLongLine(source: string, from: number, end: number): number {
  const near = source.slice(from, Math.min(end, from + lookOfLongLine.ahead));
  for (const { 0: gap, index } of near.matchAll(GAP)) {
    const at = from + index + gap.length - 1;
    if (at - from > longestLine || isCutAt(source, at)) return at;
  }
  if (end - from <= lookOfLongLine.ahead) return -1;
  // Where no sentence ends for long, nor a word begins, nor any blank stands.
  for (const gap of [OTHER_GAP, ANY_GAP, WORDLESS_GAP]) {
    const cut = otherCut(source, from + longestLine, near.slice(longestLine), gap);
    if (cut >= 0) return cut;
  }
  const known = from + near.length - 1;
  const gap = source.slice(known, end).search(ANY_GAP);
  return gap < 0 ? -1 : known + gap;
}

/** Where what stands before a cut ends; what comes behind it begins one sign after the cut. */
export const endOfCut = (source: string, cut: number): number => (/\s/.test(source[cut]!) ? cut : cut + 1);

/** Among the next gaps that which the signs before it tell, or the first; below 0 where there is none. */
function otherCut(source: string, from: number, written: string, gap: RegExp): number {
  let first = -1;
  let count = 0;
  for (const { index } of written.matchAll(gap)) {
    const at = from + index;
    if (isCutAt(source, at)) return at;
    if (first < 0) first = at;
    count += 1;
    if (count >= MOST_OTHERS) break;
  }
  return first;
}

const isCutAt = (source: string, at: number): boolean =>
  isCut(source.slice(Math.max(0, at - SIGNS_BEFORE), at));

function isCut(before: string): boolean {
  let sum = 0;
  for (let at = 0; at < before.length; at++) sum = (sum * 31 + before.charCodeAt(at)) % 65_521;
  return sum % GAPS_PER_CUT === 0;
}
