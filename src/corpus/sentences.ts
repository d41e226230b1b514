import { isSentenceBreak } from "./sentence-breaks.ts";
import { unicodeBreaks } from "./unicode-breaks.ts";

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
const WEAK_BREAK = /\.["'”’)\]]*\s+(?=[\p{Ll}\p{N}_`"'“‘([@-])/gu;
/** Notes and citations behind a full stop, of which the Unicode rules know nothing: 'so.[1] Next', 'so.¹ Next'. */
const CITED_BREAK = /[.!?…]["'”’)]*(?:\[[^[\]\n]{1,30}\]|[¹²³⁰⁴-⁹†‡])+\s+(?=[\p{L}\p{N}"'“‘([])/gu;
/** A full stop before three points that open the next sentence: 'It ended. . . . Then we left'. */
const STOP_BEFORE_POINTS = /(?<=\p{L})\.\s+(?=\. \. \.\s+\p{Lu})/gu;
/** What a list in running text begins with, blanks included: '1.) ', 'a. ', '• 9. '. */
const LIST_MARK = /^\s*(?:([•⁃‣◦▪])\s*|(\d{1,3}|[a-z])(\.\)|[.)])\s+)(?=\S)/;
/** Characters after a break that are looked at. */
const LOOK_AHEAD = 40;

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
  let ahead = 0;
  const breaks = proposedBreaks(text, locale);
  for (const [index, proposal] of breaks.entries()) {
    const offset = Math.floor(proposal / SURENESSES);
    if (Math.floor((breaks[index + 1] ?? -1) / SURENESSES) === offset) continue;
    const sureness = proposal % SURENESSES;
    while ((unbroken[ahead]?.end ?? offset + 1) <= offset) ahead += 1;
    if ((unbroken[ahead]?.start ?? offset) < offset) continue;
    const soFar = text.slice(start, offset);
    const sentence = soFar.trimEnd();
    const gap = soFar.slice(sentence.length);
    const after = text.slice(offset, offset + LOOK_AHEAD);
    const isWeak = sureness === WEAK;
    if (sureness !== SURE && !isSentenceBreak({ sentence, gap, after, isWeak })) continue;
    pushAfterMoodSign(spans, text, { start, end: offset });
    start = offset;
  }
  pushAfterMoodSign(spans, text, { start, end: text.length });
  return spans.map((span) => trimmed(text, span)).filter((span) => span.end > span.start);
}

/** How sure a place is to begin a sentence; of several proposals for one the surest counts. */
const WEAK = 0;
const USUAL = 1;
const SURE = 2;
const SURENESSES = 3;
/** With how sure the places behind them are, and signs without which none is; weak is what the Unicode rules do not propose. */
const PATTERNS: readonly { readonly pattern: RegExp; readonly needs: RegExp; readonly sureness: number }[] = [
  { pattern: WEAK_BREAK, needs: /\./, sureness: WEAK },
  { pattern: CITED_BREAK, needs: /[[¹²³⁰⁴-⁹†‡]/, sureness: USUAL },
  {
    pattern: CLOSING_MOOD_SIGNS,
    // What emoticons begin with, and emoji, of which those of a digit have a sign behind it.
    needs: /\s(?:[:;=8<xX^©®‼⁉™-\uFFFF]|[\d#*]\uFE0F?\u20E3)/,
    sureness: USUAL,
  },
  { pattern: STOP_BEFORE_POINTS, needs: /\. \. \./, sureness: SURE },
];

/** Without any of these the Unicode rules propose no break (UAX 29, SB4 and SB11), and need not be asked. */
const MAY_END = /[\p{Sentence_Terminal}\n\r\u0085\u2028\u2029]/u;

/**
 * Where a sentence may begin, in order: each offset times `SURENESSES`, and how sure it is. One number, for of a long
 * text there are many.
 */
function proposedBreaks(text: string, locale: string): readonly number[] {
  const breaks: number[] = [];
  const mayEnd = MAY_END.test(text);
  if (mayEnd || text.includes("…")) {
    for (const { pattern, needs, sureness } of PATTERNS) {
      if (!needs.test(text)) continue;
      pattern.lastIndex = 0;
      while (pattern.test(text)) breaks.push(pattern.lastIndex * SURENESSES + sureness);
    }
  }
  if (mayEnd) for (const offset of unicodeBreaks(text, locale)) breaks.push(offset * SURENESSES + USUAL);
  for (const offset of itemStarts(text)) breaks.push(offset * SURENESSES + SURE);
  return breaks.sort((a, b) => a - b);
}

/** Words before a number that is none of a list's: 'on May 2. It rained', 'see part 2. There'. */
const BEFORE_NUMBER =
  /\b(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*|no|nos|pp?|fig|vol|act|part|page|chapter|section|figure|table|step|version|number|verse|on|in|of|to|by|for|and|or|at|the|an?|is|was|are|than|about|only|over|with|from)\.?$/i;

/** Where the items of a list begin that a text is, but for the first: marks that count on, or bullets of one kind. */
function itemStarts(text: string): readonly number[] {
  const [first = "", bullet, mark = "", stop = ""] = LIST_MARK.exec(text) ?? [];
  const next = ({ index }: { readonly index: number }) => index + 1;
  if (bullet !== undefined) return Array.from(text.matchAll(new RegExp(`\\s(?=${bullet})`, "g")), next);
  const isCapital = /^["'“‘(]?\p{Lu}/u.test(text.slice(first.length));
  const starts: number[] = [];
  for (let at = mark; at !== ""; ) {
    at = /\d/.test(at) ? String(Number(at) + 1) : String.fromCharCode(at.charCodeAt(0) + 1);
    const marked = `${at}${stop}`.replace(/\W/g, "\\$&");
    const item = new RegExp(`\\s(?=${marked}\\s+${isCapital ? `["'“‘(]?\\p{Lu}` : "\\S"})`, "gu");
    item.lastIndex = starts.at(-1) ?? first.length;
    const found = text.matchAll(item).find(({ index }) => !isBeforeNumber(text, index));
    if (found === undefined) break;
    starts.push(next(found));
  }
  return starts;
}

const isBeforeNumber = (text: string, end: number): boolean =>
  BEFORE_NUMBER.test(text.slice(Math.max(0, end - 20), end));

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
