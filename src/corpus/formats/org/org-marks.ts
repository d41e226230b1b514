import { bareAddress, hostOf, type InlineMark } from "../inline-reader.ts";

const emphasis = (sign: string): InlineMark => ({
  pattern: new RegExp(
    `(?<=^|[\\s\\-–—({'"“‘[/*_+~=,.:;]|[\\u3000-\\u9fff])\\${sign}(?=\\S)(?<words>[^\\${sign}]{0,500}[^\\s\\${sign}])\\${sign}(?=$|[\\s\\-–—.,:!?;'")}\\]\\\\/*_+~=”’…])`,
    "my",
  ),
});
const verbatim = (sign: string): InlineMark => ({
  pattern: new RegExp(
    `(?<=^|[\\s\\-–—({'"“‘[/*_+])\\${sign}(?=\\S)(?<code>[^\\${sign}\\n]{0,500}(?:\\n[^\\${sign}\\n]{0,500})?[^\\s\\${sign}])\\${sign}(?=$|[\\s\\-–—.,:!?;'")}\\]\\\\/*_+s’])`,
    "my",
  ),
  kind: "code",
});

/** What stands within a line, by the sign that it begins with. */
export const orgMarks: Readonly<Record<string, readonly InlineMark[]>> = {
  "[": [
    {
      pattern:
        /\[\[[^\][]{1,2000}\]\[\s*(?:file:|\.{0,2}\/)?[^\][]{1,500}\.(?:png|jpe?g|gif|svg|webp)\s*\]\]/iy,
      kind: "image",
    },
    { pattern: /\[\[[^\][]{1,2000}\]\[(?<words>(?:[^\][]|\[(?!\[)|\](?!\])){1,1000})\]\]/y, kind: "link" },
    { pattern: /\[\[[^\][]{1,2000}\.(?:png|jpe?g|gif|svg|webp|pdf|mp4)\]\]/iy, kind: "image" },
    { pattern: /\[\[[^\][]{1,2000}\]\]/y, shown: ([link]) => shownTarget(link.slice(2, -2)), kind: "link" },
    { pattern: /\[fn:[\w-]{1,60}\]/y },
    {
      pattern: /\[fn:[\w-]{0,60}:(?<note>(?:[^\][]|\[\[[^\][]{1,500}\](?:\[[^\][]{1,500}\])?\]){1,2000})\]/y,
    },
    { pattern: /\[cite[^\][:]{0,40}:[^\][]{1,1000}\]/y },
    { pattern: /\[\d{4}-\d{2}-\d{2}[^\]\n]{0,60}\](?:--\[[^\]\n]{0,60}\])?/y },
    { pattern: /\[\d{1,3}(?:\/\d{1,3}|%)\]/y },
  ],
  "<": [
    { pattern: /<<<?[^<>\n]{1,200}>?>>/y },
    { pattern: /<\d{4}-\d{2}-\d{2}[^>\n]{0,60}>(?:--<[^>\n]{0,60}>)?/y },
    {
      pattern: /<(?:https?|mailto):[^<>\s]{1,2000}>/y,
      shown: ([link]) => hostOf(link.slice(1, -1)),
      kind: "link",
    },
  ],
  "*": [emphasis("*")],
  "/": [emphasis("/")],
  _: [emphasis("_"), { pattern: /(?<=\S)_\{(?<words>[^{}\n]{1,60}(?:\{[^{}\n]{1,20}\})?)\}/y }],
  "^": [{ pattern: /(?<=\S)\^\{(?<words>[^{}\n]{1,60})\}/y }],
  "+": [emphasis("+")],
  "=": [verbatim("=")],
  "~": [verbatim("~")],
  "@": [{ pattern: /@@[a-z]{1,20}:[^@\n]{0,500}@@/y, kind: "html" }],
  // Of Logseq, which keeps outlines in Org too: what it puts in, and ids of blocks.
  "{": [{ pattern: /\{\{\{?[^{}\n]{1,300}\}\}\}?/y, kind: "shortcode" }],
  "(": [{ pattern: /\(\([\da-f]{8}(?:-[\da-f]{4,12}){4}\)\)/y, kind: "shortcode" }],
  "\\": [
    { pattern: /\\\([^\n]{0,500}?\\\)/y, closing: "\\)", kind: "math" },
    { pattern: /\\\[[\s\S]{0,2000}?\\\]/y, closing: "\\]", kind: "math" },
    { pattern: /\\\\(?=\s)/y },
  ],
  $: [
    { pattern: /\$\$[^$]{1,2000}\$\$/y, kind: "math" },
    {
      pattern: /(?<![A-Za-z_$])\$[^\s$.,;](?:[^$\n]{0,300}[^\s$.,;])?\$(?=$|[\s\-.,;:!?'")\]])/my,
      kind: "math",
    },
  ],
  s: [
    {
      pattern: /(?<![\p{L}\p{N}])src_[a-z]{1,20}(?:\[[^\]\n]{0,200}\])?\{(?<code>[^}\n]{1,300})\}/uy,
      kind: "code",
    },
  ],
  hf: [bareAddress],
};

function shownTarget(target: string): string {
  if (/^[a-z]+:\/\//i.test(target)) return hostOf(target);
  return target.replace(/^(?:\*|#|file:|id:|mailto:|attachment:|fuzzy:|roam:)/, "").replace(/::.*$/, "");
}
