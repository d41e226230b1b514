import type { MarkdownConfig } from "@lezer/markdown";
import { reading } from "./reading.ts";
import { wholeBlock } from "./whole-block.ts";

/** The lines of colons around a box of Pandoc, Quarto, Docusaurus and VuePress; what is in the box is text. */
export const fencedDivs: MarkdownConfig = {
  defineNodes: [{ name: "DivFence", block: true }],
  props: [reading.add({ DivFence: "shortcode" })],
  parseBlock: [
    wholeBlock("DivFence", ({ line, from }) =>
      line.startsWith(":::") ? from + line.trimEnd().length : undefined,
    ),
  ],
};
