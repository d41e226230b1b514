import { decodeHTMLStrict } from "entities";
import type { Link, Nodes, Paragraph, PhrasingContent, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import type { PartKind, Prose } from "../document.ts";
import type { Format } from "./format.ts";
import { HtmlReader } from "./html.ts";
import { intricacyOf } from "./intricacy.ts";
import { MASK, ProseCollector } from "./prose-collector.ts";
import { blankOf, maskShortcodes } from "./shortcodes.ts";

/** Positions are lost in nodes that a transform makes; the syntax extension finds addresses without it. */
const FROM_MARKDOWN = gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] }));
const SYNTAX = gfm({ singleTilde: false });

/**
 * What reads otherwise than it is written: entities, escapes, line ends, and marks of emphasis that
 * CommonMark does not take for such (as in `**Note:**this`), though the writer meant them.
 */
const SPECIAL =
  /\\[!-/:-@[-`{-~]|&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|\w{2,31});|\r?\n[ \t]*|(?<!\*)\*\*(?!\*)|(?<![\w_])__(?=[\p{L}\s])|(?<=\p{L}|[.:!?])__(?![\w_])/gu;

const OTHER_BLOCKS: ReadonlyMap<RootContent["type"], PartKind> = new Map([
  ["blockquote", "quotation"],
  ["code", "code"],
  ["table", "table"],
  ["definition", "link"],
]);

/**
 * Reads Markdown (CommonMark and GFM, with HTML in it) from `bodyStart` on, where the front matter ends.
 * @param dialect 'mdx' leaves out imports, exports and expressions too
 */
export function readMarkdown(
  source: string,
  bodyStart: number,
  locale: string,
  dialect: "markdown" | "mdx" = "markdown",
): Prose {
  const { masked, parts } = maskShortcodes(source, bodyStart);
  // One blank line, however many there were: front matter ends where its line does.
  const head = " ".repeat(bodyStart);
  // The parser would drop a byte order mark and shift every position by one.
  const body = masked.slice(bodyStart).replace(/^\uFEFF/, " ");
  const collector = new ProseCollector(source, locale);
  for (const { kind, start, end } of parts) collector.addPart(kind, start, end);
  const text = head + (dialect === "mdx" ? maskModuleCode(body) : body);
  new MarkdownWalk(source, text, collector).walk();
  return collector.finish();
}

export const markdown: Format = {
  endings: ["md", "markdown", "mdown", "mkd"],
  holdsTags: true,
  read: readMarkdown,
  intricacy: intricacyOf,
};

export const mdx: Format = {
  ...markdown,
  endings: ["mdx"],
  read: (source, bodyStart, locale) => readMarkdown(source, bodyStart, locale, "mdx"),
};

/** MDX: lines of imports and exports, and expressions in braces. */
function maskModuleCode(body: string): string {
  return body
    .replace(/^(?:import|export)\s(?:.+(?:\n(?!\s*\n))?)+/gm, (code) => blankOf(code, " "))
    .replace(/\{[^{}\n]{0,500}\}/g, (expression) => blankOf(expression, MASK));
}

/** Walks the tree of one document; `#masked` is the source with the same offsets and less in it. */
class MarkdownWalk {
  readonly #source: string;
  readonly #masked: string;
  readonly #collector: ProseCollector;
  readonly #html: HtmlReader;

  constructor(source: string, masked: string, collector: ProseCollector) {
    this.#source = source;
    this.#masked = masked;
    this.#collector = collector;
    this.#html = new HtmlReader(masked, collector);
  }

  walk(): void {
    const root = fromMarkdown(this.#masked, { extensions: [SYNTAX], mdastExtensions: FROM_MARKDOWN });
    for (const child of root.children) this.#block(child);
    this.#html.closeAll(this.#masked.length);
  }

  #block(node: RootContent): void {
    switch (node.type) {
      case "paragraph":
        this.#paragraph(node);
        break;
      case "heading":
        this.#html.closeAll(rangeOf(node).start);
        this.#textBlock(node.children, node.depth);
        break;
      case "list":
      case "listItem":
      case "footnoteDefinition":
        for (const child of node.children) this.#block(child);
        break;
      case "html":
        this.#htmlBlock(node);
        break;
      default:
        this.#otherBlock(node);
    }
  }

  #otherBlock(node: RootContent): void {
    const { start, end } = rangeOf(node);
    const kind = OTHER_BLOCKS.get(node.type);
    if (kind !== undefined) this.#collector.addPart(kind, start, end);
  }

  /** Rows of a table without the line of dashes make no table in GFM, but a table to its reader. */
  #paragraph(node: Paragraph): void {
    const { start, end } = rangeOf(node);
    const lines = this.#masked.slice(start, end).split("\n");
    if (lines.every((line) => /^\s*\|.*\|\s*$/.test(line))) this.#collector.addPart("table", start, end);
    else this.#textBlock(node.children);
  }

  #textBlock(content: readonly PhrasingContent[], level?: number): void {
    this.#collector.beginBlock(level);
    for (const node of content) this.#inline(node);
    this.#collector.endBlock();
  }

  #htmlBlock(node: Nodes): void {
    const { start, end } = rangeOf(node);
    this.#collector.beginBlock();
    this.#html.read(start, end);
    this.#collector.endBlock();
  }

  #inline(node: PhrasingContent): void {
    const { start, end } = rangeOf(node);
    switch (node.type) {
      case "text":
        this.#text(start, end);
        break;
      case "html":
        this.#html.read(start, end);
        break;
      case "break":
        this.#collector.addLineBreak(start, end);
        break;
      case "image":
      case "imageReference":
        this.#collector.addPart("image", start, end);
        break;
      case "footnoteReference":
        break;
      default:
        this.#wrapped(node, start, end);
    }
  }

  /** Markup around words: a sentence that holds all the words takes the markup along. */
  #wrapped(node: PhrasingContent, start: number, end: number): void {
    const opening = this.#collector.openWrap(start);
    const isAddress = node.type === "link" && isBareAddress(node);
    if (isAddress) this.#collector.addReplaced(hostOf(node.url), start, end);
    else if (node.type === "inlineCode") this.#inlineCode(start, end);
    else if ("children" in node) for (const child of node.children) this.#inline(child);
    const content = isAddress || node.type === "inlineCode" ? "verbatim" : "words";
    this.#collector.closeWrap(opening, end, content);
    if (node.type === "inlineCode") this.#collector.addPart("code", start, end);
    if (node.type === "link" || node.type === "linkReference") this.#collector.addPart("link", start, end);
  }

  /** The code as written: shortcodes in it are an example, so the unmasked source counts. */
  #inlineCode(start: number, end: number): void {
    const written = this.#source.slice(start, end);
    const ticks = /^`+/.exec(written)?.[0].length ?? 0;
    this.#collector.addVerbatim(written.slice(ticks, written.length - ticks), start + ticks);
  }

  #text(start: number, end: number): void {
    const written = this.#masked.slice(start, end);
    let done = 0;
    for (const { 0: special, index } of written.matchAll(SPECIAL)) {
      this.#collector.addVerbatim(written.slice(done, index), start + done);
      done = index + special.length;
      const reading = /^(?:\*\*|__)$/.test(special)
        ? strayEmphasis(written[index - 1], written[done])
        : readingOf(special);
      this.#collector.addReplaced(reading, start + index, start + done);
    }
    this.#collector.addVerbatim(written.slice(done), start + done);
  }
}

/** Nothing, or a blank where the mark is all that stands between a sentence's end and the next word. */
function strayEmphasis(before = "", after = ""): string {
  return /[.:;,!?]/.test(before) && /\p{L}/u.test(after) ? " " : "";
}

function readingOf(special: string): string {
  if (special.startsWith("\\")) return special.slice(1);
  if (special.startsWith("&")) return decodeHTMLStrict(special);
  return " ";
}

function isBareAddress({ url, children: [shown] }: Link): boolean {
  if (shown?.type !== "text") return false;
  return /^https?:\/\/\S+$/.test(shown.value) || (/[:/@]/.test(shown.value) && url.endsWith(shown.value));
}

/** A bare address reads as its host, as many readers see it. */
function hostOf(url: string): string {
  return URL.parse(url)?.host.replace(/^www\./, "") || url.replace(/^mailto:/, "");
}

function rangeOf(node: Nodes): { start: number; end: number } {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
}
