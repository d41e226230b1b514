import type { MarkdownConfig } from "@lezer/markdown";
import { inlinePattern } from "./inline-pattern.ts";
import { reading } from "./reading.ts";
import { wholeBlock } from "./whole-block.ts";

/** A description of a picture may be long. */
const ATTRIBUTES =
  /^(?:\{:?\s?[#.:][\w-][^{}\n]{0,2000}\}|\{:[^{}\n]{0,200}\}|\{\s?[a-zA-Z][\w-]*=(?:"[^"{}\n]*"|[\w%.-]+)[^{}\n]{0,2000}\})/;

/** Attributes of Kramdown, Pandoc and Docusaurus: `{: .note}`, `{#anchor}`, `{width=60%}`. */
export const attributes: MarkdownConfig = {
  defineNodes: [{ name: "AttributesBlock", block: true }, "Attributes"],
  props: [reading.add({ "Attributes AttributesBlock": "shortcode" })],
  parseBlock: [
    wholeBlock("AttributesBlock", ({ line, from }) => {
      const written = line.startsWith("{") ? ATTRIBUTES.exec(line)?.[0] : undefined;
      return written === undefined ? undefined : from + written.length;
    }),
  ],
  parseInline: [inlinePattern({ name: "Attributes", opens: "{", pattern: ATTRIBUTES })],
};
