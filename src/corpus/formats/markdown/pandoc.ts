import type { BlockContext, InlineContext, Line, MarkdownConfig } from "@lezer/markdown";
import { InlineContext as Inline } from "@lezer/markdown";
import { KeptWith } from "../../live/kept-with.ts";
import { inlinePattern } from "./inline-pattern.ts";
import { reading, shownAs } from "./reading.ts";
import { nearby, wholeBlock } from "./whole-block.ts";

const DEFINITION = /^:[ \t]{1,4}(?=\S)/;
const SPAN = /^\{[ \t]*[#.:a-zA-Z][^{}\n]{0,300}\}/;
/** Lines of nothing but commands for a page: `\newpage`, `\begin{center}`, `\vspace{1em}`. */
const TEX_LINE = /^(?:\\[a-zA-Z]+\*?(?:\[[^\]\n]{0,200}\]){0,3}(?:\{[^{}\n]{0,300}\}){0,4}[ \t]*)+$/;
const longestNote = 2_000;

/**
 * What Pandoc and Kramdown add that is not elsewhere: title blocks, definitions, citations, notes within a line, spans,
 * line blocks, captions of tables, and commands of TeX.
 */
export const pandoc: MarkdownConfig = {
  defineNodes: [
    { name: "TitleBlock", block: true },
    { name: "TexLine", block: true },
    { name: "Definition", block: true, composite: goesOn },
    "DefinitionMark",
    "Citation",
    "TexReference",
    "NoteStart",
    "NoteEnd",
    "Span",
    "SpanMark",
    "LineBlockMark",
    "CaptionMark",
  ],
  props: [
    reading.add({
      "TitleBlock TexLine Citation TexReference": "shortcode",
      "DefinitionMark SpanMark LineBlockMark CaptionMark": "mark",
    }),
    // A note stands in brackets, so that its sentences are told from the one that it is a note to.
    shownAs.add({ NoteStart: () => " (", NoteEnd: () => ")" }),
  ],
  parseBlock: [
    wholeBlock("TitleBlock", ({ text, from, line }) => {
      if (!line.startsWith("% ") || text().slice(0, from).trim() !== "") return undefined;
      return (
        from +
        (/^(?:%[^\n]*(?:\n[ \t]+\S[^\n]*)*(?:\n|$)){1,3}/
          .exec(text().slice(from, from + nearby))?.[0]
          .trimEnd().length ?? 0)
      );
    }),
    wholeBlock("TexLine", ({ line, from }) =>
      line.startsWith("\\") && TEX_LINE.test(line) ? from + line.trimEnd().length : undefined,
    ),
    {
      name: "Definition",
      before: "FencedCode",
      parse: beginDefinition,
      endLeaf: (_cx, line) => isDefinition(line),
    },
  ],
  parseInline: [
    inlinePattern({
      name: "CaptionMark",
      opens: "T",
      at: "blockStart",
      pattern: /^Table:[ \t]+(?=\S[^\n]*\{#tbl?[:-])/,
    }),
    inlinePattern({
      name: "LineBlockMark",
      opens: "|",
      at: "lineStart",
      pattern: /^\|[ \t]+(?=[^|\n]+(?:\n|$))/,
    }),
    inlinePattern({
      name: "Citation",
      opens: "[",
      pattern: /^\[-?@[\p{L}\p{N}_][^\][\n]{0,300}\](?![([{:])/u,
    }),
    inlinePattern({
      name: "TexReference",
      opens: "\\",
      pattern:
        /^\\(?:@?ref|cite[a-z]{0,12}|eqref|autoref|[cC]ref|label|index|pagebreak|newpage|noindent)(?:\[[^\]\n]{0,100}\])?(?:\([^()\n]{1,200}\)|\{[^{}\n]{1,200}\})?(?![a-zA-Z])/,
    }),
    { name: "Note", before: "Escape", parse: readNote },
    { name: "Span", before: "NestedBrackets", parse: endSpan },
  ],
};

const isDefinition = (line: Line): boolean =>
  line.next === 58 /* : */ && DEFINITION.test(line.text.slice(line.pos));

function goesOn(_cx: BlockContext, line: Line, column: number): boolean {
  if (line.next >= 0 && line.indent < line.baseIndent + column) return false;
  if (line.next >= 0) line.moveBase(line.findColumn(line.baseIndent + column));
  return true;
}

function beginDefinition(cx: BlockContext, line: Line): boolean | null {
  if (line.indent >= line.baseIndent + 4 || !isDefinition(line)) return false;
  const mark = DEFINITION.exec(line.text.slice(line.pos))?.[0] ?? "";
  const from = cx.lineStart + line.pos;
  cx.startComposite("Definition", line.pos, Math.min(4, mark.length));
  cx.addElement(cx.elt("DefinitionMark", from, from + 1));
  line.moveBase(line.pos + mark.length);
  return null;
}

/** Where the brackets of a stretch are closed, by where they open. */
const closings = new KeptWith<InlineContext, ReadonlyMap<number, number>>();

/** `^[A note.]`, as far as its brackets are closed. */
function readNote(cx: InlineContext, next: number, pos: number): number {
  if (next !== 94 /* ^ */ || cx.char(pos + 1) !== 91 /* [ */) return -1;
  const known = closings.get(cx) ?? closingsIn(cx.text);
  closings.set(cx, known);
  const closing = known.get(pos + 1 - cx.offset);
  if (closing === undefined || closing + cx.offset >= pos + longestNote) return -1;
  const at = closing + cx.offset;
  cx.addElement(cx.elt("NoteStart", pos, pos + 2));
  for (const word of cx.parser.parseInline(cx.slice(pos + 2, at), pos + 2)) cx.addElement(word);
  return cx.addElement(cx.elt("NoteEnd", at, at + 1));
}

/** All found at one go: looking from each note on costs the square of their number where none is closed. */
function closingsIn(text: string): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  const open: number[] = [];
  for (const { 0: bracket, index } of text.matchAll(/[[\]]/g)) {
    if (bracket === "[") open.push(index);
    else {
      const opening = open.pop();
      if (opening !== undefined) found.set(opening, index);
    }
  }
  return found;
}

/** `[words]{.class}`: the words count. */
function endSpan(cx: InlineContext, next: number, pos: number): number {
  if (next !== 93 /* ] */ || cx.char(pos + 1) !== 123 /* { */) return -1;
  const attributes = SPAN.exec(cx.slice(pos + 1, Math.min(cx.end, pos + 303)))?.[0];
  const index = cx.findOpeningDelimiter(Inline.linkStart);
  const opening = index === null ? null : cx.getDelimiterAt(index);
  if (attributes === undefined || index === null || opening === null) return -1;
  if (index < (cx.findOpeningDelimiter(Inline.imageStart) ?? -1)) return -1;
  const end = pos + 1 + attributes.length;
  const words = cx.takeContent(index);
  return cx.addElement(
    cx.elt("Span", opening.from, end, [
      cx.elt("SpanMark", opening.from, opening.from + 1),
      ...words,
      cx.elt("SpanMark", pos, end),
    ]),
  );
}
