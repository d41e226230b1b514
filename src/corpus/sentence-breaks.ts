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

const CLOSINGS = "\"'”’)]";
const CLOSING = "[\"'”’)\\]]*$";
const START = "(?:^|[\\s(\"'“‘[])";

const BOUND =
  "mr|mrs|ms|mx|dr|prof|st|mt|rev|fr|gen|sen|rep|gov|capt|col|cmdr|lt|sgt|maj|hon|messrs|vs|e\\.?g|i\\.?e|cf|viz|al|ca|approx|esp|incl|resp|figs?|eqs?|sec|ch|vols?|eds?|trans|dept|univ|assn";
const NUMBERED = "nos?|n[°º]|nr|art|pp?|pg|par|v|ver|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec";
const LOOSE = "inc|ltd|corp|co|bros|jr|sr|esq|est|misc|max|min|orig|ph\\.d|a\\.m|p\\.m";
const STREETS = "st|ave|blvd|rd|ln|sq";
const UNITS = "in|ft|yds?|mi|km|cm|mm|lbs?|oz|kg|gal|pts?|qts?|min|secs?|hrs?|mos?|yrs?";
/** Of each of them, and of 'etc', the letters before its last stop, where they are two or more from a to z. */
const ABBREVIATED: ReadonlySet<string> = new Set(
  [BOUND, NUMBERED, LOOSE, STREETS, UNITS, "etc"]
    .join("|")
    .replaceAll("\\.?", "")
    .split("|")
    .flatMap(spellings),
);

/** 'figs?' is 'fig' and 'figs'. */
function spellings(word: string): readonly string[] {
  return word.endsWith("?") ? [word.slice(0, -2), word.slice(0, -1)] : [word];
}

/** Never end a sentence: a name or an explanation follows. */
const BOUND_ABBREVIATION = new RegExp(`${START}(?:${BOUND})\\.$`, "i");
/** End no sentence before a number: 'No. 5', 'p. 12', 'Jan. 3'. */
const NUMBER_ABBREVIATION = new RegExp(`${START}(?:${NUMBERED})\\.$`, "i");
/** An hour at the end of a stretch, and what belongs to it though it has a capital. */
const HOUR = new RegExp(`${START}[ap]\\.\\s?m\\.$`, "i");
const OF_HOUR =
  /^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber|Eastern|Central|Mountain|Pacific|[A-Z]{2,4}T?\b)/;
const HOUR_FIRST =
  /^["'“‘(]*(?:At|By|On|Before|After|Until|Till|From|Around|About|Since|Every)(?:\s+\S+){1,3}$/;
/** May end a sentence: only a word that usually opens one tells. */
const LOOSE_ABBREVIATION = new RegExp(`(?:${START}(?:${LOOSE})|\\b(?:\\p{L}\\.)+\\p{L})\\.$`, "iu");
/** Behind a name or a number: 'on Main St. It is', 'on 5th st. near'. */
const STREET = new RegExp(`(?:\\p{Lu}[\\p{L}'’]+|\\d(?:st|nd|rd|th))\\s(?:${STREETS})\\.$`, "iu");
const UNIT = new RegExp(`\\d[\\s-]?(?:${UNITS})\\.$`, "i");
/** Ends a sentence before a capital, and none before anything else. */
const AND_SO_ON = new RegExp(`${START}etc\\.${CLOSING}`, "i");
/** 'IE.' is a name, 'i.e.' is not. */
const ALL_CAPITALS = /(?:^|[^\p{L}.])\p{Lu}{2,}\.$/u;
const OPENING_WORD =
  /^["'“‘([]*(?:The|A|An|It|Its|It[’']s|He|She|They|We|You|I|I[’'](?:m|ve|d|ll)|This|That|These|Those|There|Here|In|On|At|As|So|But|And|Or|If|When|While|Since|For|To|Of|With|From|After|Before|Because|However|Then|Now|What|Why|How|Where|Who|My|Our|Your|His|Her|Their|No|Not|Yes|All|Some|Most|Many|One|Both|Each|Every|Everyone|Everybody|Everything|Nobody|Nothing|Someone|Something|Soon|Today|Yesterday|Tomorrow|Later|Still|Yet|Never|Please|Maybe|Perhaps|Sometimes|Let|Also|Even|Although|Though|Once|By|Do|Does|Did|Is|Are|Was|Were|Can)(?![\p{L}\p{N}])/u;
/** A single capital with a full stop, such as the last of 'J. R. R. Tolkien'. */
const SINGLE_CAPITAL = /(?:^|[\s("'“‘[])\p{Lu}\.$/u;
/** 'I' is an initial only behind a first name: 'Edith I. Crane', but not 'Sam and I. Have'. */
const NAME_BEFORE_I = /\p{Lu}\p{Ll}[\p{L}'’-]*$/u;
const NAME_BEFORE_INITIAL = /(?:^|\p{Lu}[\p{L}'’-]*|\p{Lu}\.|\bby|["'“‘([])$/u;
const LIST_NUMBER = /^(?:[•⁃‣◦▪]\s*)?[("'“]*(?:\d{1,3}|[ivx]{1,4}|[a-z])(?:\.\)|[.)])$/i;
const LOWER_START = /^["'“‘([]*\p{Ll}/u;
const CONTINUATION = /^[,;)\]}”’]/;
const TERMINATED = new RegExp(`[.!?…:;]${CLOSING}`);
const WESTERN_STOP = new RegExp(`[.!?]${CLOSING}`);
const QUESTION_OR_CALL = /[?!]["'”’)\]]*$/;
const QUOTED_CALL = /[?!…—-]["'”’]+$/;
/** Who said what stands before it in quotation marks: 'Anna cried.', 'Mr. Lamb asked,'. */
const SPEAKER =
  /^(?:(?:Mr|Mrs|Ms|Dr|Prof)\.?\s+)?\p{Lu}[\p{L}'’-]*\s+(?:[\p{L}'’-]+\s+){0,2}(?:said|says|asked|asks|cried|cries|replied|replies|answered|answers|shouted|shouts|called|calls|whispered|whispers|yelled|yells|screamed|screams|exclaimed|muttered|mutters|murmured|wondered|wonders|wrote|writes|demanded|added|adds|laughed|laughs|sighed|sighs|growled|groaned|snapped|hissed|roared|begged|wailed|thought)(?=\s*[.,;:!?—–-]|\s*$|\s+(?:\p{Ll}+ly|aloud|to|at|back|out|again|and|as|in|with|from|when|while|before|after|over|through)\b)/u;
/** A full stop in quotation marks or brackets. */
const QUOTED_STOP = /\.["”’']+$/;
const STOP_IN_BRACKETS = /\.\)$/;
/** Where a quotation comes from: '(Crane 12).'. */
const SOURCE_OF_QUOTATION = /^\([^()]{1,80}[^().!?]\)[.,;]/;
/** Three points apart, within a sentence. */
const POINTS_WITHIN = /[^.\s]\s+\. \. \.$/;
/** Notes and citations behind the end of a sentence. */
const MAYBE_CITED = /[\]¹²³⁰⁴-⁹†‡]$/;
const CITED = /(?<=[.!?…]["'”’)]*)(?:\[[^[\]\n]{1,30}\]|[¹²³⁰⁴-⁹†‡])+$/;
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
  // What is looked for at the end is not looked for from the start: where nothing ends, a sentence may have megabytes.
  const last = sentence.slice(-80);
  // A line the writer broke on purpose, unless it is plainly cut in mid-sentence.
  if (gap.includes("\n")) return !LOWER_START.test(after) || TERMINATED.test(last);
  // 'main.c', 'Yahoo!Mail': western sentences are followed by a blank.
  if (gap === "" && WESTERN_STOP.test(last)) return false;
  if (CONTINUATION.test(after) || LIST_NUMBER.test(sentence) || /^[.…\s]+$/.test(sentence)) return false;
  const end = (MAYBE_CITED.test(last) ? last.replace(CITED, "") : last).slice(-40);
  // 'so.[1]': the Unicode rules see an end before the number.
  if (gap === "" && /\S\[$/.test(end)) return false;
  if (end.endsWith(". . .") && POINTS_WITHIN.test(end) && /^I(?![\p{L}\p{N}])/u.test(after)) return false;
  if (isGoingOn(sentence, end, after)) return false;
  const mayAbbreviate = mayBeAbbreviation(end);
  if (mayAbbreviate && AND_SO_ON.test(end)) return /^["'“‘([]*\p{Lu}/u.test(after);
  if (mayAbbreviate && !ALL_CAPITALS.test(end)) {
    if (STREET.test(end)) return OPENING_WORD.test(after);
    if (UNIT.test(end)) return /^["'“‘([]*\p{Lu}/u.test(after);
    if (BOUND_ABBREVIATION.test(end)) return false;
    if (NUMBER_ABBREVIATION.test(end)) return !/^\p{N}/u.test(after) && !isWeak;
    if (HOUR.test(end) && /^\p{Lu}/u.test(after)) return !OF_HOUR.test(after) && !HOUR_FIRST.test(sentence);
    if (LOOSE_ABBREVIATION.test(end)) return OPENING_WORD.test(after);
  }
  if (isWeak) return ORDINARY_END.test(end) && !/\.\.[^.]*$/.test(end.slice(-4));
  // '"Really?" she asked', 'Yahoo! is': it goes on, unless the writer never uses capitals.
  if (QUESTION_OR_CALL.test(end) && LOWER_START.test(after)) return LOWER_START.test(sentence);
  return !endsInInitial(end) || OPENING_WORD.test(after);
}

/** Whether an end may be that of an abbreviation, as far as its last letters tell: hardly any is, and few need a closer look. */
function mayBeAbbreviation(end: string): boolean {
  // 'etc.)'
  if (!end.endsWith(".")) return CLOSINGS.includes(end.at(-1) ?? "");
  let at = end.length - 1;
  while (at > 0 && isLetter(end.charCodeAt(at - 1))) at -= 1;
  return end.length - at <= 2 || ABBREVIATED.has(end.slice(at, -1).toLowerCase());
}

const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

/** Whether a quotation or brackets that end with a mark are no end of the sentence that they stand in. */
function isGoingOn(sentence: string, end: string, after: string): boolean {
  if (!CLOSINGS.includes(end.at(-1) ?? "")) return false;
  if (QUOTED_CALL.test(end) && SPEAKER.test(after)) return true;
  if (/["”’']$/.test(end) && SOURCE_OF_QUOTATION.test(after)) return true;
  // Unless the writer never uses capitals.
  if (!LOWER_START.test(after) || LOWER_START.test(sentence)) return false;
  return QUOTED_STOP.test(end) || (STOP_IN_BRACKETS.test(end) && !sentence.startsWith("("));
}

/** 'George W. Bush', but not 'written in C. Next'. */
function endsInInitial(end: string): boolean {
  if (!SINGLE_CAPITAL.test(end)) return false;
  const before = end.slice(0, -2).trimEnd();
  return (end.endsWith("I.") ? NAME_BEFORE_I : NAME_BEFORE_INITIAL).test(before);
}
