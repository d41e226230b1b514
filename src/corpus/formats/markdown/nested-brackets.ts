import { InlineContext as Inline, type InlineContext, type MarkdownConfig } from "@lezer/markdown";
import { openBrackets } from "./deep-text.ts";

/** Of the sides of a mark. */
const OPENS = 1;

/**
 * Brackets in brackets: the parser takes all for links whose address may stand elsewhere, and then none round them can
 * be one. Here the inner ones are words, as in `[Part one [of two]](https://example.org)`.
 */
export const nestedBrackets: MarkdownConfig = {
  parseInline: [{ name: "NestedBrackets", before: "LinkEnd", parse: endBracket }],
};

function endBracket(cx: InlineContext, next: number, pos: number): number {
  const after = cx.char(pos + 1);
  if (next !== 93 /* ] */ || after === 40 /* ( */ || after === 91 /* [ */) return -1;
  const index = nearestOpening(cx);
  const opening = index === undefined ? null : cx.getDelimiterAt(index);
  if (index === undefined || opening === null || opening.type !== Inline.linkStart) return -1;
  const words = cx.takeContent(index);
  // Looking through all for one that is not there takes the square of their number.
  const isInner = openBrackets(cx) > 0 && cx.findOpeningDelimiter(Inline.linkStart) !== null;
  if (isInner) for (const word of words) cx.addElement(word);
  else {
    const marks = [opening.from, pos].map((at) => cx.elt("LinkMark", at, at + 1));
    cx.addElement(cx.elt("Link", opening.from, pos + 1, marks.toSpliced(1, 0, ...words)));
  }
  return pos + 1;
}

/** The last bracket that is open, of a link or an image. The parser keeps them, but its types do not tell. */
function nearestOpening(cx: InlineContext): number | undefined {
  const { parts } = cx as unknown as {
    readonly parts: readonly ({ readonly type: unknown; readonly side?: number } | null)[];
  };
  const index = parts.findLastIndex(
    (part) =>
      part !== null &&
      (part.type === Inline.linkStart || part.type === Inline.imageStart) &&
      ((part.side ?? 0) & OPENS) !== 0,
  );
  return index < 0 ? undefined : index;
}
