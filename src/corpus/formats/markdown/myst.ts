import type { BlockContext, Line, MarkdownConfig } from "@lezer/markdown";
import { inlinePattern } from "./inline-pattern.ts";
import { reading, shownAs } from "./reading.ts";
import { type BlockStart, blockStart, nearby, wholeBlock } from "./whole-block.ts";

const names = (...lines: readonly string[]): ReadonlySet<string> =>
  new Set(lines.flatMap((line) => line.split(" ")));

/** Directives (mystmd.org, 'Directives') whose content is text. */
const OF_TEXT = names(
  "admonition attention aside card caution danger deprecated div dropdown epigraph error exercise grid grid-item",
  "grid-item-card hint important margin note pull-quote seealso sidebar solution tab-item tab-set tip topic",
  "versionadded versionchanged warning prf:assumption prf:axiom prf:conjecture prf:corollary prf:criterion",
  "prf:definition prf:example prf:lemma prf:observation prf:proof prf:property prf:proposition prf:remark prf:theorem",
);
/** Those whose content is none, between colons, too, where that of others is. */
const OF_NO_TEXT = names(
  "bibliography code code-block code-cell csv-table embed eval-rst figure glue iframe image include index list-table",
  "literalinclude math mermaid output raw sourcecode table toctree",
);
const OPENING = /^(`{3,8}|:{3,8})\{([a-z][\w:-]*)\}[^`\n]*$/;
/** A line that closes what was opened with so many signs, and no other. */
const CLOSINGS: Readonly<Record<string, RegExp>> = Object.fromEntries(
  ["`", ":"].flatMap((sign) =>
    [3, 4, 5, 6, 7, 8].map((signs) => [
      sign.repeat(signs),
      new RegExp(`\\n[ \\t]*${sign}{${signs},}[ \\t]*(?=\\n|$)`, "g"),
    ]),
  ),
);
const OPTION_LINES = /^(?::[\w-]+:(?:[ \t][^\n]*)?(?:\n[ \t]*|$))+/;
const OPTION_BLOCK = /^---[ \t]*\n(?:[^\n]*\n){0,30}?[ \t]*---[ \t]*(?=\n|$)/;
const BELOW_FENCE = /(?:^|\n)[ \t]*(?:`{3,8}|:{3,8})\{[a-z][\w:-]*\}[^\n]*\n[ \t]*$/;
const longestFence = 400;
const TARGET = /^\([\w .:+-]{1,100}\)=[ \t]*$/;

/** Directives and roles of MyST (Jupyter Book, Sphinx), with options below the fence, and targets. */
export const myst: MarkdownConfig = {
  defineNodes: [
    { name: "Directive", block: true, composite: goesOn },
    "DirectiveFence",
    { name: "DirectiveOptions", block: true },
    { name: "OtherDirective", block: true },
    { name: "DirectiveTarget", block: true },
    "MathRole",
    "SourceRole",
    "CodeRole",
    "Role",
  ],
  props: [
    reading.add({
      "DirectiveFence DirectiveOptions DirectiveTarget SourceRole": "shortcode",
      OtherDirective: "code",
      MathRole: "math",
      CodeRole: "mark",
    }),
    shownAs.add({ Role: wordsOf }),
  ],
  parseBlock: [
    { name: "Directive", before: "FencedCode", parse: beginDirective },
    wholeBlock("DirectiveOptions", endOfOptions),
    wholeBlock("OtherDirective", (start) =>
      start.line.startsWith(":::") && OF_NO_TEXT.has(OPENING.exec(start.line)?.[2] ?? "")
        ? closingOf(start)
        : undefined,
    ),
    wholeBlock("DirectiveTarget", ({ line, from }) =>
      line.startsWith("(") && TARGET.test(line) ? from + line.trimEnd().length : undefined,
    ),
  ],
  parseInline: [
    inlinePattern({ name: "MathRole", opens: "{", pattern: /^\{(?:math|eq)\}`[^`]{1,1000}`/ }),
    inlinePattern({
      name: "SourceRole",
      opens: "{",
      pattern: /^\{(?:(?:foot)?cite(?::[a-z]{1,20})?|index|raw)\}`[^`]{1,1000}`/,
    }),
    inlinePattern({
      name: "CodeRole",
      opens: "{",
      pattern: /^\{(?:code|command|envvar|file|kbd|literal|option|program|samp)\}(?=`[^`])/,
    }),
    inlinePattern({ name: "Role", opens: "{", pattern: /^\{[a-z][\w:+-]{0,40}\}`[^`]{1,500}`/ }),
  ],
};

/** `{ref}`words <target>`` shows its words. */
function wordsOf(role: string): string {
  return role.replace(/^[^`]*`[~!]?|`$/g, "").replace(/(?<=\S)\s*<[^<>]*>$/, "");
}

/** Where the line that closes a directive ends; undefined where none does, as then it is code. */
function closingOf({ line, from, find }: BlockStart): number | undefined {
  const closing = CLOSINGS[OPENING.exec(line)?.[1] ?? ""];
  return closing && find(closing, from + line.length, "overBlankLines");
}

function beginDirective(cx: BlockContext, line: Line): boolean | null {
  if (line.next !== 96 /* ` */ || line.indent >= line.baseIndent + 4) return false;
  const start = blockStart(cx, line);
  const end = OF_TEXT.has(OPENING.exec(start.line)?.[2] ?? "") ? closingOf(start) : undefined;
  if (end === undefined) return false;
  cx.startComposite("Directive", line.pos, end);
  cx.addElement(cx.elt("DirectiveFence", start.from, start.from + start.line.trimEnd().length));
  line.moveBase(line.text.length);
  return null;
}

/** Up to the line that closes it, of which nothing else is read. */
function goesOn(cx: BlockContext, line: Line, end: number): boolean {
  if (cx.lineStart >= end) return false;
  if (cx.lineStart + line.text.length < end) return true;
  line.addMarker(cx.elt("DirectiveFence", cx.lineStart + line.pos, end));
  line.moveBase(line.text.length);
  return true;
}

function endOfOptions({ text, from, line }: BlockStart): number | undefined {
  const pattern = line.startsWith("---") ? OPTION_BLOCK : OPTION_LINES;
  if (!line.startsWith(":") && pattern === OPTION_LINES) return undefined;
  if (!BELOW_FENCE.test(text().slice(Math.max(0, from - longestFence), from))) return undefined;
  const written = pattern.exec(text().slice(from, from + nearby))?.[0];
  return written === undefined ? undefined : from + written.trimEnd().length;
}
