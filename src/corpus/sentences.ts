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
  let ahead = 0;
  for (const [offset, isWeak] of proposedBreaks(text, locale)) {
    while ((unbroken[ahead]?.end ?? offset + 1) <= offset) ahead += 1;
    if ((unbroken[ahead]?.start ?? offset) < offset) continue;
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

/** What stands round a place where a sentence may end. */
export interface BreakContext {
  /** The sentence so far, without the blanks at its end. */
  readonly sentence: string;
  /** The blanks between the two. */
  readonly gap: string;
  /** The next characters. */
  readonly after: string;
  /** The Unicode rules see no break here, because no capital follows. */
  readonly isWeak: boolean;
}

const CLOSING = "[\"'”’)\\]]*$";
const START = "(?:^|[\\s(\"'“‘[])";

/** Never end a sentence: a name or an explanation follows. */
const BOUND_ABBREVIATION = new RegExp(
  `${START}(?:mr|mrs|ms|mx|dr|prof|st|mt|rev|fr|gen|sen|rep|gov|capt|col|cmdr|lt|sgt|maj|hon|messrs|vs|e\\.?g|i\\.?e|cf|viz|al|ca|approx|esp|incl|resp|figs?|eqs?|sec|ch|vols?|eds?|trans|dept|univ|assn)\\.$`,
  "i",
);
/** End no sentence before a number: 'No. 5', 'p. 12', 'Jan. 3'. */
const NUMBER_ABBREVIATION = new RegExp(
  `${START}(?:nos?|nr|art|pp?|pg|par|v|ver|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\\.$`,
  "i",
);
/** May end a sentence: only a word that usually opens one tells. */
const LOOSE_ABBREVIATION = new RegExp(
  `(?:${START}(?:inc|ltd|corp|co|bros|jr|sr|esq|est|misc|max|min|orig|ph\\.d|a\\.m|p\\.m)|\\b(?:\\p{L}\\.)+\\p{L})\\.$`,
  "iu",
);
/** Ends a sentence before a capital, and none before anything else. */
const AND_SO_ON = new RegExp(`${START}etc\\.${CLOSING}`, "i");
/** 'IE.' is a name, 'i.e.' is not. */
const ALL_CAPITALS = /(?:^|[^\p{L}.])\p{Lu}{2,}\.$/u;
const OPENING_WORD =
  /^["'“‘([]*(?:The|A|An|It|Its|It[’']s|He|She|They|We|You|I|I[’'](?:m|ve|d|ll)|This|That|These|Those|There|Here|In|On|At|As|So|But|And|Or|If|When|While|Since|For|To|Of|With|From|After|Before|Because|However|Then|Now|What|Why|How|Where|Who|My|Our|Your|His|Her|Their|No|Not|Yes|All|Some|Most|Many|One|Let|Also|Even|Although|Though|Once|By|Do|Does|Did|Is|Are|Was|Were|Can)(?![\p{L}\p{N}])/u;
/** A single capital with a full stop, such as the last of 'J. R. R. Tolkien'. */
const SINGLE_CAPITAL = /(?:^|[\s("'“‘[])(?!I\.)\p{Lu}\.$/u;
const NAME_BEFORE_INITIAL = /(?:^|\p{Lu}[\p{L}'’-]*|\p{Lu}\.|\bby|["'“‘([])$/u;
const LIST_NUMBER = /^[("'“]*(?:\d{1,3}|[ivx]{1,4}|[a-z])[.)]$/i;
const LOWER_START = /^["'“‘([]*\p{Ll}/u;
const CONTINUATION = /^[,;)\]}”’]/;
const TERMINATED = new RegExp(`[.!?…:;]${CLOSING}`);
const WESTERN_STOP = new RegExp(`[.!?]${CLOSING}`);
const QUESTION_OR_CALL = /[?!]["'”’)\]]*$/;
/** An ordinary word, a year or a bracket before the full stop: no abbreviation is that long. */
const ORDINARY_END = new RegExp(
  `(?:(?:^|[^\\p{L}.])(?:[\\p{L}'’]{4,}|it|me|us|up|so|do|be|is|in|on|to|one|out|now|all|you|him|her|too|way|day|yet|off|own|did|has|had|was|are|not|can|use|see|get|end|new|old|run|bit|lot|fun|ago|job|\\p{N}{4}|\\p{Lu}{2,})|[)\\]"”’])\\.${CLOSING}`,
  "u",
);

/**
 * Whether a sentence ends at a place where the Unicode rules (UAX 29) put a break, or where they may
 * have missed one. The rules know no abbreviations, take '.NET' for an end, and see no end before a
 * small letter or a number.
 */
export function isSentenceBreak({ sentence, gap, after, isWeak }: BreakContext): boolean {
  // A line the writer broke on purpose, unless it is plainly cut in mid-sentence.
  if (gap.includes("\n")) return !LOWER_START.test(after) || TERMINATED.test(sentence);
  // 'main.c', 'Yahoo!Mail': western sentences are followed by a blank.
  if (gap === "" && WESTERN_STOP.test(sentence)) return false;
  if (CONTINUATION.test(after) || LIST_NUMBER.test(sentence)) return false;
  const end = sentence.slice(-40);
  if (AND_SO_ON.test(end)) return /^["'“‘([]*\p{Lu}/u.test(after);
  if (!ALL_CAPITALS.test(end)) {
    if (BOUND_ABBREVIATION.test(end)) return false;
    if (NUMBER_ABBREVIATION.test(end)) return !/^\p{N}/u.test(after) && !isWeak;
    if (LOOSE_ABBREVIATION.test(end)) return OPENING_WORD.test(after);
  }
  if (isWeak) return ORDINARY_END.test(end) && !/\.\.[^.]*$/.test(end.slice(-4));
  // '"Really?" she asked', 'Yahoo! is': it goes on, unless the writer never uses capitals.
  if (QUESTION_OR_CALL.test(end) && LOWER_START.test(after)) return LOWER_START.test(sentence);
  return !endsInInitial(end) || OPENING_WORD.test(after);
}

/** 'George W. Bush', but not 'written in C. Next'. */
function endsInInitial(end: string): boolean {
  return SINGLE_CAPITAL.test(end) && NAME_BEFORE_INITIAL.test(end.slice(0, -2).trimEnd());
}
