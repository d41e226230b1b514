import type { MarkdownConfig } from "@lezer/markdown";
import { reading } from "./reading.ts";
import { wholeBlock } from "./whole-block.ts";

/** Python-Markdown's blocks (facelessuser.github.io/pymdown-extensions): `/// note | A title` to `///`. */
const SLASHES = /^\/{3,}(?:[ \t]+[\w-]+(?:[ \t]*\|[^\n]*)?)?[ \t]*$/;

const ANGLES = /^>>>[ \t]*$/;
const ANGLES_BELOW = /\n>>>[ \t]*(?=\n|$)/g;

/** The lines of colons or slashes around a box of Pandoc, Quarto, Docusaurus, VuePress and MkDocs; what is in it is text. */
export const fencedDivs: MarkdownConfig = {
  defineNodes: [
    { name: "DivFence", block: true },
    { name: "FencedQuotation", block: true },
  ],
  props: [reading.add({ DivFence: "shortcode", FencedQuotation: "quotation" })],
  parseBlock: [
    // GitLab's quotations over paragraphs.
    wholeBlock("FencedQuotation", ({ line, from, find }) =>
      ANGLES.test(line) ? find(ANGLES_BELOW, from + 3, "overBlankLines") : undefined,
    ),
    wholeBlock("DivFence", ({ line, from }) =>
      line.startsWith(":::") || SLASHES.test(line) ? from + line.trimEnd().length : undefined,
    ),
  ],
};
