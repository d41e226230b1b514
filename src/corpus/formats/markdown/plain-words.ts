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

/** The text is looked at itself, as the context's own look at a sign takes longer, and plain words are most of any. */
function endOfPlain({ text, offset }: InlineContext, pos: number): number {
  let at = pos - offset;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === BLANK) at += 1;
    else if (code > 127 && !isLineStart(text, at)) at += 1;
    else if (isWordSign(code) && at > 0 && isWordSign(text.charCodeAt(at - 1))) at = endOfWord(text, at);
    else if (isWordSign(code) && text.charCodeAt(at - 1) === BLANK && !isLineStart(text, at)) {
      const end = endOfWord(text, at);
      // Addresses go on with other signs.
      if (!isGap(text, end) && !(isStop(text.charCodeAt(end)) && isGap(text, end + 1))) return offset + at;
      at = end;
    } else if (isStop(code) && at > pos - offset && isGap(text, at + 1)) at += 1;
    else return offset + at;
  }
}

function endOfWord(text: string, at: number): number {
  let end = at;
  while (isWordSign(text.charCodeAt(end))) end += 1;
  return end;
}

/** Or too near to tell. */
function isLineStart(text: string, at: number): boolean {
  if (at < 2) return true;
  const [before, last] = [text.charCodeAt(at - 2), text.charCodeAt(at - 1)];
  return last <= BLANK && (last !== BLANK || before <= BLANK);
}

function isWordSign(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}

/** . , ; ? */
const isStop = (code: number): boolean => code === 46 || code === 44 || code === 59 || code === 63;

const isGap = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code === BLANK || code === LINE_END || Number.isNaN(code);
};
