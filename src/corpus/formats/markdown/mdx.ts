import type { MarkdownConfig } from "@lezer/markdown";
import { braceEndsIn, longestExpression } from "../brace-ends.ts";
import { reading } from "./reading.ts";
import { type BlockStart, wholeBlock } from "./whole-block.ts";

/** Characters that module code and tags are followed for. */
const LONGEST = longestExpression;
const IMPORT = /^import\s*(?:["'{*]|[\w$]+\s*(?:,|\bfrom\b))/;
const EXPORT = /^export\s+(?:default\b|const\b|let\b|var\b|function\b|async\b|class\b|[{*])/;
/** Fences within tags are indented as far as these. */
const FENCE = /^(?:`{3,6}(?=[^`]*$)|~{3,6})/;
const FENCE_ENDS: Readonly<Record<string, RegExp>> = Object.fromEntries(
  ["`", "~"].flatMap((sign) =>
    [3, 4, 5, 6].map((count) => [
      sign.repeat(count),
      new RegExp(`\\n[ \\t]*${sign}{${count},}[ \\t]*(?=\\n|$)`, "g"),
    ]),
  ),
);
const BLANK_LINE = /\n[ \t]*(?=\n)/y;
const TAG_NAME = /<(?:\/?[a-zA-Z][\w.:-]*|\/)?(?=[\s/>{])/y;

/** MDX: imports and exports, expressions in braces, and tags with expressions in them. Nothing is code by its indent. */
export const mdxCode: MarkdownConfig = {
  remove: ["IndentedCode"],
  defineNodes: [
    { name: "ModuleCode", block: true },
    { name: "ExpressionBlock", block: true },
    { name: "JsxBlock", block: true },
    { name: "DeepFence", block: true },
    "Expression",
    "JsxTag",
  ],
  props: [reading.add({ "ModuleCode ExpressionBlock DeepFence Expression": "code" })],
  parseBlock: [
    wholeBlock("ModuleCode", endOfModuleCode),
    wholeBlock(
      "ExpressionBlock",
      ({ text, from, line }) => (line.startsWith("{") ? endOfBraces(text(), from) : undefined),
      "any",
    ),
    wholeBlock(
      "JsxBlock",
      ({ text, from, line }) => (line.startsWith("<") ? endOfTag(text(), from) : undefined),
      "any",
    ),
    wholeBlock(
      "DeepFence",
      ({ from, line, find }) => {
        const fence = FENCE.exec(line)?.[0];
        const closing = fence === undefined ? undefined : FENCE_ENDS[fence];
        return closing && find(closing, from + line.length, "overBlankLines");
      },
      "any",
    ),
  ],
  parseInline: [
    {
      name: "Expression",
      before: "Escape",
      parse(cx, next, pos) {
        if (next !== 123 /* { */ && next !== 60 /* < */) return -1;
        const from = pos - cx.offset;
        const end = next === 60 ? endOfTag(cx.text, from) : endOfBraces(cx.text, from);
        if (end === undefined) return -1;
        return cx.addElement(cx.elt(next === 60 ? "JsxTag" : "Expression", pos, cx.offset + end));
      },
    },
  ],
};

/** The same length with `filler` where expressions stand: for HTML, which is not parsed as Markdown. */
export function blankExpressions(text: string, filler: string): string {
  let blanked = "";
  let done = 0;
  for (const { index } of text.matchAll(/\{/g)) {
    const end = index < done ? undefined : endOfBraces(text, index);
    if (end === undefined) continue;
    blanked += text.slice(done, index) + filler.repeat(end - index);
    done = end;
  }
  return blanked + text.slice(done);
}

/** Up to a blank line outside all brackets. */
function endOfModuleCode({ text: textOf, from, line }: BlockStart): number | undefined {
  if (!IMPORT.test(line) && !EXPORT.test(line)) return undefined;
  const text = textOf();
  const ends = braceEndsIn(text);
  let depth = 0;
  let firstBlank: number | undefined;
  const last = Math.min(text.length, from + LONGEST);
  for (let at = from; at < last; ) {
    if (isBlankLine(text, at)) {
      if (depth <= 0) return at;
      firstBlank ??= at;
    }
    depth += bracketAt(text, at);
    at = ends.endOfString(at) ?? at + 1;
  }
  return depth <= 0 && last === text.length ? text.trimEnd().length : firstBlank;
}

const endOfBraces = (text: string, from: number): number | undefined => braceEndsIn(text).endOf(from);

function endOfTag(text: string, from: number): number | undefined {
  TAG_NAME.lastIndex = from;
  if (!TAG_NAME.test(text) && !text.startsWith("<>", from)) return undefined;
  const ends = braceEndsIn(text);
  const last = Math.min(text.length, from + LONGEST);
  for (let at = from + 1; at < last; ) {
    const sign = text[at];
    if (sign === ">") return at + 1;
    if (sign === "<" || isBlankLine(text, at)) return undefined;
    const end = sign === "{" ? ends.endOf(at) : ends.endOfString(at);
    if (end === undefined && sign === "{") return undefined;
    at = end ?? at + 1;
  }
  return undefined;
}

function bracketAt(text: string, at: number): number {
  return "{[(".includes(text[at] ?? " ") ? 1 : "}])".includes(text[at] ?? " ") ? -1 : 0;
}

function isBlankLine(text: string, at: number): boolean {
  if (text[at] !== "\n") return false;
  BLANK_LINE.lastIndex = at;
  return BLANK_LINE.test(text);
}
