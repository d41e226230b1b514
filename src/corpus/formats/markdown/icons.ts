import type { MarkdownConfig } from "@lezer/markdown";
import { inlinePattern } from "./inline-pattern.ts";
import { reading } from "./reading.ts";

/** Pictures by their names, as GitHub, Jekyll and MkDocs have them: `:tada:`, `:material-bug:`, `:+1:`. */
export const icons: MarkdownConfig = {
  defineNodes: ["Icon"],
  props: [reading.add({ Icon: "image" })],
  parseInline: [
    inlinePattern({
      name: "Icon",
      opens: ":",
      notAfter: /[\w:]/,
      pattern: /^(?::(?:[a-z][a-z\d_+-]{1,60}|[+-]1|100):)+(?![\w:`])/,
    }),
  ],
};
