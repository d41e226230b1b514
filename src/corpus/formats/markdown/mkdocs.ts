import type { MarkdownConfig } from "@lezer/markdown";
import { reading } from "./reading.ts";
import { wholeBlock } from "./whole-block.ts";

const OPENING = /^(?:(?:!!!|\?\?\?\+?)[ \t]+[\w-].*|===[!+]?[ \t]+".*)$/;

/** Admonitions, boxes and tabs of Python-Markdown and MkDocs, of which the titles are marks; and `[TOC]`. */
export const mkdocs: MarkdownConfig = {
  defineNodes: [
    {
      name: "Admonition",
      block: true,
      composite(_cx, line) {
        if (line.next < 0) return true;
        if (line.indent < line.baseIndent + 4) return false;
        line.moveBase(line.findColumn(line.baseIndent + 4));
        return true;
      },
    },
    "AdmonitionTitle",
    { name: "TableOfContents", block: true },
  ],
  props: [reading.add({ "AdmonitionTitle TableOfContents": "shortcode" })],
  parseBlock: [
    {
      name: "Admonition",
      before: "FencedCode",
      parse(cx, line) {
        if (line.indent >= line.baseIndent + 4 || !OPENING.test(line.text.slice(line.pos).trimEnd()))
          return false;
        cx.startComposite("Admonition", line.pos);
        cx.addElement(
          cx.elt("AdmonitionTitle", cx.lineStart + line.pos, cx.lineStart + line.text.trimEnd().length),
        );
        line.moveBase(line.text.length);
        return null;
      },
      endLeaf: (_cx, line) => OPENING.test(line.text.slice(line.pos).trimEnd()),
    },
    wholeBlock("TableOfContents", ({ line, from }) =>
      /^(?:\[(?:TOC|toc)\]|\[\[_?TOC_?\]\])[ \t]*$/.test(line) ? from + line.trimEnd().length : undefined,
    ),
  ],
};
