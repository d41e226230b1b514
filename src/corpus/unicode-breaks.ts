/** What a sign does to the end of a sentence (UAX 29, Sentence_Break); Other ends none and keeps none from ending. */
const OTHER = 0;
const UPPER = 1;
const LOWER = 2;
const NUMERIC = 3;
const BLANK = 4;
const CLOSE = 5;
/** Goes on with the sentence: a comma, a dash. */
const CONTINUE = 6;
/** A full stop, which may stand within a sentence as well. */
const STOP = 7;
/** A mark of a question or call. */
const MARK = 8;
const LINE_END = 9;

/** Texts of these signs alone are looked through here: what is written in western scripts, without emoji. */
const USUAL = /^[\0-\u00AC\u00AE-\u017F\u2010-\u2023\u2025-\u2027\u2030-\u203A\u20AC\u2122]*$/;
const MOST_USUAL = 0x2122;
const ENDING = /[.!?\n\r\u0085]/g;

const CLASSES: readonly (readonly [number, RegExp])[] = [
  [UPPER, /^\p{Uppercase}$/u],
  [LOWER, /^\p{Lowercase}$/u],
  [NUMERIC, /^[0-9]$/],
  [LINE_END, /^[\n\r\u0085]$/],
  [BLANK, /^\s$/],
  [CLOSE, /^[\p{Ps}\p{Pe}\p{Pi}\p{Pf}"']$/u],
  [CONTINUE, /^[,\-:;–—]$/],
  [STOP, /^\.$/],
  [MARK, /^[!?]$/],
];

const classes = Uint8Array.from({ length: MOST_USUAL + 1 }, (_, code) => {
  const sign = String.fromCharCode(code);
  return USUAL.test(sign) ? (CLASSES.find(([, pattern]) => pattern.test(sign))?.[0] ?? OTHER) : OTHER;
});

const segmenters = new Map<string, Intl.Segmenter>();

/**
 * Where sentences may begin in a text by the Unicode rules (UAX 29), but for its start, in order. They are those of
 * Intl.Segmenter, which takes several times as long; it is asked for texts with other signs than western ones.
 */
export function unicodeBreaks(text: string, locale: string): readonly number[] {
  return locale === "en" && USUAL.test(text) ? usualBreaks(text) : segmentedBreaks(text, locale);
}

function segmentedBreaks(text: string, locale: string): readonly number[] {
  const segmenter = segmenters.get(locale) ?? new Intl.Segmenter(locale, { granularity: "sentence" });
  segmenters.set(locale, segmenter);
  // Asked place by place, as going through all takes twice as long.
  const segments = segmenter.segment(text);
  const breaks: number[] = [];
  for (let at = 0; at < text.length; ) {
    at += segments.containing(at)!.segment.length;
    if (at < text.length) breaks.push(at);
  }
  return breaks;
}

function usualBreaks(text: string): readonly number[] {
  const breaks: number[] = [];
  ENDING.lastIndex = 0;
  while (ENDING.test(text)) {
    const end = endBehind(text, ENDING.lastIndex - 1);
    if (end !== undefined && end < text.length) breaks.push(end);
  }
  return breaks;
}

const classAt = (text: string, at: number): number => classes[text.charCodeAt(at)] ?? OTHER;

/** Where the next sentence begins that the sign at a place ends; undefined where it ends none. */
function endBehind(text: string, at: number): number | undefined {
  const ending = classAt(text, at);
  // SB3, SB4
  if (ending === LINE_END) return text.startsWith("\r\n", at) ? undefined : at + 1;
  const next = classAt(text, at + 1);
  if (ending === STOP && (next === NUMERIC || (next === UPPER && isCased(classAt(text, at - 1)))))
    return undefined; // SB6, SB7
  let behind = at + 1;
  while (classAt(text, behind) === CLOSE) behind += 1;
  while (classAt(text, behind) === BLANK) behind += 1;
  const follower = classAt(text, behind);
  // SB8a, SB9, SB10
  if (follower === CONTINUE || follower === STOP || follower === MARK || follower === LINE_END)
    return undefined;
  return ending === STOP && isBeforeSmall(text, behind) ? undefined : behind;
}

const isCased = (kind: number): boolean => kind === UPPER || kind === LOWER;

/** SB8: whether of letters, ends and line ends a small letter comes next. */
function isBeforeSmall(text: string, from: number): boolean {
  for (let at = from; at < text.length; at++) {
    const kind = classAt(text, at);
    if (kind === LOWER) return true;
    if (kind === UPPER || kind === STOP || kind === MARK || kind === LINE_END) return false;
  }
  return false;
}
