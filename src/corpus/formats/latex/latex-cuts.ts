import { WORDLESS_GAP } from "../long-lines.ts";
import { longestParagraph } from "../long-paragraphs.ts";

const NEXT_GAP = /(?:[.!?…]["'”’)\]]? |[。！？]["'”’)\]」』）]?)(?=\S)/;
const GAP = /(?:[.!?…]["'”’)\]]? |[。！？]["'”’)\]」』）]?)$/;

/**
 * Whether a paragraph that began at `from` and is too long ends before `at`: where a sentence ends, or else at a blank, or
 * anywhere.
 */
export function isCutOfLatex(source: string, from: number, at: number): boolean {
  const signs = at - from;
  if (signs < longestParagraph) return false;
  const before = source.slice(at - 4, at);
  return signs < 2 * longestParagraph ? GAP.test(before) : signs > 3 * longestParagraph || /\s$/.test(before);
}

/** Where plain text from `at` to `to` is left, so that its paragraph, which began at `from`, may end if it is too long. */
export function cutOfLatex(source: string, from: number, at: number, to: number): number {
  const long = Math.max(at, from + longestParagraph);
  if (to <= long) return to;
  const longer = Math.max(long, from + 2 * longestParagraph);
  const sentence = source.slice(long, Math.min(to, longer)).match(NEXT_GAP);
  if (sentence !== null) return long + sentence.index! + sentence[0].length;
  const blank = source.slice(longer, to).indexOf(" ");
  if (blank >= 0) return longer + blank + 1;
  const last = from + 3 * longestParagraph;
  const letter = source.slice(last, to).search(WORDLESS_GAP);
  return letter < 0 ? to : last + letter + 1;
}
