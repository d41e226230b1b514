import { cutOfLongLine, endOfCut, longestLine } from "../long-lines.ts";

/** A line, and where it stands in the source. */
export interface Line {
  readonly text: string;
  readonly start: number;
  /** The first of what is read for itself of a paragraph that is longer. */
  readonly goesOn?: boolean;
}

export type Paragraphs = readonly (readonly Line[])[];

/** Lines longer than this were not wrapped by hand: each is a paragraph of its own. */
export const wrappedCharacters = 120;

/** A paragraph of so many lines ends where a sentence ends with a line; one of twice as many with any line. */
const MOST_LINES = 300;
const SENTENCE_END = /[.!?…]["'”’)\]]?\s*$/;

/** Between blank lines; of one that is too long, each part is one. */
export function textParagraphs(source: string, bodyStart: number): Paragraphs {
  const paragraphs: Line[][] = [[]];
  for (const match of source.slice(bodyStart).matchAll(/[^\r\n]*(?:\r\n|\r|\n|$)/g)) {
    const text = match[0].replace(/[\r\n]+$/, "");
    const isMark = match.index + bodyStart === 0 && text.startsWith("\uFEFF");
    const line = isMark ? { text: text.slice(1), start: 1 } : { text, start: match.index + bodyStart };
    if (line.text.trim() === "") paragraphs.push([]);
    else if (line.text.length > longestLine) paragraphs.push(...partsOf(line), []);
    else if (isFull(paragraphs.at(-1)!)) paragraphs.push([{ ...line, goesOn: true }]);
    else paragraphs.at(-1)!.push(line);
  }
  return paragraphs.filter((lines) => lines.length > 0);
}

/** How long the lines are that were wrapped by hand: all but a tenth are shorter. */
export function widthOf(paragraphs: Paragraphs): number {
  const lengths = paragraphs
    .flatMap((lines) => (lines.length > 1 ? lines.map(({ text }) => text.trimEnd().length) : []))
    .filter((length) => length <= wrappedCharacters)
    .sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length * 0.9)] ?? 0;
}

const isFull = (lines: readonly Line[]): boolean =>
  lines.length >= 2 * MOST_LINES || (lines.length >= MOST_LINES && SENTENCE_END.test(lines.at(-1)!.text));

/** Of a line that is longer than any writer's, each part is read for itself. */
function partsOf({ text, start }: Line): Line[][] {
  const parts: Line[][] = [];
  let from = 0;
  for (let to = 0; to >= 0; from = to + 1) {
    to = cutOfLongLine(text, from, text.length);
    const part = text.slice(from, to < 0 ? text.length : endOfCut(text, to));
    parts.push([{ text: part, start: start + from, goesOn: from > 0 }]);
  }
  return parts;
}
