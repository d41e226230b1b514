import type { MarkdownConfig } from "@lezer/markdown";
import { inlinePattern } from "./inline-pattern.ts";
import { reading } from "./reading.ts";

const REFERENCE = /^\[\^[^\]\s]{1,200}\]/;
const DEFINITION = /^\[\^[^\]\s]{1,200}\]:[ \t]?/;

/** Footnotes: their marks are passed over, and what they say is text. */
export const footnotes: MarkdownConfig = {
  defineNodes: [
    {
      name: "FootnoteDefinition",
      block: true,
      composite(_cx, line) {
        if (line.next >= 0 && line.indent < line.baseIndent + 4) return false;
        if (line.next >= 0) line.moveBase(line.findColumn(line.baseIndent + 4));
        return true;
      },
    },
    "FootnoteLabel",
    "FootnoteReference",
  ],
  props: [reading.add({ "FootnoteLabel FootnoteReference": "mark" })],
  parseBlock: [
    {
      name: "FootnoteDefinition",
      before: "FencedCode",
      parse(cx, line) {
        const label = line.next === 91 /* [ */ ? DEFINITION.exec(line.text.slice(line.pos))?.[0] : undefined;
        if (label === undefined || line.indent >= line.baseIndent + 4) return false;
        cx.startComposite("FootnoteDefinition", line.pos);
        const from = cx.lineStart + line.pos;
        cx.addElement(cx.elt("FootnoteLabel", from, from + label.trimEnd().length));
        line.moveBase(line.pos + label.length);
        return null;
      },
      endLeaf: (_cx, line) => line.next === 91 && DEFINITION.test(line.text.slice(line.pos)),
    },
  ],
  parseInline: [
    inlinePattern({ name: "FootnoteReference", opens: "[", pattern: REFERENCE }),
    {
      // An exclamation before a mark makes no image of it.
      name: "FootnoteExclamation",
      before: "Image",
      parse: (cx, next, pos) => (next === 33 && REFERENCE.test(cx.slice(pos + 1, cx.end)) ? pos + 1 : -1),
    },
  ],
};
