import type { MarkdownConfig } from "@lezer/markdown";
import { inlinePattern } from "./inline-pattern.ts";
import { reading } from "./reading.ts";

/** Fields of Dataview and properties of Logseq: `key:: value` as a line, in brackets within one. */
export const dataview: MarkdownConfig = {
  defineNodes: ["FieldLine", "InlineField"],
  props: [reading.add({ "FieldLine InlineField": "shortcode" })],
  parseInline: [
    inlinePattern({
      name: "FieldLine",
      opens: "",
      at: "lineStart",
      pattern:
        /^[*_]{0,2}[\p{L}\p{N}_][\p{L}\p{M}\p{N}_/-]*(?: [\p{L}\p{M}\p{N}_/-]+){0,3}(?:[*_]{0,2}::|::[*_]{0,2})(?:[ \t][^\n]*)?(?=\n|$)/u,
    }),
    inlinePattern({
      name: "InlineField",
      opens: "[(",
      pattern:
        /^(?:\[[\p{L}\p{N}_][\p{L}\p{M}\p{N} _/-]{0,60}::[ \t][^\n[\]]{0,300}\](?![([])|\([\p{L}\p{N}_][\p{L}\p{M}\p{N} _/-]{0,60}::[ \t][^\n()]{0,300}\))/u,
    }),
  ],
};
