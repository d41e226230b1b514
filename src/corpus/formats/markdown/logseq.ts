import type { LeafBlockParser, MarkdownConfig } from "@lezer/markdown";
import { inlinePattern } from "./inline-pattern.ts";
import { reading } from "./reading.ts";
import { wholeBlock } from "./whole-block.ts";

const BLOCK_BEGIN = /^#\+begin_(\w+)/i;
const BLOCK_END = /#\+end_\w+/gi;
/** Blocks of Org that are no prose of the writer's; others, such as `note`, only lose their first and last lines. */
const BLOCKS: Readonly<Record<string, string>> = {
  src: "OrgCode",
  example: "OrgCode",
  export: "OrgCode",
  comment: "OrgCode",
  query: "OrgCode",
  quote: "OrgQuotation",
  verse: "OrgQuotation",
};
/** Of Logseq, in an outline alone: elsewhere a sentence may begin with such a word in capitals. */
const OUTLINE_TASK = /^(?:NOW|WAIT|STARTED|CANCELLED|IN-PROGRESS)[ \t]+(?:\[#[ABC]\][ \t]*)?(?=\S)/;

const outlineTask: LeafBlockParser = {
  nextLine: () => false,
  finish(cx, leaf) {
    const { start, content } = leaf;
    const from = OUTLINE_TASK.exec(content)?.[0].length ?? 0;
    const words = cx.parser.parseInline(content.slice(from), start + from);
    const task = cx.elt("Task", start, start + content.length, [
      cx.elt("TaskWord", start, start + from),
      ...words,
    ]);
    cx.addLeafElement(leaf, task);
    return true;
  },
};

const orgBlock = (name: string) =>
  wholeBlock(name, ({ line, from, find }) => {
    const kind = BLOCK_BEGIN.exec(line)?.[1]?.toLowerCase();
    return kind !== undefined && BLOCKS[kind] === name
      ? find(BLOCK_END, from + line.length, "overBlankLines")
      : undefined;
  });

/** Outlines of Logseq and Roam: blocks of Org, drawers, plans, task words, priorities, references to blocks and highlights. Properties are fields. */
export const logseq: MarkdownConfig = {
  defineNodes: [
    ...["OrgCode", "OrgQuotation", "OrgMark"].map((name) => ({ name, block: true })),
    "Drawer",
    "Plan",
    "TaskWord",
    "BlockReference",
    "RoamMark",
  ],
  props: [
    reading.add({
      "Drawer Plan TaskWord BlockReference OrgMark": "shortcode",
      OrgCode: "code",
      OrgQuotation: "quotation",
      RoamMark: "mark",
    }),
  ],
  parseBlock: [
    orgBlock("OrgCode"),
    orgBlock("OrgQuotation"),
    wholeBlock("OrgMark", ({ line, from }) =>
      /^#\+(?:begin|end)_\w+[ \t]*$/i.test(line) ? from + line.trimEnd().length : undefined,
    ),
    {
      name: "OutlineTask",
      after: "SetextHeading",
      leaf: (cx, { content }) =>
        OUTLINE_TASK.test(content) && cx.parentType().name === "ListItem" ? outlineTask : null,
    },
  ],
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
