import type { PartKind } from "../../document.ts";
import type { PieceReader } from "../../live/stepped-prose.ts";
import { InlineReader } from "../inline-reader.ts";
import { endsLongParagraph } from "../long-paragraphs.ts";
import type { ProseCollector } from "../prose-collector.ts";
import { type SourceLine, SourceLines } from "../source-lines.ts";
import { orgMarks } from "./org-marks.ts";

const HEADLINE =
  /^(\*+)\s+(?:([A-Z][A-Z_-]{2,})\s+)?(?:\[#[A-Z0-9]\]\s+)?(.*?)(?:[ \t]{1,200}(:[\p{L}\p{N}_@#%:]{1,300}:))?$/u;
/** Words that mark what is to be done, as Org has them and as people set them. */
const TODO_WORDS: ReadonlySet<string> = new Set(
  "TODO DONE NEXT WAITING WAIT HOLD CANCELLED CANCELED STARTED SOMEDAY MAYBE PROJ PROJECT IDEA DOING LATER NOW DRAFT INPROGRESS IN-PROGRESS DELEGATED REVIEW KILL STRT LOOP".split(
    " ",
  ),
);
/** A tree that is not shown (orgmode.org/manual, 'Comment Lines'). */
const HIDDEN_TREE = /^(\*+)\s+(?:([A-Z][A-Z_-]{2,})\s+)?COMMENT(?=\s|$)/;
const BLOCK_BEGIN = /^\s*#\+begin_(\S+)/i;
const DRAWER = /^\s*:[\w-]+:\s*$/;
const BLOCK_ID = /^\s*:id:\s+[\da-f-]{36}\s*$/i;
const PLANNING = /^\s*(?:SCHEDULED|DEADLINE|CLOSED|CLOCK):/;
const ITEM =
  /^(\s*)(?:[-+]|\d{1,4}[.)]|[A-Za-z][.)]|\s\*)(?:\s+|$)(?:\[@\d+\]\s*)?(?:\[[ xX-]\]\s+)?(?:.{1,200}?\s::(?:\s|$))?/;
const TERM = /\s::(?:\s|$)$/;
const FOOTNOTE = /^\[fn:[\w-]+\]\s*/;
const LATEX_BEGIN = /^\s*\\begin\{([a-zA-Z*]{1,30})\}/;
/** Blocks whose lines are not the writer's prose. All others, such as `center` or `note`, hold prose. */
const BLOCK_KINDS: Readonly<Record<string, PartKind>> = {
  src: "code",
  example: "code",
  export: "code",
  comment: "html",
  quote: "quotation",
  verse: "quotation",
};

const itemOf = (text: string): string | undefined => ITEM.exec(text)?.[0] ?? FOOTNOTE.exec(text)?.[0];

/** Reads Org: headlines, paragraphs and list items; drawers, blocks of code, quotations and tables are left out. */
export class OrgReader implements PieceReader {
  readonly #collector: ProseCollector;
  readonly #inline: InlineReader;
  readonly #lines: SourceLines;
  #pending: { readonly start: number; readonly end: number } | undefined;
  /** Up to which line a block's last line was looked for in vain, so that it is looked for once. */
  readonly #noneBefore = new Map<string, { readonly line: number; readonly look: number }>();
  #at = 0;
  readonly state = "";

  constructor(source: string, start: number, collector: ProseCollector) {
    this.#collector = collector;
    this.#inline = new InlineReader(source, this.#collector, orgMarks);
    this.#lines = new SourceLines(source, start);
  }

  get isAtRest(): boolean {
    return this.#pending === undefined && !this.#collector.isOpen && !this.#inline.hasNotes;
  }

  takeLook(): number {
    return this.#lines.takeLook();
  }

  *read(): Generator<number, void> {
    for (let line = this.#lines.at(0); line !== undefined; line = this.#lines.at(this.#at)) {
      if (!this.isAtRest && itemOf(line.text) !== undefined) {
        this.#endParagraph();
        yield line.start;
      }
      if (!this.#skipBlock(line) && !this.#headline(line)) this.#textLine(line);
      this.#at += 1;
      yield this.#lines.startOf(this.#at);
    }
    this.#endParagraph();
  }

  /** Blocks, drawers and lines that are no prose; `#at` is at their last line afterwards. */
  #skipBlock(line: SourceLine): boolean {
    if (this.#skipHiddenTree(line)) return true;
    const block = BLOCK_BEGIN.exec(line.text)?.[1]?.toLowerCase();
    const kind = block === undefined ? undefined : BLOCK_KINDS[block];
    if (block !== undefined && kind !== undefined) {
      const end = `#+end_${block}`;
      return this.#skipTo(end, kind) || this.#skipLine(line, kind);
    }
    if (DRAWER.test(line.text))
      return this.#skipTo(":end:", "html", /^\*+\s/) || this.#skipLine(line, "html");
    const environment = LATEX_BEGIN.exec(line.text)?.[1];
    if (environment !== undefined) {
      return this.#skipTo(`\\end{${environment}}`.toLowerCase(), "math", /^\s*$/);
    }
    if (BLOCK_ID.test(line.text)) return this.#skipLine(line, "html");
    if (/^\s*\|/.test(line.text)) return this.#skipLine(line, "table");
    if (/^\s*:(?:\s|$)/.test(line.text)) return this.#skipLine(line, "code");
    if (/^\s*#(?:\s|$|\+)/.test(line.text) || PLANNING.test(line.text) || /^\s*-{5,}\s*$/.test(line.text)) {
      return this.#skipLine(line, "html");
    }
    if (line.text.trim() === "") this.#endParagraph();
    return line.text.trim() === "";
  }

  #skipLine({ start, text }: SourceLine, kind: PartKind): true {
    if (/^\s*#\s/.test(text)) this.#readPending();
    else this.#endParagraph();
    this.#at = this.#lines.lastPartOf(this.#at);
    this.#collector.addPart(kind, start, this.#lines.at(this.#at)!.end);
    return true;
  }

  /**
   * @param last how the last line begins, in small letters
   * @returns whether such a line comes before one that no such block may hold
   */
  #skipTo(last: string, kind: PartKind, never?: RegExp): boolean {
    const from = this.#lines.at(this.#at)!;
    const none = this.#noneBefore.get(last);
    if (none !== undefined && none.line > this.#at) {
      this.#lines.look(none.look);
      return false;
    }
    let at = this.#at;
    for (let line = this.#lines.at(at); line !== undefined; line = this.#lines.at(++at)) {
      const { text, end } = line;
      if (at > this.#at && never?.test(text)) break;
      if (!text.trim().toLowerCase().startsWith(last)) continue;
      this.#endParagraph();
      this.#collector.addPart(kind, from.start, end);
      this.#at = at;
      return true;
    }
    this.#noneBefore.set(last, { line: at, look: this.#lines.at(at)?.end ?? Number.POSITIVE_INFINITY });
    return false;
  }

  /** Up to the next headline of its level, or one above. */
  #skipHiddenTree({ text, start, end: firstEnd }: SourceLine): boolean {
    const [, stars, word = ""] = HIDDEN_TREE.exec(text) ?? [];
    if (stars === undefined || (word !== "" && !TODO_WORDS.has(word))) return false;
    this.#endParagraph();
    let end = firstEnd;
    const isBelow = (line: SourceLine) =>
      !((/^(\*+)\s/.exec(line.text)?.[1]?.length ?? Infinity) <= stars.length);
    for (let next = this.#lines.at(this.#at + 1); next !== undefined && isBelow(next); ) {
      end = next.end;
      this.#at += 1;
      next = this.#lines.at(this.#at + 1);
    }
    this.#collector.addPart("html", start, end);
    return true;
  }

  #headline({ text, start }: SourceLine): boolean {
    const match = HEADLINE.exec(text.trimEnd());
    if (match === null) return false;
    const [, stars = "", word = "", rest = ""] = match;
    const title = TODO_WORDS.has(word) || word === "" ? rest : `${word} ${rest}`;
    const from = start + text.indexOf(word === "" || TODO_WORDS.has(word) ? rest : word, stars.length);
    this.#endParagraph();
    this.#collector.beginBlock(Math.min(stars.length, 6));
    if (rest !== "" || word !== "")
      this.#inline.read(from, Math.min(from + title.length, start + text.length));
    this.#endParagraph();
    return true;
  }

  #textLine({ text, start, end, isCut }: SourceLine): void {
    const item = itemOf(text);
    if (item !== undefined) {
      this.#endParagraph();
      if (TERM.test(item)) {
        const term = item.replace(/^\s*\S+\s+(?:\[[ xX-]\]\s+)?/, "").length;
        this.#inline.read(start + item.length - term, start + item.trimEnd().length - 2);
        this.#collector.endBlock();
      }
    }
    const from = this.#pending?.start ?? start + (item?.length ?? 0);
    this.#pending = { start: from, end };
    if (isCut || endsLongParagraph(end - from, text)) this.#endParagraph();
  }

  /** Lines that follow one another are read together, as emphasis and links go over their ends. */
  #readPending(): void {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending === undefined) return;
    this.#inline.read(pending.start, pending.end);
    this.#collector.addReplaced(" ", pending.end, pending.end);
  }

  #endParagraph(): void {
    this.#readPending();
    this.#collector.endBlock();
    this.#inline.readNotes();
  }
}
