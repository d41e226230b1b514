import type { PartKind } from "../../document.ts";
import type { PieceReader } from "../../live/stepped-prose.ts";
import { InlineReader } from "../inline-reader.ts";
import { endsLongParagraph } from "../long-paragraphs.ts";
import type { ProseCollector } from "../prose-collector.ts";
import { SourceLines } from "../source-lines.ts";
import { adornment, fieldLine } from "./restructured-text-fields.ts";
import { restructuredTextMarks } from "./restructured-text-marks.ts";

const DIRECTIVE = /^\.\.\s+(?:\|[^|]+\|\s+)?([\w:.-]+)::\s*(.*)$/;
const COMMENT = /^\.\.(?:\s|$)/;
const FOOTNOTE = /^\.\.\s+\[(?:#?[\w-]*|\*)\]\s+/;
const ITEM = /^(?:[-*+•‣]|(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5}|#)[.)]|\((?:\d{1,3}|[a-zA-Z])\)|\|)(?:\s+|$)/;
const GRID = /^\+[-=+]{3,}\+?\s*$/;
const SIMPLE_TABLE = /^={2,}(?:\s+={2,})+\s*$/;
/** Directives with words of the writer below them, or behind their name. All others are settings, code or pictures. */
const PROSE_DIRECTIVES: ReadonlySet<string> = new Set(
  `attention caution danger error hint important note tip warning admonition seealso versionadded versionchanged deprecated
   topic sidebar container compound rubric figure only glossary centered todo question details dropdown tab-item grid-item card
   rst-class class note-box update`.split(/\s+/),
);
/** Directives whose line begins with words, not with a title or a setting. */
const WORDS_BEHIND: ReadonlySet<string> = new Set(
  "attention caution danger error hint important note tip warning seealso todo".split(" "),
);
const QUOTING_DIRECTIVES: ReadonlySet<string> = new Set([
  "epigraph",
  "highlights",
  "pull-quote",
  "blockquote",
]);

const indentOf = (text: string): number => text.length - text.trimStart().length;
const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === "";

/** Reads reStructuredText: sections, paragraphs, lists and boxes; code, tables, quotations and directives are left out. */
export class RestructuredTextReader implements PieceReader {
  readonly #collector: ProseCollector;
  readonly #inline: InlineReader;
  readonly #lines: SourceLines;
  /** Title styles in the order in which they came: their place is the level. */
  readonly #styles: string[] = [];
  /** Indents at which text is the writer's: of list items, boxes and definitions. */
  #indents: number[] = [0];
  #at = 0;
  readonly isAtRest = true;

  constructor(source: string, start: number, state: string, collector: ProseCollector) {
    this.#collector = collector;
    this.#inline = new InlineReader(source, this.#collector, restructuredTextMarks);
    this.#lines = new SourceLines(source, start);
    if (state === "") return;
    const [styles = "", indents = ""] = state.split("\n");
    this.#styles.push(...styles.split(" ").filter((style) => style !== ""));
    this.#indents = indents.split(" ").map(Number);
  }

  get state(): string {
    return `${this.#styles.join(" ")}\n${this.#indents.join(" ")}`;
  }

  takeLook(): number {
    return this.#lines.takeLook();
  }

  *read(): Generator<number, void> {
    while (this.#lines.at(this.#at) !== undefined) {
      this.#readBlock();
      yield this.#lines.startOf(this.#at);
    }
  }

  #text(at: number): string | undefined {
    return this.#lines.at(at)?.text;
  }

  /** Reads one block, with `#at` behind it afterwards. */
  #readBlock(): void {
    const text = this.#text(this.#at)!;
    if (isBlank(text)) {
      this.#at += 1;
      return;
    }
    const { start, goesOn } = this.#lines.at(this.#at)!;
    if (goesOn) {
      this.#readParagraph(start, this.#indents.at(-1)!);
      return;
    }
    const indent = indentOf(text);
    const body = text.slice(indent);
    if (indent === 0 && this.#readTitle()) return;
    if (this.#isQuotation(indent)) {
      this.#skipIndented(indent - 1, "quotation", this.#at);
      return;
    }
    if (COMMENT.test(body) && this.#readExplicit(indent, body)) return;
    if (GRID.test(body) || SIMPLE_TABLE.test(body)) {
      this.#skipTable(SIMPLE_TABLE.test(body));
      return;
    }
    if (body.startsWith(">>> ")) {
      this.#skipParagraph("code");
      return;
    }
    if (fieldLine.test(body) && !/^:[\w:-]+:`/.test(body)) {
      this.#skipIndented(indent, "frontMatter", this.#at);
      return;
    }
    if (adornment.test(body) || (body.startsWith("__ ") && indent === 0)) {
      this.#at += 1;
      return;
    }
    this.#readItemOrParagraph(indent, body);
  }

  /** Text is a quotation where it stands further in than lists and boxes have theirs. */
  #isQuotation(indent: number): boolean {
    while (this.#indents.length > 1 && indent < this.#indents.at(-1)!) this.#indents.pop();
    return indent > this.#indents.at(-1)!;
  }

  #readTitle(): boolean {
    const [first, second, third] = [this.#text(this.#at), this.#text(this.#at + 1), this.#text(this.#at + 2)];
    const isOver =
      adornment.test(first ?? "") &&
      !isBlank(second) &&
      adornment.test(third ?? "") &&
      first?.[0] === third?.[0];
    const isUnder = !isOver && !adornment.test(first ?? "") && adornment.test(second ?? "");
    if (!isOver && !(isUnder && (second ?? "").trim().length >= Math.min(4, (first ?? "").trim().length)))
      return false;
    const style = `${isOver ? "over" : ""}${(isOver ? first : second)![0]}`;
    if (!this.#styles.includes(style)) this.#styles.push(style);
    const { start, end } = this.#lines.at(this.#at + (isOver ? 1 : 0))!;
    this.#indents = [0];
    this.#collector.beginBlock(Math.min(6, this.#styles.indexOf(style) + 1));
    this.#inline.read(start, end);
    this.#collector.endBlock();
    this.#at += isOver ? 3 : 2;
    return true;
  }

  /** Directives, targets, footnotes and comments; false for a footnote, whose words are read. */
  #readExplicit(indent: number, body: string): boolean {
    const directive = DIRECTIVE.exec(body);
    const name = directive?.[1]?.toLowerCase();
    const footnote = FOOTNOTE.exec(body)?.[0];
    if (footnote !== undefined) {
      this.#readParagraph(this.#lines.at(this.#at)!.start + indent + footnote.length, indent);
      return true;
    }
    if (name === undefined || !PROSE_DIRECTIVES.has(name)) {
      this.#skipIndented(indent, QUOTING_DIRECTIVES.has(name ?? "") ? "quotation" : "shortcode", this.#at);
      return true;
    }
    const behind = directive![2]!;
    const { end } = this.#lines.at(this.#at)!;
    this.#at += 1;
    while (/^\s+:[\w-]+:/.test(this.#text(this.#at) ?? "")) this.#at += 1;
    if (WORDS_BEHIND.has(name) && behind.trim() !== "") {
      this.#at -= 1;
      this.#readParagraph(end - behind.length, indent + 1, true);
    }
    let next = this.#at;
    while (this.#text(next)?.trim() === "") next += 1;
    const inner = indentOf(this.#text(next) ?? "");
    if (inner > indent) this.#indents.push(inner);
    return true;
  }

  #readItemOrParagraph(indent: number, body: string): void {
    const { start } = this.#lines.at(this.#at)!;
    const item = ITEM.exec(body)?.[0];
    if (item !== undefined && /\S/.test(item)) {
      this.#indents.push(indent + (item.length === body.length ? 2 : item.length));
      this.#readParagraph(start + indent + item.length, indent + 1);
      return;
    }
    this.#readParagraph(start + indent, indent);
  }

  /**
   * Reads from a place in the line `#at` to the end of the paragraph. `::` at its end makes what is indented below code.
   * @param least indent of the lines that belong to it
   */
  #readParagraph(from: number, least: number, isBox = false): void {
    let last = this.#at;
    for (;;) {
      const { text: written, end: so, isCut } = this.#lines.at(last)!;
      if (isCut || endsLongParagraph(so - from, written)) break;
      const next = this.#text(last + 1);
      if (isBlank(next)) break;
      const indent = indentOf(next!);
      if (indent < least || (isBox && indent < least)) break;
      if (indent > this.#indents.at(-1)! && last === this.#at && !isBox) {
        // A term, and what it means below it.
        this.#indents.push(indent);
        break;
      }
      if (ITEM.test(next!.trimStart()) && /^(?:[-*+•|]\s)/.test(next!.trimStart()) && indent <= least) break;
      last += 1;
    }
    const { end } = this.#lines.at(last)!;
    const text = this.#lines.at(last)!.text;
    const isLiteral = /::\s*$/.test(text);
    const isAlone = isLiteral && /^\s*::\s*$/.test(text);
    const to = isLiteral ? end - (text.length - text.trimEnd().length) - (isAlone ? 2 : 1) : end;
    this.#collector.beginBlock();
    if (to > from) this.#inline.read(from, to);
    this.#collector.endBlock();
    this.#at = last + 1;
    if (isLiteral) this.#skipLiteral(indentOf(this.#lines.at(last)!.text));
  }

  /** What is indented below a paragraph that ends in `::`, or quoted line by line. */
  #skipLiteral(indent: number): void {
    let at = this.#at;
    while (this.#text(at)?.trim() === "") at += 1;
    if (indentOf(this.#text(at) ?? "") > indent) this.#skipIndented(indent, "code", at);
    else if (/^\s*[>|]/.test(this.#text(at) ?? "")) {
      this.#at = at;
      this.#skipParagraph("code");
    }
  }

  /** Leaves out a line and all that is indented more than `indent` below it. */
  #skipIndented(indent: number, kind: PartKind, from: number): void {
    let last = from;
    let at = from + 1;
    for (let text = this.#text(at); text !== undefined; text = this.#text(++at)) {
      if (isBlank(text)) continue;
      if (indentOf(text) <= indent && !this.#lines.at(at)!.goesOn) break;
      last = at;
    }
    this.#collector.endBlock();
    this.#collector.addPart(kind, this.#lines.at(from)!.start, this.#lines.at(last)!.end);
    this.#at = last + 1;
  }

  #skipParagraph(kind: PartKind): void {
    const from = this.#at;
    while (!isBlank(this.#text(this.#at))) this.#at += 1;
    this.#collector.addPart(kind, this.#lines.at(from)!.start, this.#lines.at(this.#at - 1)!.end);
  }

  /** A simple table goes to its third border, or the one before a blank line; a grid to the first blank line. */
  #skipTable(isSimple: boolean): void {
    const from = this.#at;
    let borders = 0;
    for (let text = this.#text(this.#at); text !== undefined; text = this.#text(this.#at)) {
      if (isSimple && /^\s*={2,}(?:\s+={2,})*\s*$/.test(text)) borders += 1;
      if (isBlank(text) && (!isSimple || borders !== 2)) break;
      this.#at += 1;
      if (borders >= 3) break;
      if (isSimple && borders === 2 && isBlank(text) && !this.#hasBorderBelow()) break;
    }
    this.#collector.addPart(
      "table",
      this.#lines.at(from)!.start,
      this.#lines.at(Math.max(from, this.#at - 1))!.end,
    );
  }

  #hasBorderBelow(): boolean {
    for (let at = this.#at; at < this.#at + 60; at += 1) {
      if (/^\s*={2,}(?:\s+={2,})*\s*$/.test(this.#text(at) ?? "")) return true;
    }
    return false;
  }
}
