import type { MarkdownConfig } from "@lezer/markdown";
import { inlinePattern } from "./inline-pattern.ts";
import { reading } from "./reading.ts";

/** Outlines of Logseq and Roam: drawers, plans, task words, priorities, references to blocks and highlights. Properties are fields. */
export const logseq: MarkdownConfig = {
  defineNodes: ["Drawer", "Plan", "TaskWord", "BlockReference", "RoamMark"],
  props: [reading.add({ "Drawer Plan TaskWord BlockReference": "shortcode", RoamMark: "mark" })],
  parseInline: [
    inlinePattern({
      name: "Drawer",
      opens: ":",
      at: "lineStart",
      pattern: /^:(?:LOGBOOK|PROPERTIES):(?:(?!:END:)[\s\S]){0,5000}:END:/,
    }),
    inlinePattern({
      name: "Plan",
      opens: "SDC",
      at: "lineStart",
      pattern: /^(?:SCHEDULED|DEADLINE|CLOSED|CLOCK):[ \t]*[<[][^\n<>[\]]{1,100}[>\]][^\n]*/,
    }),
    inlinePattern({
      name: "TaskWord",
      opens: "TDLWC",
      at: "blockStart",
      pattern: /^(?:TODO|DOING|DONE|LATER|WAITING|CANCELED)[ \t]+(?:\[#[ABC]\][ \t]*)?(?=\S)/,
    }),
    inlinePattern({
      name: "BlockReference",
      opens: "(",
      pattern: /^\(\((?:[\da-f]{8}(?:-[\da-f]{4,12}){4}|[\w-]{9})\)\)/,
    }),
    inlinePattern({ name: "RoamMark", opens: "^", pattern: /^\^\^/ }),
  ],
};
