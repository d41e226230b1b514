import type { BlockContext, Line, MarkdownConfig } from "@lezer/markdown";
import type { Fields, FieldValue } from "../../../front-matter/fields.ts";
import type { Stretch } from "../../../front-matter/lines.ts";
import type { OwnTagField } from "../../../front-matter/tags/fields/own-tag-field.ts";
import { nikolaFields, nikolaTagField } from "../nikola-fields.ts";
import { type SourceLine, sourceLines, textStart } from "../source-lines.ts";
import { lineEndIn, newTagLine, tagLine } from "../tag-line.ts";
import { reading } from "./reading.ts";
import { blockStart, nearby, wholeBlock } from "./whole-block.ts";

/** Lines at the top of a Markdown file that say what it is, without fences around them. */
interface FieldHead {
  /** `Title: x` as MultiMarkdown and Pelican have it; `title:: x` as Logseq has it on a page. */
  readonly mark: ":" | "::";
  readonly fields: readonly (Stretch & { readonly name: string; readonly value: Stretch })[];
  /** Where the last of its lines ends. */
  readonly end: number;
  /** Whether a heading stands above it, as in what Notion exports. */
  readonly isBelowTitle: boolean;
}

const FIELD = /^([\p{L}][\p{L}\p{N} _-]{0,40}?)(::?)(?=\s|$)/u;
/** Of which one alone tells a head from prose such as 'Note: this', where a blank line follows. */
const KNOWN =
  /^(?:title|tags?|keywords?|categor(?:y|ies)|slug|layout|authors?|date|created|modified|updated|summary|status|lang|language|css|base header level|description|permalink|comments|published|template|id|uid)$/;
/** More of them below a title: what Notion keeps of a page. */
const KNOWN_BELOW_TITLE =
  /^(?:created(?: time| by)?|last edited(?: time| by)?|last updated|due(?: date)?|owner|assign(?:ee)?|priority|type|url)$/;
const TITLE = /^#[ \t]+\S/;
const TITLE_BLOCK = /^(?:%[^\n]*(?:\n[ \t]+\S[^\n]*)*(?:\n|$)){1,3}/;
const longestHead = 10_000;
const mostLines = 60;

/**
 * The head of a Markdown file without front matter: lines of fields up to the first blank one, of which the first is a
 * field that such heads have, and each other is a field or goes on with one. It may stand below a title on the first line.
 */
export function fieldHeadOf(source: string): FieldHead | undefined {
  const isBelowTitle = TITLE.test(source);
  const lines = sourceLines(source.slice(0, longestHead), 0).slice(isBelowTitle ? 1 : 0);
  const first = lines.findIndex(({ text }) => text.trim() !== "");
  const blank = lines.findIndex(({ text }, at) => at > first && text.trim() === "");
  const head = lines.slice(Math.max(0, first), blank < 0 ? lines.length : blank);
  const mark = FIELD.exec(head[0]?.text ?? "")?.[2];
  if (first > 2 || head.length > mostLines || (mark !== ":" && mark !== "::")) return undefined;
  const fields = head.flatMap((line, at) => fieldOf(line, head[at + 1], mark) ?? []);
  const isHead = head.every(({ text }) => FIELD.exec(text)?.[2] === mark || /^[ \t]+\S/.test(text));
  const isTold = isBelowTitle ? mark === ":" && isOfPage(source, fields) : mark === "::" || isOfHead(fields);
  return isHead && isTold && fields.length > 0 && !isProse(source, fields)
    ? { mark, fields, end: head.at(-1)!.end, isBelowTitle }
    : undefined;
}

function isOfHead(fields: FieldHead["fields"]): boolean {
  const known = fields.filter(({ name }) => KNOWN.test(name)).length;
  return KNOWN.test(fields[0]?.name ?? "") && known * 2 > fields.length;
}

/** Below a title fields have names of the writer's own besides, all with capitals. */
function isOfPage(source: string, fields: FieldHead["fields"]): boolean {
  const known = fields.filter(({ name }) => KNOWN.test(name) || KNOWN_BELOW_TITLE.test(name)).length;
  return known * 3 >= fields.length && fields.every(({ start }) => /\p{Lu}/u.test(source[start]!));
}

/** 'Summary: it rained. I stayed in.' alone at the top of a text is a paragraph of it. */
function isProse(source: string, fields: FieldHead["fields"]): boolean {
  const [only, ...others] = fields;
  if (only === undefined || others.length > 0) return false;
  return /^(?:summary|status|description|comments|published|template|date|updated)$/.test(only.name)
    ? !/^\W*\d{4}-/.test(source.slice(only.value.start, only.value.end))
    : /[.!?]\s+\p{Lu}/u.test(source.slice(only.value.start, only.value.end));
}

function fieldOf({ text, start, end }: SourceLine, next: SourceLine | undefined, mark: string) {
  const [written = "", name = ""] = FIELD.exec(text) ?? [];
  if (!written.endsWith(mark)) return undefined;
  const goesOn = next !== undefined && /^[ \t]+\S/.test(next.text);
  const value = { start: start + written.length, end: goesOn ? next.end : end };
  return { name: name.trim().toLowerCase(), start, end: value.end, value };
}

/** Fields of such a head, of Pandoc's title block (`% title`, `% authors`, `% date`), and of Nikola's comment. */
export function headFields(source: string, bodyStart: number): Fields {
  if (bodyStart > 0) return new Map();
  const said = nikolaFields(source);
  if (said.size > 0) return said;
  const title = TITLE_BLOCK.exec(source.slice(textStart(source, 0), longestHead));
  if (title?.[0].startsWith("% ")) {
    const [name = "", authors = "", date = ""] = title[0].split(/^%/m).slice(1);
    const lines: readonly (readonly [string, string])[] = [
      ["title", name.replace(/\s+/g, " ")],
      ["author", authors.trim().replace(/\s*\n\s+/g, "; ")],
      ["date", date],
    ];
    return new Map(lines.flatMap(([field, text]) => (text.trim() === "" ? [] : [[field, text.trim()]])));
  }
  const fields = new Map<string, FieldValue>();
  const head = fieldHeadOf(source);
  for (const { name, value } of head?.fields ?? []) {
    const text = source.slice(value.start, value.end).replace(/\s+/g, " ").trim();
    if (!fields.has(name) && text !== "")
      fields.set(name, head?.mark === "::" ? pageWords(name, text) : hashWords(name, text));
  }
  return fields;
}

/** Tags of The Archive and its kin stand apart by their hashes: `tags: #boats #oars`. */
const hashWords = (name: string, text: string): FieldValue =>
  /^(?:tags?|keywords?)$/.test(name) && /^#\S+(?:[\s,]+#\S+)*$/.test(text) ? text.split(/[\s,]+/) : text;

/** Links are no part of what is named: `[[a page]]`. */
const pageWords = (name: string, text: string): FieldValue =>
  /^(?:tags?|keywords?|categories)$/.test(name)
    ? Array.from(text.matchAll(/#?\[\[([^[\]]+)\]\]|[^,\s][^,]*/g), ([word, page]) => page ?? word)
    : text.replace(/\[\[([^[\]]+)\]\]/g, "$1");

/** The tags of such a head; undefined where the document has none, and gets front matter. */
export function headTagField(source: string): OwnTagField | undefined {
  const head = fieldHeadOf(source);
  if (head === undefined) return nikolaTagField(source);
  const known = ["tags", "tag", "keywords", "categories"].map((name) =>
    head.fields.find((field) => field.name === name),
  );
  const field = known.find((found) => found !== undefined);
  const newLine = lineEndIn(source);
  if (field === undefined) {
    const isCapital = /\p{Lu}/u.test(source[head.fields[0]!.start]!);
    const name = head.mark === "::" ? "tags::" : isCapital ? "Tags:" : "tags:";
    return newTagLine(head.end, (value) => `${newLine}${name} ${value}`);
  }
  const text = source.slice(field.value.start, field.value.end);
  const hasHashes = /^\s*#\S+(?:\s+#\S+)*\s*$/.test(text);
  const line = tagLine(source, field.value);
  const plain = (written: string) => written.replace(/^#?\[\[(.*)\]\]$/, "$1");
  if (!hasHashes) return { ...line, plain };
  return { ...line, separator: "", written: (tag) => (/[\s#,]/.test(tag) ? undefined : `#${tag}`) };
}

/** The lines of a head are no text; with the title above them they are one block, as that tells what they are. */
export const headLines: MarkdownConfig = {
  defineNodes: [
    { name: "HeadLines", block: true },
    { name: "TitledHead", block: true, composite: (cx, _line, end) => cx.lineStart <= end },
  ],
  props: [reading.add({ HeadLines: "shortcode" })],
  parseBlock: [
    { name: "TitledHead", before: "FencedCode", parse: beginTitledHead },
    { name: "LinesBelowTitle", before: "FencedCode", parse: readLinesBelowTitle },
    wholeBlock("HeadLines", ({ text, from, line }) => {
      // Front matter is blanks here: no head follows it.
      if (from > 3 || !FIELD.test(line) || !/^[\n\uFEFF ]*$/.test(text().slice(0, from))) return undefined;
      const head = fieldHeadOf(text().slice(from, nearby));
      return head && from + head.end;
    }),
  ],
};

function beginTitledHead(cx: BlockContext, line: Line): boolean | null {
  if (cx.lineStart > 0 || cx.depth > 1 || line.pos > 0 || !TITLE.test(line.text)) return false;
  const head = fieldHeadOf(blockStart(cx, line).text().slice(0, nearby));
  if (head?.isBelowTitle !== true) return false;
  cx.startComposite("TitledHead", 0, head.end);
  return null;
}

function readLinesBelowTitle(cx: BlockContext, line: Line): boolean {
  if (cx.parentType().name !== "TitledHead" || cx.lineStart + line.pos === 0) return false;
  const from = cx.lineStart + line.pos;
  while (cx.nextLine() && line.next >= 0);
  cx.addElement(cx.elt("HeadLines", from, cx.prevLineEnd()));
  return true;
}
