import type { MarkdownConfig } from "@lezer/markdown";
import { reading } from "./reading.ts";
import { wholeBlock } from "./whole-block.ts";

const IMPORT =
  /^import\s+(?:(?:[\w$]+|\{[^{}'"]*\}|\*\s+as\s+\w+)(?:\s*,\s*\{[^{}'"]*\})?\s+from\s+)?(["'])[^'"\n]+\1;?[ \t]*$/;

/** Lines that import components: Docusaurus and Astro read them in any Markdown. */
export const moduleLines: MarkdownConfig = {
  defineNodes: [{ name: "ImportLine", block: true }],
  props: [reading.add({ ImportLine: "code" })],
  parseBlock: [
    wholeBlock("ImportLine", ({ line, from }) =>
      line.startsWith("import") && IMPORT.test(line) ? from + line.trimEnd().length : undefined,
    ),
  ],
};
