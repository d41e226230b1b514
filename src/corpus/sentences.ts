import { isSentenceBreak } from "./sentence-breaks.ts";

/** A stretch of a text, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const MOOD_SIGN = String.raw`(?:[:;=8]['’]?[\-o\^]?[\)\(DPp\|\/\\3*]+|<3|[xX]D|\^_?\^|\p{RGI_Emoji})(?=\s|$)\s*`;
/** Emoticons and emoji close the sentence they follow. */
const OPENING_MOOD_SIGNS = new RegExp(`^(?:${MOOD_SIGN})+`, "v");
const CLOSING_MOOD_SIGNS = new RegExp(String.raw`[.!?…]["'”’\)\]]*\s+(?:${MOOD_SIGN})+(?=\S)`, "gv");
/** A full stop before something else than a capital, where the Unicode rules see no end. */
const WEAK_BREAK = /\.["'”’)\]]*\s+(?=[\p{Ll}\p{N}_`"'“‘([-])/gu;
/** Characters after a break that are looked at. */
const LOOK_AHEAD = 40;

const segmenters = new Map<string, Intl.Segmenter>();

/**
 * Splits running text into sentences, without the blanks between them: the Unicode rules (UAX 29, by
 * Intl.Segmenter) propose, `isSentenceBreak` decides. A line feed stands for a break on purpose.
 * @param unbroken stretches that no sentence ends in, such as code; sorted by start
 */
export function splitSentences(
  text: string,
  locale: string,
  unbroken: readonly Span[] = [],
): readonly Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const [offset, isWeak] of proposedBreaks(text, locale)) {
    if (unbroken.some((span) => span.start < offset && offset < span.end)) continue;
    const soFar = text.slice(start, offset);
    const sentence = soFar.trimEnd();
    const gap = soFar.slice(sentence.length);
    const after = text.slice(offset, offset + LOOK_AHEAD);
    if (!isSentenceBreak({ sentence, gap, after, isWeak })) continue;
    pushAfterMoodSign(spans, text, { start, end: offset });
    start = offset;
  }
  pushAfterMoodSign(spans, text, { start, end: text.length });
  return spans.map((span) => trimmed(text, span)).filter((span) => span.end > span.start);
}

/** Offsets where a sentence may begin, in order, and whether only the weak pattern proposes it. */
function proposedBreaks(text: string, locale: string): readonly (readonly [number, boolean])[] {
  const breaks = new Map<number, boolean>();
  for (const { 0: match, index } of text.matchAll(WEAK_BREAK)) breaks.set(index + match.length, true);
  for (const { 0: match, index } of text.matchAll(CLOSING_MOOD_SIGNS))
    breaks.set(index + match.length, false);
  for (const { index } of segmenterFor(locale).segment(text)) if (index > 0) breaks.set(index, false);
  return [...breaks].sort(([a], [b]) => a - b);
}

function segmenterFor(locale: string): Intl.Segmenter {
  const known = segmenters.get(locale) ?? new Intl.Segmenter(locale, { granularity: "sentence" });
  segmenters.set(locale, known);
  return known;
}

/** A mood sign at the start of a stretch goes to the sentence before it. */
function pushAfterMoodSign(spans: Span[], text: string, span: Span): void {
  const last = spans.at(-1);
  const sign = last === undefined ? null : OPENING_MOOD_SIGNS.exec(text.slice(span.start, span.end));
  if (last === undefined || sign === null) {
    spans.push(span);
    return;
  }
  const start = span.start + sign[0].length;
  spans[spans.length - 1] = { start: last.start, end: start };
  if (start < span.end) spans.push({ start, end: span.end });
}

function trimmed(text: string, { start, end }: Span): Span {
  const piece = text.slice(start, end);
  return {
    start: start + (piece.length - piece.trimStart().length),
    end: start + piece.trimEnd().length,
  };
}
