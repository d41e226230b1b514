import { decodeHTML } from "entities";

/** What hardly any prose has, and most notations do. */
const SIGNS: readonly RegExp[] = [
  // Links, images, and labels of them.
  /\]\(|\[\[|\]\]|!\[|\]\[|\(\(|\)\)\)|\[\^/,
  // Emphasis and code that was not taken for such.
  /\*\*|__|``|~~|(?<![\p{L}\p{N}])[*_`](?=\p{L})|(?<=\p{L})[*_`](?![\p{L}\p{N}])|==\p{L}/u,
  // Templates, attributes, macros.
  /\{\{|\}\}|\{%|%\}|<%|%>|\{[.#:][\w-]|\{[a-z][\w-]*\}|\$\{|%%/,
  // Fields, directives and roles.
  /(?<![:\w]):[a-z][\w-]*:(?=\S|$)|(?<=[\p{L}\]]):: ?|^:[\w-]+:|^\.\. |:\w+:`|^#\+|^[\w-]+::/u,
  // Commands and math of TeX.
  /\\[a-zA-Z]{2,}|\\[[\]()]|\$\S[^$]*\$|^&|[^\s&]&[^\s&;]+&/,
  // HTML, entities.
  /<\/?[a-z][^<>]*>|<!--|-->|&[a-z]{2,8};|&#\d+;|(?<=\w)="[^"]*"/i,
  // Tables, rules, block ids, items.
  /^\||(?:^|\s)\|\s[^|]*\s\|(?:\s|$)|^[|=+*]{2,}|[=*-]{4,}|\s\^[\w-]+$|^[-*+•] |^\[[ xX]\]|^>|^#{1,6} /,
];

/** A name of Python, such as `__init__`, is none. */
const DUNDER = /(?<!\w)__[a-z]\w*__(?!\w)/g;

/**
 * Whether a sentence has signs of a notation in it.
 * @param code stretches of the document's source that are code, where such signs are no fault
 */
export function hasSignsOfMarkup(sentence: string, code: readonly string[]): boolean {
  if (!isSigned(sentence)) return false;
  const words = code.reduce(
    (rest, stretch) => (stretch === "" ? rest : rest.replaceAll(stretch, " ")),
    sentence,
  );
  return isSigned(words.replace(DUNDER, " "));
}

const isSigned = (text: string): boolean => SIGNS.some((sign) => sign.test(text));

/** How a stretch of code reads, whichever notation marks it; short ones last, as they stand in others. */
export function codeAsRead(stretches: readonly string[]): readonly string[] {
  const read = stretches.flatMap((stretch) => {
    const bare = stretch.replace(/^[`+~=|]+|[`+~=|]+$/g, "");
    const untagged = decodeHTML(stretch.replace(/<\/?[a-z][^<>]*>/gi, ""));
    const uncommanded = stretch.replace(/^\\\w+\*?[{|!+]|[}|!+]$/g, "").replace(/\\([_%#&{}$])/g, "$1");
    return [bare, untagged, uncommanded].map((text) => text.replace(/\s+/g, " ").trim());
  });
  return [...new Set(read)].filter((text) => text.length > 1).sort((a, b) => b.length - a.length);
}
