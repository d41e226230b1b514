/** Signs of a paragraph that is read at one go; a longer one is read as several. */
export const longestParagraph = 10_000;
const SENTENCE_END = /[.!?…]["'”’)\]]?\s*$/;

/** Whether a paragraph of so many signs ends with a line: one that is long where a sentence ends, one of twice as many anywhere. */
export const endsLongParagraph = (signs: number, line: string): boolean =>
  signs >= longestParagraph && (signs >= 2 * longestParagraph || SENTENCE_END.test(line.slice(-10)));
