import { decodeHTMLStrict } from "entities";
import type { Fields, FieldValue } from "../../front-matter/fields.ts";
import type { OwnTagField } from "../../front-matter/tags/fields/own-tag-field.ts";
import type { PartKind } from "../document.ts";
import { type PieceReader, readInSteps } from "../live/stepped-prose.ts";
import type { Format } from "./format.ts";
import { bareAddress, hostOf, type InlineMark, InlineReader, longestInline } from "./inline-reader.ts";
import type { ProseCollector } from "./prose-collector.ts";
import { type SourceLine, SourceLines, sourceLines, textStart } from "./source-lines.ts";
import { lineEndIn, newTagLine, tagLine } from "./tag-line.ts";

const TITLE = /^(={1,6}|#{1,6})\s+(\S.*)$/;
const ATTRIBUTE_ENTRY = /^:(!?[\w-]+!?):(?:\s+(.*))?$/;
/** The value of an attribute goes on in the next line (docs.asciidoctor.org, 'Wrap Values Over Multiple Lines'). */
const GOES_ON = /(?:^|\s)\\\s*$/;
const BLOCK_ATTRIBUTES = /^\[(?!\[)([^\]]{0,500})\]\s*$/;
const ANCHOR = /^\[\[[^\]]+\]\]\s*$/;
const BLOCK_TITLE = /^\.(?![\s.])(.+)$/;
const MACRO_LINE =
  /^(?:image|include|video|audio|toc|ifdef|ifndef|ifeval|endif|asciimath|latexmath|gist|youtube)::[^\s[]*\[.*\]$/;
const ITEM = /^\s*(?:\*{1,6}|\.{1,6}|-|•|\d{1,3}\.|[a-zA-Z]\.|<(?:\d{1,2}|\.)>)\s+(?:\[[ xX*]\]\s+)?/;
const MACRO_BEGIN = /^[a-z]{1,40}::[^\s[]{0,1000}\[/;
const TERM = /^\s*(\S.{0,200}?)(?::{2,4}|;;)(?:\s+|$)/;
/** How a line begins that may be such whatever comes before it. */
const TERM_BEGIN = /^[ \t]*[^\s.:[/]/;
const ADMONITION = /^(?:NOTE|TIP|WARNING|IMPORTANT|CAUTION):\s+/;
/** Signs of which a line of four or more opens a block that is no prose, up to the same line. */
const SILENT_FENCES: Readonly<Record<string, PartKind>> = {
  "-": "code",
  ".": "code",
  _: "quotation",
  "/": "html",
  "+": "html",
  "`": "code",
};
const FENCE = /^(?:([-._/+*=])\1{3,}|--|```\S*)\s*$/;
const TABLE = /^[|,:!]={3,}\s*$/;
/** First words of block attributes, by what they make of the block below. */
const SILENT_STYLES: Readonly<Record<string, PartKind>> = {
  source: "code",
  listing: "code",
  literal: "code",
  plantuml: "code",
  mermaid: "code",
  ditaa: "code",
  graphviz: "code",
  quote: "quotation",
  verse: "quotation",
  stem: "math",
  latexmath: "math",
  asciimath: "math",
  pass: "html",
  comment: "html",
  bibliography: "html",
};
const FIELD_NAMES: Readonly<Record<string, string>> = {
  author: "author",
  authors: "author",
  keywords: "keywords",
  revdate: "date",
  docdate: "date",
  date: "date",
  lang: "lang",
  "page-tags": "tags",
  tags: "tags",
  "jbake-tags": "tags",
  "jbake-date": "date",
  "page-categories": "categories",
  "hp-tags": "tags",
  published_at: "date",
  idiolect: "idiolect",
};

/** The same sign may stand within the words, as in `_a/some_name.js_`. */
const constrained = (mark: string): InlineMark => ({
  pattern: new RegExp(
    `(?<![\\p{L}\\p{N}_:;}\\\\])(?:\\[[^\\]\\n]{0,100}\\])?${mark}(?=\\S)(?<words>[\\s\\S]{0,600}?[^\\s])${mark}(?![\\p{L}\\p{N}_])`,
    "uy",
  ),
});
const unconstrained = (mark: string): InlineMark => ({
  pattern: new RegExp(`${mark}${mark}(?=\\S)(?<words>[\\s\\S]{1,600}?)${mark}${mark}`, "uy"),
});

const MARKS: Readonly<Record<string, readonly InlineMark[]>> = {
  "*": [unconstrained("\\*"), constrained("\\*")],
  _: [unconstrained("_"), constrained("_")],
  "#": [unconstrained("#"), constrained("#")],
  "`": [
    { pattern: /`{2}(?<code>[^`\n]{1,300})`{2}/y, kind: "code" },
    { pattern: /`\+(?<code>[^`\n]{1,300})\+`/y, kind: "code" },
    { pattern: /`(?=\S)(?<code>[^`]{0,299}[^\s`])`(?!["'])/y, kind: "code" },
    { pattern: /`(?=["'])/y },
  ],
  "\"'": [{ pattern: /["']`(?<words>[^`]{1,600})`["']/y }],
  "+": [
    { pattern: /\+{3}[^+]{1,500}\+{3}/y, kind: "html" },
    { pattern: /\+\+(?<code>[^+\n]{1,300})\+\+/y, kind: "code" },
    { pattern: /(?<=\s)\+(?=\s*(?:\r?\n|$))/y },
    { pattern: /(?<![\p{L}\p{N}])\+(?=\S)(?<code>[^+\n]{0,299}[^\s+])\+(?![\p{L}\p{N}])/uy, kind: "code" },
  ],
  "^": [{ pattern: /\^(?<words>[^\s^]{1,60})\^/y }],
  "~": [{ pattern: /~(?<words>[^\s~]{1,60})~/y }],
  "[": [
    { pattern: /\[\[[^\]\n]{1,200}\]\]/y },
    { pattern: /\[[.#%][^\]\n]{1,100}\](?=[#*_`])/y },
    { pattern: /\[(?:big|small|underline|line-through|yellow|red|aqua|lime)\](?=[#*_`])/y },
  ],
  "<": [
    { pattern: /<<[^<>,\n]{1,300},\s*(?<words>[^<>]{1,400})>>/y, kind: "link" },
    { pattern: /<<[^<>\n]{1,300}>>/y, kind: "link" },
    { pattern: /<(?:\d{1,2}|\.)>/y },
  ],
  // Terms of the index, of which three brackets hide the term; the last of more brackets are the term's own.
  "(": [
    { pattern: /\({3}(?!\()[\s\S]{1,600}?\){3}(?!\))/y, closing: ")))" },
    { pattern: /\({2}(?!\()(?<words>[^()]{1,300}(?:\([^()]{1,100}\)[^()]{0,100})?)\){2}/y },
  ],
  "&": [
    {
      pattern: /&(?:[a-zA-Z]{2,30}|#\d{1,7}|#x[\da-fA-F]{1,6});/y,
      shown: ([entity]) => decodeHTMLStrict(entity),
    },
  ],
  "{": [
    // An attribute that begins an address.
    {
      pattern:
        /\{(?!nbsp|zwsp|sp\}|empty)[a-z][\w-]{0,60}\}(?:[/?#:][^\s[\]{}<>]{0,1000})?\[(?<words>[^\]\n]{1,600}?)(?:\^|,[^\]]{0,200})?\]/y,
      closing: "]",
      kind: "link",
    },
    {
      pattern: /\{(?:nbsp|zwsp|sp|empty)\}/y,
      shown: ([name]) => (name === "{nbsp}" || name === "{sp}" ? " " : ""),
    },
    { pattern: /\{[a-z][\w-]{0,60}(?::[^{}\n]{0,100})?\}/y, kind: "shortcode" },
  ],
  lhftimxeksacp: [
    { pattern: /(?<![\p{L}\p{N}])(?:link|xref|mailto):[^\s[\]]{0,1000}\[\]/uy, closing: "]", kind: "link" },
    {
      pattern:
        /(?<![\p{L}\p{N}])(?:link|xref|mailto):(?:[^\s[\]]{1,1000}|\+\+[^+]{1,500}\+\+)\[(?<words>[^\]]{1,600}?)(?:\^|,[^\]]{0,200})?\]/uy,
      closing: "]",
      kind: "link",
    },
    {
      pattern:
        /(?<![\p{L}\p{N}])(?:https?|ftp|irc):\/\/[^\s[\]<>]{1,1000}\[(?<words>[^\]]{1,600}?)(?:\^|,\s*(?:window|role|opts)=[^\]]{0,200})?\]/uy,
      closing: "]",
      kind: "link",
    },
    {
      pattern:
        /(?<![\p{L}\p{N}])(?:https?|ftp):\/\/[^\s[\]<>]{1,1000}\[(?:\^|(?:window|role|opts)=[^\]]{0,200})?\]/uy,
      closing: "]",
      shown: ([link]) => hostOf(link.replace(/\[.*$/, "")),
      kind: "link",
    },
    {
      pattern: /(?<![\p{L}\p{N}])(?:image|icon):[^\s[\]:][^\s[\]]{0,1000}\[[^\]]{0,500}\]/uy,
      closing: "]",
      kind: "image",
    },
    {
      pattern: /(?<![\p{L}\p{N}])(?:stem|latexmath|asciimath):\[(?:[^\]\\]|\\.){0,1000}\]/uy,
      closing: "]",
      kind: "math",
    },
    {
      pattern: /footnote(?:ref)?:[^\s[\]]{0,100}\[(?<note>(?:[^[\]]|[^\s[\]]\[[^[\]]{0,300}\]){0,1500})\]/uy,
      closing: "]",
    },
    {
      pattern:
        /(?<![\p{L}\p{N}])pass:[a-z,]{0,20}\[(?:<[^>]{0,200}>)?(?<words>[^\]<]{0,300})(?:<[^>]{0,200}>)?\]/uy,
      closing: "]",
    },
    {
      pattern: /(?<=\S|\s)(?:indexterm2?|anchor|pass|counter):[^\s[\]]{0,100}\[[^\]]{0,1500}\]/uy,
      closing: "]",
    },
    {
      pattern: /(?<![\p{L}\p{N}])(?:kbd|btn|menu):[^\s[\]]{0,100}\[(?<code>[^\]]{1,300})\]/uy,
      closing: "]",
      kind: "code",
    },
    bareAddress,
  ],
  "\\": [{ pattern: /\\(?=[*_`#{<[+^~:"'h])/y }],
};

/** The header of a document: its title, the lines of author and revision, and attributes. */
export function asciidocFields(source: string, bodyStart: number): Fields {
  const fields = new Map<string, FieldValue>();
  const lines = sourceLines(source.slice(0, bodyStart + 20_000), bodyStart);
  let titleAt = -2;
  let done = 0;
  for (const [at, { text }] of lines.entries()) {
    if (at < done) continue;
    const [, name = "", value = ""] = ATTRIBUTE_ENTRY.exec(text.trimEnd()) ?? [];
    const field = FIELD_NAMES[name.toLowerCase()];
    const title = /^[=#]\s+(\S.*)$/.exec(text)?.[1];
    if (title !== undefined && titleAt < 0) {
      fields.set("title", title.replace(/\{[\w-]+\}/g, "").trim());
      titleAt = at;
    } else if (name !== "") {
      done = endOfEntry(lines, at);
      const more = lines.slice(at + 1, done).map((line) => line.text);
      const whole = [value, ...more].map((part) => part.replace(GOES_ON, "").trim()).join(" ");
      if (field !== undefined && whole !== "" && !fields.has(field)) fields.set(field, whole);
    } else if (at === titleAt + 1 && /^\p{Lu}[^=:[\]]{1,80}(?:<[^<>]{3,100}>)?(?:;|$)/u.test(text)) {
      fields.set("author", text.replace(/<[^<>]{1,100}>/g, "").trim());
    } else if (at <= titleAt + 2 && /^(?:v[\d.]+,?\s*)?\d{4}-\d{2}-\d{2}\b/.test(text)) {
      fields.set("date", /\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? "");
    } else if (text.trim() === "" ? titleAt >= 0 : !text.startsWith("//") && !/^\[/.test(text)) break;
  }
  return fields;
}

/** Behind the last line of an attribute, of which each but the last ends with a backslash. */
function endOfEntry(lines: readonly SourceLine[], at: number): number {
  let end = at + 1;
  while (end < lines.length && GOES_ON.test(lines[end - 1]!.text)) end += 1;
  return end;
}

const TAG_ATTRIBUTES = ["page-tags", "tags", "jbake-tags", "hp-tags", "keywords"];

/** `:keywords: a, b` and what else its header has for tags; a new one ends the header. */
export function asciidocTagField(source: string): OwnTagField {
  const lines = sourceLines(source.slice(0, 20_000), 0);
  const first = lines.findIndex(({ text }) => text.trim() !== "" && !text.startsWith("//"));
  const blank = lines.findIndex(({ text }, at) => at > first && text.trim() === "");
  const header = lines.slice(0, blank < 0 ? lines.length : blank);
  const named = (name: string) =>
    header.find(({ text }) => ATTRIBUTE_ENTRY.exec(text.trimEnd())?.[1]?.toLowerCase() === name);
  const line = TAG_ATTRIBUTES.map(named).find((found) => found !== undefined);
  if (line !== undefined) {
    const name = line.text.indexOf(":", 1) + 1;
    const last = lines[endOfEntry(lines, lines.indexOf(line)) - 1]!;
    const field = tagLine(source, { start: line.start + name, end: last.end });
    return { ...field, plain: (written) => written.replace(/\s*\\(?:\r\n|\n|\r)\s*/g, " ").trim() };
  }
  const newLine = lineEndIn(source);
  const top = lines[first];
  const isHeader = top !== undefined && (/^[=#]\s+\S/.test(top.text) || ATTRIBUTE_ENTRY.test(top.text));
  if (!isHeader) {
    const at = source.startsWith("\uFEFF") ? 1 : 0;
    return newTagLine(at, (value) => `:keywords: ${value}${newLine}${newLine}`);
  }
  const last = header.at(-1)!;
  return newTagLine(last.end, (value) => `${newLine}:keywords: ${value}`);
}

export const asciidoc: Format = {
  name: "AsciiDoc",
  endings: ["adoc", "asciidoc", "asc"],
  languageIds: ["asciidoc"],
  isSearchedFor: true,
  holdsTags: false,
  tagsByHand: "Write them into its header, as :keywords: garden, rain.",
  tagField: asciidocTagField,
  ...readInSteps({
    extent: (source, bodyStart) => ({ start: textStart(source, bodyStart), end: source.length }),
    reader: (source, extent, { at }, collector) =>
      new AsciidocReader(source, at, at === extent.start, collector),
    lookAhead: longestInline,
  }),
  fields: asciidocFields,
};

const isTerm = (text: string): boolean =>
  text.includes("::") && TERM_BEGIN.test(text) && !MACRO_BEGIN.test(text) && TERM.test(text);

/** Reads AsciiDoc: sections, paragraphs, lists and boxes; code, tables, quotations, comments and macros are left out. */
class AsciidocReader implements PieceReader {
  readonly #collector: ProseCollector;
  readonly #inline: InlineReader;
  readonly #lines: SourceLines;
  readonly #isTop: boolean;
  /** Fences that no line closes from here on. */
  readonly #unclosed = new Set<string>();
  /** What block attributes make of the block that comes next. */
  #style: PartKind | undefined;
  #pending: { readonly start: number; readonly end: number } | undefined;
  /** Lines of an item may be indented; others that are show code. */
  #isInList = false;
  #at = 0;
  readonly state = "";

  constructor(source: string, start: number, isTop: boolean, collector: ProseCollector) {
    this.#collector = collector;
    this.#inline = new InlineReader(source, this.#collector, MARKS);
    this.#lines = new SourceLines(source, start);
    this.#isTop = isTop;
  }

  get isAtRest(): boolean {
    return this.#style === undefined && !this.#isInList && !this.#isOpen;
  }

  takeLook(): number {
    return this.#lines.takeLook();
  }

  *read(): Generator<number, void> {
    if (this.#isTop) this.#skipHeader();
    for (let line = this.#lines.at(this.#at); line !== undefined; line = this.#lines.at(this.#at)) {
      if (this.#isOpen && (ITEM.test(line.text) || isTerm(line.text))) {
        this.#endParagraph();
        yield line.start;
      }
      this.#readLine(line);
      this.#at += 1;
      yield this.#lines.startOf(this.#at);
    }
    this.#endParagraph();
  }

  get #isOpen(): boolean {
    return this.#pending !== undefined || this.#collector.isOpen || this.#inline.hasNotes;
  }

  /** The lines below the title, up to a blank one, say who wrote it and when. */
  #skipHeader(): void {
    let at = 0;
    let line = this.#lines.at(at);
    while (line !== undefined && /^(?:\s*$|\/\/|:[\w!-]+:|\[)/.test(line.text)) line = this.#lines.at(++at);
    if (line === undefined || !/^[=#]\s+\S/.test(line.text)) return;
    this.#heading(line);
    this.#at = at + 1;
    while ((this.#lines.at(this.#at)?.text.trim() ?? "") !== "") this.#at += 1;
  }

  #readLine(line: SourceLine): void {
    const { text } = line;
    if (text.trim() === "") {
      this.#endParagraph();
      return;
    }
    if (this.#skipFenced(line) || this.#skipSettings(line)) return;
    if (this.#pending === undefined && this.#style !== undefined) {
      this.#skipParagraph(this.#style);
      return;
    }
    if (TITLE.test(text) && !/^#\S/.test(text)) {
      this.#heading(line);
      return;
    }
    this.#readText(line);
  }

  /** A block between two lines of the same signs; blocks that hold prose only lose these lines. */
  #skipFenced({ text, start, end }: SourceLine): boolean {
    const fence = text.trimEnd();
    const isTable = TABLE.test(fence);
    if (!isTable && !FENCE.test(fence)) return false;
    const kind = isTable ? "table" : fence === "--" ? this.#style : (this.#style ?? SILENT_FENCES[fence[0]!]);
    this.#endParagraph();
    this.#style = undefined;
    const close = kind === undefined ? undefined : this.#closeOf(fence);
    if (kind === undefined || close === undefined) {
      this.#collector.addPart("html", start, end);
      return true;
    }
    this.#collector.addPart(kind, start, close.end);
    this.#at = close.at;
    return true;
  }

  #closeOf(fence: string): { readonly at: number; readonly end: number } | undefined {
    this.#lines.look(this.#unclosed.has(fence) ? Number.POSITIVE_INFINITY : 0);
    if (this.#unclosed.has(fence)) return undefined;
    const closing = fence.startsWith("```") ? "```" : fence;
    let at = this.#at + 1;
    for (let line = this.#lines.at(at); line !== undefined; line = this.#lines.at(++at)) {
      if (line.text.trimEnd() === closing) return { at, end: line.end };
    }
    this.#unclosed.add(fence);
    return undefined;
  }

  /** Lines that say something of what follows, and such that stand for something else. */
  #skipSettings({ text, start, end }: SourceLine): boolean {
    const attributes = this.#pending === undefined ? BLOCK_ATTRIBUTES.exec(text) : null;
    if (attributes !== null) {
      const style = /^[\w-]*/.exec(attributes[1]!)?.[0].toLowerCase() ?? "";
      this.#style = SILENT_STYLES[style] ?? this.#style;
      return true;
    }
    if (/^\/\/(?!\/)/.test(text)) {
      this.#readPending();
      return true;
    }
    const isSetting =
      MACRO_LINE.test(text.trimEnd()) ||
      ANCHOR.test(text) ||
      /^(?:'{3,}|<{3,}|\+|-{3}|\*{3})\s*$/.test(text) ||
      (this.#pending === undefined && (ATTRIBUTE_ENTRY.test(text.trimEnd()) || BLOCK_TITLE.test(text)));
    if (!isSetting) return false;
    this.#endParagraph();
    this.#collector.addPart("html", start, end);
    return true;
  }

  #skipParagraph(kind: PartKind): void {
    this.#style = undefined;
    const { start } = this.#lines.at(this.#at)!;
    while ((this.#lines.at(this.#at + 1)?.text.trim() ?? "") !== "") this.#at += 1;
    this.#collector.addPart(kind, start, this.#lines.at(this.#at)!.end);
  }

  #heading({ text, start, end }: SourceLine): void {
    const [, signs = "", title = ""] = TITLE.exec(text) ?? [];
    this.#endParagraph();
    this.#style = undefined;
    this.#collector.beginBlock(signs.length);
    this.#inline.read(start + text.indexOf(title, signs.length), end);
    this.#endParagraph();
  }

  #readText({ text, start, end }: SourceLine): void {
    const item = ITEM.exec(text)?.[0];
    const term = item === undefined && !MACRO_BEGIN.test(text) ? TERM.exec(text) : null;
    if (
      item === undefined &&
      term === null &&
      this.#pending === undefined &&
      /^[ \t]/.test(text) &&
      !this.#isInList
    ) {
      this.#skipParagraph("code");
      return;
    }
    const isFirst = this.#pending === undefined;
    if (item !== undefined || term !== null) this.#endParagraph();
    if (item !== undefined || term !== null) this.#isInList = true;
    if (term !== null) {
      const from = start + text.indexOf(term[1]!);
      this.#collector.beginBlock();
      this.#inline.read(from, from + term[1]!.length);
      this.#collector.endBlock();
    }
    const label = isFirst ? (ADMONITION.exec(text)?.[0].length ?? 0) : 0;
    const from = start + (item?.length ?? term?.[0].length ?? label);
    this.#pending = { start: this.#pending?.start ?? from, end };
  }

  /** Lines that follow one another are read together, as emphasis and links go over their ends. */
  #readPending(): void {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending === undefined || pending.end <= pending.start) return;
    this.#inline.read(pending.start, pending.end);
    this.#collector.addReplaced(" ", pending.end, pending.end);
  }

  #endParagraph(): void {
    this.#isInList = false;
    this.#readPending();
    this.#collector.endBlock();
    this.#inline.readNotes();
  }
}
