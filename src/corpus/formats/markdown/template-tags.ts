import { InlineContext, type MarkdownConfig } from "@lezer/markdown";
import type { PartKind } from "../../document.ts";
import { reading } from "./reading.ts";
import { type BlockStart, wholeBlock } from "./whole-block.ts";

/** Up to a blank line, a code fence or so many characters: no template tag is longer. */
const INSIDE = "(?:(?!\\n[ \\t]*\\n|```)[\\s\\S]){0,1000}?";
/** Liquid, Jinja, Hugo, Zola, Tera, Nunjucks, Hexo; then Templater, EJS and ERB. */
const TAG = new RegExp(`\\{\\{${INSIDE}\\}\\}|\\{%${INSIDE}%\\}|\\{#(?!\\}).{0,300}?#\\}|<%${INSIDE}%>`, "y");

const TEMPLATER_END = /[-_]?%>/g;

/** Tags that come in pairs around what is not the writer's text, with what it is. */
const PAIRED: ReadonlyMap<string, PartKind> = new Map([
  ...["highlight", "code_block", "codeblock", "code", "mermaid"].map((name) => [name, "code"] as const),
  ["math", "math"],
  ["comment", "shortcode"],
  ...["quote", "blockquote", "pullquote"].map((name) => [name, "quotation"] as const),
]);
const NODES: Readonly<Partial<Record<PartKind, string>>> = {
  code: "TemplateCode",
  math: "TemplateMath",
  shortcode: "TemplateComment",
  quotation: "TemplateQuotation",
};
const NAMES = [...PAIRED.keys()].join("|");
const OPENING = new RegExp(`\\{[%{][<%]?[-~]?\\s*(${NAMES})(?![\\w-])${INSIDE}[%}]\\}`, "y");
const CLOSINGS: ReadonlyMap<string, RegExp> = new Map(
  [...PAIRED.keys()].map((name) => [
    name,
    new RegExp(`\\{[%{][<%]?[-~]?\\s*(?:end_?|/)\\s*${name}(?![\\w-])${INSIDE}[%}]\\}`, "g"),
  ]),
);

interface Pair {
  readonly node: string;
  readonly tagEnd: number;
  readonly closing: RegExp;
}

/** The tags of static site generators and of note programs' templates, with what stands in those that quote or show. */
export const templateTags: MarkdownConfig = {
  defineNodes: [
    { name: "TemplateTagBlock", block: true },
    { name: "TemplateReference", block: true },
    "TemplateTag",
    ...Object.values(NODES).flatMap((name) => [{ name: `${name}Block`, block: true }, name]),
  ],
  props: [
    reading.add({ "TemplateTag TemplateTagBlock": "shortcode", TemplateReference: "link" }),
    ...Object.entries(NODES).map(([kind, name]) =>
      reading.add({ [`${name} ${name}Block`]: kind as PartKind }),
    ),
  ],
  parseBlock: [
    ...Object.values(NODES).map((name) => wholeBlock(`${name}Block`, (start) => endOfPair(start, name))),
    wholeBlock("TemplateTagBlock", endOfTags),
    wholeBlock("TemplateReference", ({ line, from }) =>
      /^\[[^\]^\n][^\]\n]{0,200}\]:[ \t]*\S{0,200}\{[{%]/.test(line)
        ? from + line.trimEnd().length
        : undefined,
    ),
  ],
  parseInline: [
    {
      name: "TemplateTag",
      before: "Escape",
      parse(cx, next, pos) {
        if (next !== 123 /* { */ && next !== 60 /* < */) return -1;
        const text = cx.slice(pos, cx.end);
        const pair = pairAt(text, 0);
        const pairEnd = pair === undefined ? undefined : nextEnd(pair.closing, text, pair.tagEnd);
        if (pair !== undefined && pairEnd !== undefined)
          return cx.addElement(cx.elt(pair.node, pos, pos + pairEnd));
        const end = tagEnd(text, 0);
        return end === undefined ? -1 : cx.addElement(cx.elt("TemplateTag", pos, pos + end));
      },
    },
    { name: "TemplateAddress", before: "LinkEnd", parse: endLink },
  ],
};

/** The same length with `filler` where tags stand: for a text that is not parsed as Markdown, such as HTML. */
export function blankTemplateTags(text: string, filler: string): string {
  let blanked = "";
  let done = 0;
  for (const { index } of text.matchAll(/\{[{%#]|<%/g)) {
    if (index < done) continue;
    const pair = pairAt(text, index);
    const end =
      (pair === undefined ? undefined : nextEnd(pair.closing, text, pair.tagEnd)) ?? tagEnd(text, index);
    if (end === undefined) continue;
    blanked += text.slice(done, index) + filler.repeat(end - index);
    done = end;
  }
  return blanked + text.slice(done);
}

function endOfPair({ text, from, line, find }: BlockStart, node: string): number | undefined {
  if (!line.startsWith("{")) return undefined;
  const pair = pairAt(text(), from);
  return pair?.node === node ? find(pair.closing, pair.tagEnd, "overBlankLines") : undefined;
}

/** A link or image whose address a tag gives, blanks and all: `[here]({% post_url 2020-02-02-there %})`. */
function endLink(cx: InlineContext, next: number, pos: number): number {
  if (next !== 93 /* ] */ || cx.char(pos + 1) !== 40 /* ( */) return -1;
  const text = cx.slice(pos, Math.min(cx.end, pos + 2_000));
  const length = lengthOfAddress(text);
  if (length === undefined) return -1;
  const link = cx.findOpeningDelimiter(InlineContext.linkStart) ?? -1;
  const image = cx.findOpeningDelimiter(InlineContext.imageStart) ?? -1;
  const opening = cx.getDelimiterAt(Math.max(link, image));
  if (opening === null) return -1;
  const [from, textStart, end] = [opening.from, opening.to, pos + 2 + length + 1];
  const words = cx.takeContent(Math.max(link, image));
  return cx.addElement(
    cx.elt(link > image ? "Link" : "Image", from, end, [
      cx.elt("LinkMark", from, textStart),
      ...words,
      cx.elt("LinkMark", pos, pos + 1),
      cx.elt("LinkMark", pos + 1, pos + 2),
      cx.elt("URL", pos + 2, end - 1),
      cx.elt("LinkMark", end - 1, end),
    ]),
  );
}

/** Of what stands in the brackets behind `](`, which must hold a tag. */
function lengthOfAddress(text: string): number | undefined {
  let holdsTag = false;
  for (let at = 2; at < text.length; ) {
    const end = tagEnd(text, at);
    if (end !== undefined) holdsTag = true;
    else if (text[at] === ")") return holdsTag ? at - 2 : undefined;
    else if (text[at] === "(" || text[at] === "\n") return undefined;
    at = end ?? at + 1;
  }
  return undefined;
}

/** One tag after the other, and nothing else. */
function endOfTags({ text: textOf, from, line, find }: BlockStart): number | undefined {
  if (!/^(?:\{[{%#]|<%)/.test(line)) return undefined;
  // A program of Templater, which may have blank lines.
  if (/^<%[-_]?\*/.test(line)) return find(TEMPLATER_END, from + 3, "overBlankLines");
  const text = textOf();
  let end = tagEnd(text, from);
  while (end !== undefined) {
    const further = tagEnd(text, end + (/^[ \t]*/.exec(text.slice(end, end + 40))?.[0].length ?? 0));
    if (further === undefined) return end;
    end = further;
  }
  return undefined;
}

function tagEnd(text: string, at: number): number | undefined {
  TAG.lastIndex = at;
  return TAG.test(text) ? TAG.lastIndex : undefined;
}

function pairAt(text: string, at: number): Pair | undefined {
  OPENING.lastIndex = at;
  const name = OPENING.exec(text)?.[1] ?? "";
  const [kind, closing] = [PAIRED.get(name), CLOSINGS.get(name)];
  const node = kind === undefined ? undefined : NODES[kind];
  return node === undefined || closing === undefined
    ? undefined
    : { node, tagEnd: OPENING.lastIndex, closing };
}

function nextEnd(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
