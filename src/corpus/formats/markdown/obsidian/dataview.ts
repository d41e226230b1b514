import type { MarkdownConfig } from "@lezer/markdown";
import { inlinePattern } from "../inline-pattern.ts";
import { reading } from "../reading.ts";

const SHOWN_FIELD =
  /^(\([\p{L}\p{N}_][\p{L}\p{M}\p{N} _/-]{0,60}::[ \t]+)([^\n()]{0,300}?\p{L}[^\n()]{0,300})\)/u;

/**
 * Fields of Dataview and properties of Logseq: `key:: value` as a line, in brackets within one. In round brackets the
 * words of the value are part of the sentence, as Dataview shows them alone there.
 */
export const dataview: MarkdownConfig = {
  defineNodes: ["FieldLine", "InlineField", "ShownField", "FieldKey", "FieldEnd"],
  props: [reading.add({ "FieldLine InlineField FieldKey": "shortcode", FieldEnd: "mark" })],
  parseInline: [
    inlinePattern({
      name: "FieldLine",
      opens: "",
      at: "lineStart",
      pattern:
        /^[*_]{0,2}[\p{L}\p{N}_][\p{L}\p{M}\p{N}_/-]{0,60}(?: [\p{L}\p{M}\p{N}_/-]{1,60}){0,3}(?:[*_]{0,2}::|::[*_]{0,2})(?:[ \t][^\n]*)?(?=\n|$)/u,
    }),
    {
      name: "ShownField",
      before: "Escape",
      parse(cx, next, pos) {
        if (next !== 40 /* ( */) return -1;
        const [written, key = "", value = ""] =
          SHOWN_FIELD.exec(cx.slice(pos, Math.min(cx.end, pos + 700))) ?? [];
        if (written === undefined) return -1;
        const [from, end] = [pos + key.length, pos + written.length];
        return cx.addElement(
          cx.elt("ShownField", pos, end, [
            cx.elt("FieldKey", pos, from),
            ...cx.parser.parseInline(value, from),
            cx.elt("FieldEnd", end - 1, end),
          ]),
        );
      },
    },
    inlinePattern({
      name: "InlineField",
      opens: "[(",
      pattern:
        /^(?:\[[\p{L}\p{N}_][\p{L}\p{M}\p{N} _/-]{0,60}::[ \t][^\n[\]]{0,300}\](?![([])|\([\p{L}\p{N}_][\p{L}\p{M}\p{N} _/-]{0,60}::[ \t][^\n()]{0,300}\))/u,
    }),
  ],
};
