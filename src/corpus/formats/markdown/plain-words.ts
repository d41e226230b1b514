import type { InlineContext, MarkdownConfig } from "@lezer/markdown";

/**
 * Plain words are most of any text, and no notation begins within one, at a blank, or with a word that stands between
 * two others; only the first of a line may be more. So the parsers, all of which are asked at each sign, are not asked
 * there.
 */
export const plainWords: MarkdownConfig = {
  parseInline: [
    {
      name: "PlainWords",
      before: "Escape",
      parse(cx, _next, pos) {
        const end = endOfPlain(cx, pos);
        return end > pos ? end : -1;
      },
    },
  ],
};

const BLANK = 32;
const LINE_END = 10;

function endOfPlain(cx: InlineContext, pos: number): number {
  let at = pos;
  for (;;) {
    const code = cx.char(at);
    if (code === BLANK) at += 1;
    else if (code > 127 && !isLineStart(cx, at)) at += 1;
    else if (isWordSign(code) && at > cx.offset && isWordSign(cx.char(at - 1))) at = endOfWord(cx, at);
    else if (isWordSign(code) && cx.char(at - 1) === BLANK && !isLineStart(cx, at)) {
      const end = endOfWord(cx, at);
      // Addresses go on with other signs.
      if (!isGap(cx, end) && !(isStop(cx.char(end)) && isGap(cx, end + 1))) return at;
      at = end;
    } else if (isStop(code) && at > pos && isGap(cx, at + 1)) at += 1;
    else return at;
  }
}

function endOfWord(cx: InlineContext, pos: number): number {
  let end = pos;
  while (isWordSign(cx.char(end))) end += 1;
  return end;
}

/** Or too near to tell. */
function isLineStart(cx: InlineContext, pos: number): boolean {
  if (pos - 2 < cx.offset) return true;
  const [before, last] = [cx.char(pos - 2), cx.char(pos - 1)];
  return last <= BLANK && (last !== BLANK || before <= BLANK);
}

function isWordSign(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}

/** . , ; ? */
const isStop = (code: number): boolean => code === 46 || code === 44 || code === 59 || code === 63;

const isGap = (cx: InlineContext, at: number): boolean => {
  const code = cx.char(at);
  return code === BLANK || code === LINE_END || code === -1;
};
