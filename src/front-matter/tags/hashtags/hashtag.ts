/**
 * A hashtag in a text.
 *
 * The rules are Obsidian's (help.obsidian.md, 'Tags', 'Tag format'): letters and digits of any script, `_`, `-`, and
 * `/` between the levels of a nested tag; at least one sign that is no digit, so `#1984` is a number and `#y1984` a
 * tag; no blanks. Emoji are not in that list, but Obsidian takes them. It stands at the start of a line or after a
 * blank; we let it follow an opening bracket or quotation mark, too. Logseq writes several words as `#[[several words]]`.
 *
 * Never a hashtag: what has only digits and hyphens (`#12`, `#1-3`: issues), and what reads as a colour (`isColour`).
 * Headings, code and links are for whoever knows where the text is.
 */
export interface Hashtag {
  /** Without its hash and brackets. */
  readonly tag: string;
  /** From the hash on, in UTF-16 code units of the text. */
  readonly start: number;
  readonly end: number;
}

/** Signs of a hashtag, for a class of a pattern with the flag `u`. The last two join letters of Indic scripts and emoji. */
export const hashtagSigns =
  "\\p{L}\\p{M}\\p{N}\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\p{Regional_Indicator}_/\\-\\u200C\\u200D";
/** What may stand before the hash: nothing, a blank, or what opens. */
export const beforeHashtag = "(?<=^|[\\s([\"'“‘«—–])";

/** Longer than any hashtag. */
export const longestHashtag = 100;

const PATTERN = `${beforeHashtag}#(?:\\[\\[([^\\[\\]#|\\r\\n]{1,${longestHashtag}})\\]\\]|([${hashtagSigns}]{1,${longestHashtag}})(?![${hashtagSigns}#\\[]))`;
const WRITTEN = new RegExp(PATTERN, "gmu");
const WRITTEN_HERE = new RegExp(PATTERN, "ymu");
const NAME = new RegExp(`^[${hashtagSigns}]+$`, "u");
const NAMING = /[\p{L}\p{Extended_Pictographic}\p{Regional_Indicator}]|\p{N}[_/]|[_/]\p{N}/u;

/** The hashtags of a text, in its order. */
export function hashtagsIn(text: string): readonly Hashtag[] {
  return text.includes("#")
    ? Array.from(text.matchAll(WRITTEN)).flatMap((match) => hashtagOfMatch(match) ?? [])
    : [];
}

/** The hashtag whose hash stands at an offset; undefined where there is none. */
export function hashtagAt(text: string, offset: number): Hashtag | undefined {
  WRITTEN_HERE.lastIndex = offset;
  const match = WRITTEN_HERE.exec(text);
  return match === null ? undefined : hashtagOfMatch(match);
}

function hashtagOfMatch({ 0: written, 1: words, 2: name = "", index }: RegExpExecArray): Hashtag | undefined {
  // A slash at the end opens a level that has no name yet.
  const tag = words === undefined ? name.replace(/\/+$/, "") : words.trim().replaceAll(/\s+/g, " ");
  const end = words === undefined ? index + 1 + tag.length : index + written.length;
  const isTag = words === undefined ? isHashtagName(tag) : tag !== "";
  return isTag ? { tag, start: index, end } : undefined;
}

/** Whether a hashtag without brackets can hold it. */
export function isHashtagName(tag: string): boolean {
  return NAME.test(tag) && NAMING.test(tag) && !tag.startsWith("/") && !isColour(tag);
}

/**
 * `fff`, `a1b2c3`, `00000080`: 3, 4, 6 or 8 hexadecimal digits, with a figure among them or the same signs again and
 * again. `cafe`, `bed` and `decade` are words.
 */
function isColour(name: string): boolean {
  if (!/^(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.test(name)) return false;
  return /\d/.test(name) || /^([a-f])\1+$|^([a-f])\2([a-f])\3([a-f])\4$/i.test(name);
}
