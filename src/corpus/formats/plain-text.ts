import type { Prose } from "../document.ts";
import type { Format } from "./format.ts";
import { ProseCollector } from "./prose-collector.ts";

interface Line {
  readonly text: string;
  readonly start: number;
}

/** Lines longer than this were not wrapped by hand: each is a paragraph of its own. */
const WRAPPED_CHARACTERS = 120;
const HEADING_CHARACTERS = 70;
const BULLET = /^\s*(?:[-*+•–]|\d{1,3}[.)])\s+/;

/**
 * Reads plain text from `bodyStart` on: paragraphs between blank lines, list items, quoted lines ('> '),
 * and short lines that stand alone without a full stop as headings.
 */
export function readPlainText(source: string, bodyStart: number, locale: string): Prose {
  const collector = new ProseCollector(source, locale);
  for (const paragraph of paragraphsOf(source, bodyStart)) readParagraph(paragraph, collector);
  return collector.finish();
}

export const plainText: Format = { endings: ["txt"], holdsTags: false, read: readPlainText };

function readParagraph(lines: readonly Line[], collector: ProseCollector): void {
  const first = lines[0];
  const last = lines.at(-1);
  if (first === undefined || last === undefined) return;
  if (lines.every(({ text }) => /^\s*>/.test(text))) {
    collector.addPart("quotation", first.start, last.start + last.text.length);
    return;
  }
  const level = headingLevel(lines);
  const isWrapped = lines.every(({ text }) => text.length <= WRAPPED_CHARACTERS);
  collector.beginBlock(level);
  for (const line of level === undefined ? lines : [first]) {
    const bullet = BULLET.exec(line.text)?.[0] ?? "";
    if (bullet !== "" || !isWrapped) collector.beginBlock(level);
    collector.addVerbatim(line.text.slice(bullet.length), line.start + bullet.length);
    collector.addReplaced(" ", line.start + line.text.length, line.start + line.text.length);
  }
  collector.endBlock();
}

/** A line underlined with `===` or `---`, or a short one that ends like no sentence. */
function headingLevel(lines: readonly Line[]): number | undefined {
  const [first, second] = lines;
  if (first === undefined || first.text.trim().length > HEADING_CHARACTERS) return undefined;
  if (lines.length === 2 && /^\s*(?:={3,}|-{3,})\s*$/.test(second?.text ?? "")) {
    return second?.text.includes("=") ? 1 : 2;
  }
  if (lines.length > 1 || BULLET.test(first.text)) return undefined;
  return /[.!?:;,…"'”’)]\s*$/.test(first.text) ? undefined : 1;
}

function paragraphsOf(source: string, bodyStart: number): readonly (readonly Line[])[] {
  const paragraphs: Line[][] = [[]];
  for (const match of source.slice(bodyStart).matchAll(/[^\r\n]*(?:\r\n|\r|\n|$)/g)) {
    const text = match[0].replace(/[\r\n]+$/, "");
    const isMark = match.index + bodyStart === 0 && text.startsWith("\uFEFF");
    const line = isMark ? { text: text.slice(1), start: 1 } : { text, start: match.index + bodyStart };
    if (line.text.trim() === "") paragraphs.push([]);
    else paragraphs.at(-1)?.push(line);
  }
  return paragraphs.filter((lines) => lines.length > 0);
}
