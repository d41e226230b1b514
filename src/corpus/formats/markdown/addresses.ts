import type { MarkdownConfig } from "@lezer/markdown";
import { inlinePattern } from "./inline-pattern.ts";

const SIGN = String.raw`[^\s<>()"“”\u0060|\\^{}[\]`;
const IN_BRACKETS = String.raw`\(${SIGN}]*\)`;

/** Addresses that stand in the text, of any host: GFM knows none without a full stop, and takes quotation marks along. */
export const addresses: MarkdownConfig = {
  parseInline: [
    inlinePattern({
      name: "URL",
      opens: "hH",
      notAfter: /\w/,
      pattern: new RegExp(
        `^https?://(?:${IN_BRACKETS}|${SIGN}])*(?:${IN_BRACKETS}|${SIGN}.,;:!?'’*_~])`,
        "i",
      ),
    }),
  ],
};
