import { bareAddress, hostOf, type InlineMark } from "../inline-reader.ts";

const emphasis = (mark: string, inner: string): InlineMark => ({
  pattern: new RegExp(
    `(?<=^|[\\s'"([{<\\-/:‘“’«¡¿–—])${mark}(?=\\S)(?<words>${inner}{0,600}?)(?<=\\S)${mark}(?=$|[\\s'")\\]}>\\-/:.,;!?\\\\’”»–—])`,
    "my",
  ),
});

/** The notations within paragraphs, by the signs that they begin with. */
export const restructuredTextMarks: Readonly<Record<string, readonly InlineMark[]>> = {
  "*": [emphasis("\\*\\*", "[^*]"), emphasis("\\*", "[^*]")],
  "`": [
    { pattern: /``(?=\S)(?<code>(?:[^`]|`(?!`)){1,500})``/y, kind: "code" },
    { pattern: /`(?<words>[^`<]{1,500}?)\s*<[^`>]{1,2000}>`__?/y, kind: "link" },
    { pattern: /`<[^`>]{1,2000}>`__?/y, kind: "link" },
    { pattern: /`(?<words>[^`]{1,500})`__?(?![\p{L}\p{N}])/uy },
    { pattern: /`[^`]{1,500}`:(?:math|raw[\w-]*):/y, kind: "math" },
    { pattern: /`(?<words>[^`]{1,500})`(?::[\w:.+-]{1,60}:)?/y },
  ],
  ":": [
    {
      pattern: /:(?:math|raw[\w-]{0,20}|cite[\w:]{0,20}|footcite[\w:]{0,20}|index):`[^`]{1,1000}`/y,
      kind: "math",
    },
    {
      pattern:
        /:(?:code|file|command|program|option|envvar|kbd|samp|literal|c|cpp|js|py|sh|bash)(?::[\w:.+-]{1,40})?:`[~!]?(?<code>[^`<]{1,300})(?:<[^`>]{1,300}>)?`/y,
      kind: "code",
    },
    { pattern: /:[a-zA-Z][\w:.+-]{0,60}:`[~!]?(?<words>[^`<]{1,500}?)\s*<[^`>]{1,2000}>`/y, kind: "link" },
    {
      pattern: /:(pep|rfc):`(\d{1,5})(?:#[^`]{0,100})?`/y,
      shown: ([, series = "", number = ""]) => `${series.toUpperCase()} ${number}`,
    },
    { pattern: /:[a-zA-Z][\w:.+-]{0,60}:`[~!]?(?<words>[^`]{1,500})`/y },
  ],
  "|": [
    { pattern: /\|[^|\s](?:[^|\n]{0,60}[^|\s])?\|(?:__?)?(?=$|[\s'")\]}>\-/:.,;!?])/my, kind: "shortcode" },
  ],
  "[": [{ pattern: /\[(?:\d{1,4}|#[\w-]{0,60}|\*|[A-Z][\w.:+-]{1,40})\]_/y }],
  _: [
    { pattern: /(?<=^|\s)_`(?<words>[^`]{1,300})`/my },
    { pattern: /(?<=[\p{L}\p{N}])__?(?=$|[\s.,;:!?)'"])/muy },
  ],
  "\\": [{ pattern: /\\[\s]/y, shown: () => "" }, { pattern: /\\(?<words>[!-/:-@[-`{-~])/y }],
  // Templates of Jinja, which sites are made with.
  "{": [{ pattern: /\{(?:\{[^{}\n]{1,200}\}|%[^{}\n]{1,200}%)\}/y, kind: "shortcode" }],
  "<": [
    {
      pattern: /<(?:https?|mailto):[^<>\s]{1,2000}>/y,
      shown: ([link]) => hostOf(link.slice(1, -1)),
      kind: "link",
    },
  ],
  hf: [bareAddress],
};
