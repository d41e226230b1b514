import type { PartKind } from "../../document.ts";
import type { PieceReader } from "../../live/stepped-prose.ts";
import { InlineReader } from "../inline-reader.ts";
import { endsLongParagraph } from "../long-paragraphs.ts";
import type { ProseCollector } from "../prose-collector.ts";
import { type SourceLine, SourceLines } from "../source-lines.ts";
import { attributeEntry } from "./asciidoc-fields.ts";
import { asciidocMarks } from "./asciidoc-marks.ts";

const TITLE = /^(={1,6}|#{1,6})\s+(\S.*)$/;
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

const isTerm = (text: string): boolean =>
  text.includes("::") && TERM_BEGIN.test(text) && !MACRO_BEGIN.test(text) && TERM.test(text);

/** Reads AsciiDoc: sections, paragraphs, lists and boxes; code, tables, quotations, comments and macros are left out. */
export class AsciidocReader implements PieceReader {
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
    this.#inline = new InlineReader(source, this.#collector, asciidocMarks);
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
  #skipSettings({ text, start }: SourceLine): boolean {
    const attributes = this.#pending === undefined ? BLOCK_ATTRIBUTES.exec(text) : null;
    if (attributes !== null) {
      const style = /^[\w-]*/.exec(attributes[1]!)?.[0].toLowerCase() ?? "";
      this.#style = SILENT_STYLES[style] ?? this.#style;
      return true;
    }
    if (/^\/\/(?!\/)/.test(text)) {
      this.#readPending();
      this.#at = this.#lines.lastPartOf(this.#at);
      return true;
    }
    const isSetting =
      MACRO_LINE.test(text.trimEnd()) ||
      ANCHOR.test(text) ||
      /^(?:'{3,}|<{3,}|\+|-{3}|\*{3})\s*$/.test(text) ||
      (this.#pending === undefined && (attributeEntry.test(text.trimEnd()) || BLOCK_TITLE.test(text)));
    if (!isSetting) return false;
    this.#endParagraph();
    this.#at = this.#lines.lastPartOf(this.#at);
    this.#collector.addPart("html", start, this.#lines.at(this.#at)!.end);
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

  #readText({ text, start, end, isCut }: SourceLine): void {
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
    const from = this.#pending?.start ?? start + (item?.length ?? term?.[0].length ?? label);
    this.#pending = { start: from, end };
    // What is indented further would be code.
    const mayEnd = isCut || /^\S/.test(this.#lines.at(this.#at + 1)?.text ?? "");
    if (mayEnd && (isCut || endsLongParagraph(end - from, text))) this.#endParagraph();
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
