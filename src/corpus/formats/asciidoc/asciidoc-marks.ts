import { decodeHTMLStrict } from "entities";
import { bareAddress, hostOf, type InlineMark } from "../inline-reader.ts";

/** The same sign may stand within the words, as in `_a/some_name.js_`. */
const constrained = (mark: string): InlineMark => ({
  pattern: new RegExp(
    `(?<![\\p{L}\\p{N}_:;}\\\\])(?:\\[[^\\]\\n]{0,100}\\])?${mark}(?=\\S)(?<words>[\\s\\S]{0,600}?[^\\s])${mark}(?![\\p{L}\\p{N}_])`,
    "uy",
  ),
});
const unconstrained = (mark: string): InlineMark => ({
  pattern: new RegExp(`${mark}${mark}(?=\\S)(?<words>[\\s\\S]{1,600}?)${mark}${mark}`, "uy"),
});

/** The notations within paragraphs, by the signs that they begin with. */
export const asciidocMarks: Readonly<Record<string, readonly InlineMark[]>> = {
  "*": [unconstrained("\\*"), constrained("\\*")],
  _: [unconstrained("_"), constrained("_")],
  "#": [unconstrained("#"), constrained("#")],
  "`": [
    { pattern: /`{2}(?<code>[^`\n]{1,300})`{2}/y, kind: "code" },
    { pattern: /`\+(?<code>[^`\n]{1,300})\+`/y, kind: "code" },
    { pattern: /`(?=\S)(?<code>[^`]{0,299}[^\s`])`(?!["'])/y, kind: "code" },
    { pattern: /`(?=["'])/y },
  ],
  "\"'": [{ pattern: /["']`(?<words>[^`]{1,600})`["']/y }],
  "+": [
    { pattern: /\+{3}[^+]{1,500}\+{3}/y, kind: "html" },
    { pattern: /\+\+(?<code>[^+\n]{1,300})\+\+/y, kind: "code" },
    { pattern: /(?<=\s)\+(?=\s*(?:\r?\n|$))/y },
    { pattern: /(?<![\p{L}\p{N}])\+(?=\S)(?<code>[^+\n]{0,299}[^\s+])\+(?![\p{L}\p{N}])/uy, kind: "code" },
  ],
  "^": [{ pattern: /\^(?<words>[^\s^]{1,60})\^/y }],
  "~": [{ pattern: /~(?<words>[^\s~]{1,60})~/y }],
  "[": [
    { pattern: /\[\[[^\]\n]{1,200}\]\]/y },
    { pattern: /\[[.#%][^\]\n]{1,100}\](?=[#*_`])/y },
    { pattern: /\[(?:big|small|underline|line-through|yellow|red|aqua|lime)\](?=[#*_`])/y },
  ],
  "<": [
    { pattern: /<<[^<>,\n]{1,300},\s*(?<words>[^<>]{1,400})>>/y, kind: "link" },
    { pattern: /<<[^<>\n]{1,300}>>/y, kind: "link" },
    { pattern: /<(?:\d{1,2}|\.)>/y },
  ],
  // Terms of the index, of which three brackets hide the term; the last of more brackets are the term's own.
  "(": [
    { pattern: /\({3}(?!\()[\s\S]{1,600}?\){3}(?!\))/y, closing: ")))" },
    { pattern: /\({2}(?!\()(?<words>[^()]{1,300}(?:\([^()]{1,100}\)[^()]{0,100})?)\){2}/y },
  ],
  "&": [
    {
      pattern: /&(?:[a-zA-Z]{2,30}|#\d{1,7}|#x[\da-fA-F]{1,6});/y,
      shown: ([entity]) => decodeHTMLStrict(entity),
    },
  ],
  "{": [
    // An attribute that begins an address.
    {
      pattern:
        /\{(?!nbsp|zwsp|sp\}|empty)[a-z][\w-]{0,60}\}(?:[/?#:][^\s[\]{}<>]{0,1000})?\[(?<words>[^\]\n]{1,600}?)(?:\^|,[^\]]{0,200})?\]/y,
      closing: "]",
      kind: "link",
    },
    {
      pattern: /\{(?:nbsp|zwsp|sp|empty)\}/y,
      shown: ([name]) => (name === "{nbsp}" || name === "{sp}" ? " " : ""),
    },
    { pattern: /\{[a-z][\w-]{0,60}(?::[^{}\n]{0,100})?\}/y, kind: "shortcode" },
  ],
  lhftimxeksacp: [
    { pattern: /(?<![\p{L}\p{N}])(?:link|xref|mailto):[^\s[\]]{0,1000}\[\]/uy, closing: "]", kind: "link" },
    {
      pattern:
        /(?<![\p{L}\p{N}])(?:link|xref|mailto):(?:[^\s[\]]{1,1000}|\+\+[^+]{1,500}\+\+)\[(?<words>[^\]]{1,600}?)(?:\^|,[^\]]{0,200})?\]/uy,
      closing: "]",
      kind: "link",
    },
    {
      pattern:
        /(?<![\p{L}\p{N}])(?:https?|ftp|irc):\/\/[^\s[\]<>]{1,1000}\[(?<words>[^\]]{1,600}?)(?:\^|,\s*(?:window|role|opts)=[^\]]{0,200})?\]/uy,
      closing: "]",
      kind: "link",
    },
    {
      pattern:
        /(?<![\p{L}\p{N}])(?:https?|ftp):\/\/[^\s[\]<>]{1,1000}\[(?:\^|(?:window|role|opts)=[^\]]{0,200})?\]/uy,
      closing: "]",
      shown: ([link]) => hostOf(link.replace(/\[.*$/, "")),
      kind: "link",
    },
    {
      pattern: /(?<![\p{L}\p{N}])(?:image|icon):[^\s[\]:][^\s[\]]{0,1000}\[[^\]]{0,500}\]/uy,
      closing: "]",
      kind: "image",
    },
    {
      pattern: /(?<![\p{L}\p{N}])(?:stem|latexmath|asciimath):\[(?:[^\]\\]|\\.){0,1000}\]/uy,
      closing: "]",
      kind: "math",
    },
    {
      pattern: /footnote(?:ref)?:[^\s[\]]{0,100}\[(?<note>(?:[^[\]]|[^\s[\]]\[[^[\]]{0,300}\]){0,1500})\]/uy,
      closing: "]",
    },
    {
      pattern:
        /(?<![\p{L}\p{N}])pass:[a-z,]{0,20}\[(?:<[^>]{0,200}>)?(?<words>[^\]<]{0,300})(?:<[^>]{0,200}>)?\]/uy,
      closing: "]",
    },
    {
      pattern: /(?<=\S|\s)(?:indexterm2?|anchor|pass|counter):[^\s[\]]{0,100}\[[^\]]{0,1500}\]/uy,
      closing: "]",
    },
    {
      pattern: /(?<![\p{L}\p{N}])(?:kbd|btn|menu):[^\s[\]]{0,100}\[(?<code>[^\]]{1,300})\]/uy,
      closing: "]",
      kind: "code",
    },
    bareAddress,
  ],
  "\\": [{ pattern: /\\(?=[*_`#{<[+^~:"'h])/y }],
};
