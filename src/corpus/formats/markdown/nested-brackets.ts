import { InlineContext as Inline, type InlineContext, type MarkdownConfig } from "@lezer/markdown";

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
  const index = cx.findOpeningDelimiter(Inline.linkStart);
  const opening = index === null ? null : cx.getDelimiterAt(index);
  if (index === null || opening === null || index < (cx.findOpeningDelimiter(Inline.imageStart) ?? -1))
    return -1;
  const words = cx.takeContent(index);
  const isInner = cx.findOpeningDelimiter(Inline.linkStart) !== null;
  if (isInner) for (const word of words) cx.addElement(word);
  else {
    const marks = [opening.from, pos].map((at) => cx.elt("LinkMark", at, at + 1));
    cx.addElement(cx.elt("Link", opening.from, pos + 1, marks.toSpliced(1, 0, ...words)));
  }
  return pos + 1;
}
