import type { SyntaxNode, SyntaxNodeRef, Tree } from "@lezer/common";
import { decodeHTMLStrict } from "entities";
import { hashtagsIn } from "../../../front-matter/tags/hashtags/hashtag.ts";
import type { HtmlReader } from "../html.ts";
import { MASK, type Opening, type ProseCollector } from "../prose-collector.ts";
import { reading, shownAs } from "./reading.ts";

/**
 * What reads otherwise than it is written: line ends (after a backslash or two blanks on purpose), and marks of
 * emphasis that CommonMark does not take for such (as in `**Note:**this`), though the writer meant them.
 */
const SPECIAL =
  /(\\|(?<! ) {2,})?(?:\r\n|\r|\n)[ \t]*|(?<!\*)\*\*(?!\*)|(?<![\w_])__(?=[\p{L}\s])|(?<=\p{L}|[.:!?])__(?![\w_])/gu;
/** Whether there may be any such: few stretches have one. */
const MAYBE_SPECIAL = /[\r\n]|\*\*|__/;
/** Blocks of HTML, which are read whole. */
export const HTML_BLOCKS: ReadonlySet<string> = new Set([
  "HTMLBlock",
  "CommentBlock",
  "ProcessingInstructionBlock",
  "JsxBlock",
]);
export const HTML_PIECES: ReadonlySet<string> = new Set([
  "HTMLTag",
  "Comment",
  "ProcessingInstruction",
  "JsxTag",
]);
/** What a hashtag in a table may stand in. */
const AROUND_HASHTAG: ReadonlySet<string> = new Set(
  "TableHeader TableRow TableCell Emphasis StrongEmphasis Strikethrough Highlight".split(" "),
);
const TABLE_ROWS = /^(?:[ \t]*\|[^\n]*\|[ \t\r]*(?:\n|$))+$/;

/** What a walk asks about the rest of the document. */
export interface Surroundings {
  /** A piece of HTML with `filler` where notation stands that HTML does not know. */
  readonly blankInHtml: (html: string, filler: string) => string;
  /** Whether a label, as `labelKey` writes it, has an address somewhere. */
  readonly hasAddress: (label: string) => boolean;
}

/** Walks the tree of one block once, and hands the writer's words with their places in it to the collector. */
export class MarkdownWalk {
  readonly #source: string;
  readonly #tree: Tree;
  readonly #collector: ProseCollector;
  readonly #html: HtmlReader;
  readonly #surroundings: Surroundings;
  /** Of the nodes that are being read, from the outermost; none for words in brackets. */
  readonly #openings: (Opening | undefined)[] = [];
  /** In a paragraph or heading: up to where it has been read. */
  #done: number | undefined;
  /** Where the words of the link end that is being read. */
  #linkTextEnd = Number.POSITIVE_INFINITY;

  /** @param source of the block alone, which the tree is of, with one sign more where a long line is cut behind a letter */
  constructor(
    source: string,
    tree: Tree,
    collector: ProseCollector,
    html: HtmlReader,
    surroundings: Surroundings,
  ) {
    this.#source = source;
    this.#tree = tree;
    this.#collector = collector;
    this.#html = html;
    this.#surroundings = surroundings;
  }

  walk(): void {
    this.#tree.iterate({ enter: (node) => this.#enter(node), leave: (node) => this.#leave(node) });
  }

  /** Whether there is something to read in it. */
  #enter(node: SyntaxNodeRef): boolean {
    const { type, from, to } = node;
    const kind = type.prop(reading);
    if (kind !== undefined) {
      // Where nothing is read, no blank stays before a full stop.
      const isGap =
        kind !== "mark" && this.#source[from - 1] === " " && /[.,;:!?)]/.test(this.#source[to] ?? "");
      this.#pass(isGap ? from - 1 : from, to);
      if (kind !== "mark") this.#collector.addPart(kind, from, to);
      if (kind === "table") this.#addHashtags(from, to);
      if (type.name === "FieldLine" || type.name === "HeadLines") this.#addFields(from, to);
      return false;
    }
    if (HTML_BLOCKS.has(type.name)) return this.#htmlBlock(node);
    if (type.is("LeafBlock")) return this.#beginText(node);
    return this.#done === undefined || this.#enterInline(node);
  }

  #addFields(from: number, to: number): void {
    for (const { 0: line, index } of this.#source.slice(from, to).matchAll(/\S[^\r\n]*/g))
      this.#collector.addProperty(line, from + index);
  }

  /** Those of a table, which is not read. */
  #addHashtags(from: number, to: number): void {
    const isAround = (node: SyntaxNode | null): boolean =>
      node === null || node.from <= from || (AROUND_HASHTAG.has(node.name) && isAround(node.parent));
    for (const hashtag of hashtagsIn(this.#source.slice(from, to).replaceAll("|", " "))) {
      const start = from + hashtag.start;
      if (isAround(this.#tree.resolveInner(start, 1))) this.#collector.addHashtag(hashtag, start);
    }
  }

  #leave({ type, from, to }: SyntaxNodeRef): void {
    if (this.#done === undefined) return;
    if (type.is("LeafBlock")) {
      // Behind what the tree holds there may be one sign more.
      const end = to === this.#tree.length ? this.#source.length : to;
      this.#pass(end, end);
      this.#collector.endBlock();
      this.#done = undefined;
      return;
    }
    const opening = this.#openings.pop();
    const end = Math.min(to, this.#linkTextEnd);
    this.#pass(end, to);
    if (opening === undefined) return;
    this.#collector.closeWrap(opening, to);
    if (type.name === "WikiLink" || end < to) this.#collector.addPart("link", from, to);
    if (type.name === "Link") this.#linkTextEnd = Number.POSITIVE_INFINITY;
  }

  /** Rows of a table without the line of dashes make no table in GFM, but a table to its reader. */
  #beginText({ type, from, to }: SyntaxNodeRef): boolean {
    const level = /Heading([1-6])$/.exec(type.name)?.[1];
    if (this.#source[from] === "|" && TABLE_ROWS.test(this.#source.slice(from, to))) {
      this.#collector.addPart("table", from, to);
      this.#addHashtags(from, to);
      return false;
    }
    if (level !== undefined) this.#html.closeAll(from);
    this.#collector.beginBlock(level === undefined ? undefined : Number(level));
    this.#done = from;
    return true;
  }

  #htmlBlock(node: SyntaxNodeRef): false {
    this.#collector.beginBlock();
    this.#readHtml(node);
    this.#collector.endBlock();
    return false;
  }

  #readHtml(node: SyntaxNodeRef): void {
    this.#html.read(this.#surroundings.blankInHtml(this.#withoutMarks(node), MASK), node.from);
  }

  /** What is written in a node, without the marks of a quotation or box at the beginnings of its lines. */
  #withoutMarks({ node, from, to }: SyntaxNodeRef): string {
    const written = this.#source.slice(from, to);
    if (!/[\r\n]/.test(written)) return written;
    return node
      .getChildren("QuoteMark")
      .reduce((text, mark) => text.slice(0, mark.from - from) + MASK + text.slice(mark.to - from), written);
  }

  #enterInline(node: SyntaxNodeRef): boolean {
    const { type, from, to } = node;
    if (from >= this.#linkTextEnd) return false;
    const shown = type.prop(shownAs);
    if (shown !== undefined) return this.#replace(node, shown(this.#source.slice(from, to)));
    if (HTML_PIECES.has(type.name)) {
      this.#pass(from, to);
      this.#readHtml(node);
      return false;
    }
    switch (type.name) {
      case "Escape":
        return this.#replace(node, this.#source.slice(from + 1, to));
      case "Entity":
        return this.#replace(node, decodeHTMLStrict(this.#source.slice(from, to)));
      case "InlineCode":
        return this.#inlineCode(node);
      case "Autolink":
        return this.#address(from, to, this.#source.slice(from + 1, to - 1));
      case "URL":
        return this.#address(from, to, this.#source.slice(from, to));
      case "Image":
        return this.#image(node);
      case "Link":
        return this.#link(node);
      case "LinkMark":
      case "LinkLabel":
      case "LinkTitle":
        return false;
      default:
        return this.#open(from);
    }
  }

  /** Markup around words: a sentence that holds all the words takes the markup along. */
  #open(from: number): true {
    this.#text(from);
    this.#openings.push(this.#collector.openWrap(from));
    return true;
  }

  #replace({ from, to }: SyntaxNodeRef, text: string): false {
    this.#pass(from, to);
    this.#collector.addReplaced(text, from, to);
    return false;
  }

  #inlineCode(node: SyntaxNodeRef): false {
    const { from, to } = node;
    this.#pass(from, to);
    const written = this.#withoutMarks(node);
    const ticks = /^`+/.exec(written)?.[0].length ?? 0;
    const opening = this.#collector.openWrap(from);
    this.#collector.addVerbatim(written.slice(ticks, written.length - ticks), from + ticks);
    this.#collector.closeWrap(opening, to, "verbatim");
    this.#collector.addPart("code", from, to);
    return false;
  }

  /** A bare address reads as its host, as many readers see it. */
  #address(from: number, to: number, address: string): false {
    this.#pass(from, to);
    const opening = this.#collector.openWrap(from);
    this.#collector.addReplaced(hostOf(address), from, to);
    this.#collector.closeWrap(opening, to, "verbatim");
    this.#collector.addPart("link", from, to);
    return false;
  }

  #image(node: SyntaxNodeRef): false {
    const { from, to } = node;
    if (this.#linkWords(node, from + 2) === undefined) return false;
    this.#pass(from, to);
    this.#collector.addPart("image", from, to);
    return false;
  }

  /** A link, or words in brackets where no address belongs to them. */
  #link(node: SyntaxNodeRef): boolean {
    const { from, to } = node;
    const end = this.#linkWords(node, from + 1);
    if (end === undefined) {
      this.#openings.push(undefined);
      return true;
    }
    const shown = this.#source.slice(from + 1, end);
    const address = node.node.getChildren("URL").findLast((url) => url.from >= end);
    const written = address === undefined ? "" : this.#source.slice(address.from, address.to);
    if (/^\S*[:/@]\S*$/.test(shown) && written.endsWith(shown)) {
      return this.#address(from, to, written);
    }
    this.#open(from);
    this.#done = from + 1;
    this.#linkTextEnd = end;
    return true;
  }

  /** Where the words of a link or image end that begin at a place; undefined where it has no address. */
  #linkWords({ node, from }: SyntaxNodeRef, start: number): number | undefined {
    const end = node.getChildren("LinkMark")[1]?.from ?? start;
    if (this.#source[end + 1] === "(" && node.to > end + 1) return end;
    const label = node.getChild("LinkLabel");
    const written = label === null ? "" : this.#source.slice(label.from + 1, label.to - 1);
    const name = written.trim() === "" ? this.#source.slice(start, end) : written;
    if (from < end && this.#surroundings.hasAddress(labelKey(name))) return end;
    return label !== null && this.#isReference(start, end, written) ? end : undefined;
  }

  /** Whether words before a label that no word is are a link, whose address a tool knows (`[words][site.url]`, `[words][]`). */
  #isReference(start: number, end: number, label: string): boolean {
    const before = this.#source[start - 2] ?? "";
    return (
      /^(?:\S*[._:/#-]\S*)?$/.test(label) &&
      !/[\p{L}\p{N}\]]/u.test(before) &&
      /\p{L}{2}/u.test(this.#source.slice(start, end))
    );
  }

  /** Reads up to `from`, and goes on at `to`. */
  #pass(from: number, to: number): void {
    if (this.#done === undefined) return;
    this.#text(from);
    this.#done = to;
  }

  #text(end: number): void {
    const start = this.#done ?? end;
    if (end <= start) return;
    // With a character before and behind it, which tell what a mark is.
    const first = Math.max(0, start - 1);
    const written = this.#source.slice(first, end + 1);
    let done = start;
    if (!MAYBE_SPECIAL.test(written)) {
      this.#collector.addVerbatim(this.#source.slice(done, end), done);
      this.#done = end;
      return;
    }
    for (const { 0: special, 1: broken, index } of written.matchAll(SPECIAL)) {
      const from = first + index;
      if (from < start || from >= end) continue;
      this.#collector.addVerbatim(this.#source.slice(done, from), done);
      done = Math.min(end, from + special.length);
      if (broken !== undefined) this.#collector.addLineBreak(from, done);
      else if (/[\r\n]/.test(special)) this.#collector.addReplaced(" ", from, done);
      else this.#collector.addReplaced(strayEmphasis(this.#source[from - 1], this.#source[done]), from, done);
    }
    this.#collector.addVerbatim(this.#source.slice(done, end), done);
    this.#done = end;
  }
}

/** Nothing, or a blank where the mark is all that stands between a sentence's end and the next word. */
function strayEmphasis(before = "", after = ""): string {
  return /[.:;,!?]/.test(before) && /\p{L}/u.test(after) ? " " : "";
}

function hostOf(address: string): string {
  const url = URL.parse(/^www\./i.test(address) ? `http://${address}` : address);
  return url?.host.replace(/^www\./, "") || address.replace(/^mailto:/, "");
}

/** The labels that a block gives addresses to, `source` being the text of the block. */
export function labelsOf(tree: Tree, source: string): ReadonlySet<string> {
  const labels = new Set<string>();
  tree.iterate({
    enter({ type, from, to }) {
      const label = type.name.endsWith("Reference")
        ? /^\[((?:\\.|[^\]\\])+)\]:/s.exec(source.slice(from, to))
        : null;
      if (label !== null) labels.add(labelKey(label[1] ?? ""));
      return !type.is("LeafBlock");
    },
  });
  return labels;
}

function labelKey(label: string): string {
  return label.trim().replace(/\s+/g, " ").toLowerCase();
}
