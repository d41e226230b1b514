import type { InlineContext, LeafBlockParser, MarkdownConfig } from "@lezer/markdown";
import { inlinePattern } from "../inline-pattern.ts";
import { reading } from "../reading.ts";
import { wholeBlock } from "../whole-block.ts";

/** Themes take more behind a bar: `[!note|right]`. */
const CALLOUT = /^>[ \t]?\[!(?!(?:quote|cite)[|\]])[\w-]+(?:\|[^\]\n]*)?\]/i;
const COMMENT_END = /%%/g;
/** Of Roam: the name of a page has another's in it. */
const NESTED_LINK = /^\[\[[^[\]|\n]{0,200}(?:\[\[[^[\]|\n]{1,200}\]\][^[\]|\n]{0,200}){1,4}\]\]/;
/** CommonMark has no blanks in addresses; editors of notes write them. */
const SPACED_LINK =
  /^\[([^[\]\n]{1,200})\]\((?=\1\)|[^()\s]{1,200}\/|[^()\n]{1,200}\.(?:md|pdf|org|html?)\))[^()<>"\s][^()<>"\n]{0,200}[ ][^()<>"\n]{1,200}\)/;
const WIKI_LINK = /^\[\[(?!\w+:\/\/)(?:([^[\]|\n]{1,200})\|)?([^[\]|\n]{1,200})\]\](?![([])/;
/** Themes have more than done and not done: `- [-] given up`, `- [?] asked`. */
const STATUS = /^\[[^\s[\]xX]\][ \t]+(?=\S)/;
const HIGHLIGHT = { resolve: "Highlight", mark: "HighlightMark" };

const statusTask: LeafBlockParser = {
  nextLine: () => false,
  finish(cx, leaf) {
    const { start, content } = leaf;
    const words = cx.parser.parseInline(content.slice(3), start + 3);
    const task = cx.elt("Task", start, start + content.length, [
      cx.elt("TaskMarker", start, start + 3),
      ...words,
    ]);
    cx.addLeafElement(leaf, task);
    return true;
  },
};

/** What Obsidian adds, with what GitHub has of it: tasks of any state, boxes, embeds, links to pages, comments, ids and highlights. */
export const obsidian: MarkdownConfig = {
  defineNodes: [
    {
      name: "Callout",
      block: true,
      composite(cx, line) {
        if (line.next !== 62 /* > */) return false;
        line.addMarker(cx.elt("QuoteMark", cx.lineStart + line.pos, cx.lineStart + line.pos + 1));
        line.moveBase(line.pos + (/[ \t]/.test(line.text[line.pos + 1] ?? "") ? 2 : 1));
        return true;
      },
    },
    "CalloutTitle",
    { name: "HiddenBlock", block: true },
    "Hidden",
    "Embed",
    "BlockId",
    "WikiLink",
    "WikiLinkMark",
    "Highlight",
    "HighlightMark",
  ],
  props: [
    reading.add({
      "CalloutTitle Hidden HiddenBlock BlockId": "shortcode",
      Embed: "image",
      "WikiLinkMark HighlightMark": "mark",
    }),
  ],
  parseBlock: [
    {
      name: "Callout",
      before: "Blockquote",
      parse(cx, line) {
        if (line.next !== 62 || !CALLOUT.test(line.text.slice(line.pos))) return false;
        cx.startComposite("Callout", line.pos);
        cx.addElement(cx.elt("QuoteMark", cx.lineStart + line.pos, cx.lineStart + line.pos + 1));
        line.moveBase(line.pos + (/[ \t]/.test(line.text[line.pos + 1] ?? "") ? 2 : 1));
        return null;
      },
    },
    {
      name: "StatusTask",
      after: "SetextHeading",
      leaf: (cx, { content }) =>
        STATUS.test(content) && cx.parentType().name === "ListItem" ? statusTask : null,
    },
    wholeBlock("HiddenBlock", ({ line, from, find }) =>
      line.startsWith("%%") ? find(COMMENT_END, from + 2, "overBlankLines") : undefined,
    ),
  ],
  parseInline: [
    // A title that is a sentence is text.
    inlinePattern({
      name: "CalloutTitle",
      opens: "[",
      at: "lineStart",
      pattern: /^\[![\w-]{1,40}(?:\|[^\]\n]{0,100})?\][+-]?(?:[^\n]*[^\n.!?…](?=\n|$))?/,
    }),
    inlinePattern({
      name: "Hidden",
      opens: "%",
      notAfter: /[\w%]/,
      pattern: /^%%(?:(?!%%)[\s\S]){1,2000}%%/,
    }),
    inlinePattern({ name: "Embed", opens: "!", pattern: /^!\[\[[^[\]\n]{1,300}\]\]/ }),
    inlinePattern({ name: "BlockId", opens: "^", notAfter: /\S/, pattern: /^\^[a-zA-Z\d-]{1,60}\s*$/ }),
    {
      name: "WikiLink",
      before: "Escape",
      parse(cx, next, pos) {
        if (next !== 91 /* [ */) return -1;
        const text = cx.slice(pos, Math.min(cx.end, pos + 500));
        if (cx.char(pos + 1) !== 91) return cx.char(pos - 1) === 33 /* ! */ ? -1 : spacedLink(cx, text, pos);
        const [written, page, shown = ""] = WIKI_LINK.exec(text) ?? [];
        if (written === undefined) return nestedLink(cx, text, pos);
        const end = pos + written.length;
        const from = end - 2 - shown.length;
        return cx.addElement(
          cx.elt("WikiLink", pos, end, [
            cx.elt("WikiLinkMark", pos, page === undefined ? pos + 2 : from),
            cx.elt("WikiLinkMark", end - 2, end),
          ]),
        );
      },
    },
    {
      name: "Highlight",
      after: "Emphasis",
      parse(cx, next, pos) {
        if (next !== 61 || cx.char(pos + 1) !== 61 || cx.char(pos + 2) === 61 || cx.char(pos - 1) === 61)
          return -1;
        const isBlank = (at: number) => /^\s?$/.test(cx.slice(at, at + 1));
        const before = pos === cx.offset || isBlank(pos - 1);
        return cx.addDelimiter(HIGHLIGHT, pos, pos + 2, !isBlank(pos + 2), !before);
      },
    },
  ],
};

function spacedLink(cx: InlineContext, text: string, pos: number): number {
  const [written, words = ""] = SPACED_LINK.exec(text) ?? [];
  if (written === undefined) return -1;
  const end = pos + written.length;
  const marks = [cx.elt("WikiLinkMark", pos, pos + 1), cx.elt("WikiLinkMark", pos + 1 + words.length, end)];
  return cx.addElement(cx.elt("WikiLink", pos, end, marks));
}

function nestedLink(cx: InlineContext, text: string, pos: number): number {
  const written = NESTED_LINK.exec(text)?.[0];
  if (written === undefined) return -1;
  const marks = Array.from(written.matchAll(/\[\[|\]\]/g), ({ index }) =>
    cx.elt("WikiLinkMark", pos + index, pos + index + 2),
  );
  return cx.addElement(cx.elt("WikiLink", pos, pos + written.length, marks));
}
