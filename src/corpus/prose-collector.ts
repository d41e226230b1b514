import type { Heading, Part, PartKind, Prose, Sentence } from "./document.ts";
import { type Span, splitSentences } from "./sentences.ts";

/** Stands for a character that is not read: private use, so Markdown sees neither a blank nor a mark. */
export const MASK = "\uE000";

/** A stretch of markup whose content is a stretch of the block's plain text. */
interface Wrap {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

/** The paragraph or heading that is being read: its plain text, and where each character came from. */
class Block {
  plain = "";
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly wraps: Wrap[] = [];
  /** Code and addresses in the plain text: no sentence ends in them, and alone they are none. */
  readonly verbatim: Span[] = [];
  readonly level: number | undefined;

  constructor(level: number | undefined) {
    this.level = level;
  }

  /** Adds one character of plain text; white space collapses, and a line break outweighs a blank. */
  add(character: string, start: number, end: number): void {
    if (character === MASK) return;
    const last = this.plain.at(-1);
    if (!/\s/.test(character)) this.#push(character, start, end);
    else if (last === " " && character === "\n") this.plain = `${this.plain.slice(0, -1)}\n`;
    else if (last !== undefined && !/\s/.test(last)) this.#push(character === "\n" ? "\n" : " ", start, end);
  }

  #push(character: string, start: number, end: number): void {
    for (let unit = 0; unit < character.length; unit += 1) {
      this.starts.push(start);
      this.ends.push(end);
    }
    this.plain += character;
  }
}

/** A place in the source and in the plain text, where some markup opens. */
export interface Opening {
  readonly start: number;
  readonly from: number;
  readonly block: number;
}

/**
 * Gathers a document's prose from a format reader that walks the source from start to end: text comes
 * in with its place, and goes out as sentences, headings and parts with places.
 */
export class ProseCollector {
  readonly #source: string;
  readonly #locale: string;
  readonly #sentences: Sentence[] = [];
  readonly #headings: Heading[] = [];
  readonly #parts: Part[] = [];
  #block: Block | undefined;
  #blocks = 0;
  #paragraphs = 0;
  #quiet = 0;

  /** @param locale of the sentence rules, such as 'en' */
  constructor(source: string, locale: string) {
    this.#source = source;
    this.#locale = locale;
  }

  /** Ends the open block and opens a paragraph, or a heading where a level (1 to 6) is given. */
  beginBlock(level?: number): void {
    this.endBlock();
    this.#block = new Block(level);
    this.#blocks += 1;
  }

  endBlock(): void {
    const block = this.#block;
    this.#block = undefined;
    if (block === undefined || !/[\p{L}\p{N}]/u.test(block.plain)) return;
    if (block.level === undefined) this.#addParagraph(block);
    else this.#addHeading(block, block.level);
  }

  /** Text between `mute` and `unmute` is not the writer's own and is dropped; pairs may be nested. */
  mute(): void {
    this.#quiet += 1;
  }

  unmute(): void {
    this.#quiet -= 1;
  }

  /** Adds text that stands in the source as it reads: character i came from `start + i`. Line ends are blanks. */
  addVerbatim(text: string, start: number): void {
    let offset = start;
    for (const character of text) {
      this.addReplaced(/\s/.test(character) ? " " : character, offset, offset + character.length);
      offset += character.length;
    }
  }

  /** Adds text that stands for a whole stretch of the source: an entity, an address shown by its host. */
  addReplaced(text: string, start: number, end: number): void {
    if (this.#quiet > 0) return;
    if (this.#block === undefined) this.beginBlock();
    for (const character of text) this.#block?.add(character, start, end);
  }

  /** A line break the writer made on purpose. */
  addLineBreak(start: number, end: number): void {
    if (this.#quiet === 0) this.#block?.add("\n", start, end);
  }

  /** Notes where markup opens, for `closeWrap`. */
  openWrap(start: number): Opening {
    return { start, from: this.#block?.plain.length ?? 0, block: this.#blocks };
  }

  /**
   * A sentence that holds all of the markup's content takes its delimiters along.
   * @param content 'verbatim' where it is code or an address
   */
  closeWrap(opening: Opening, end: number, content: "words" | "verbatim" = "words"): void {
    const block = this.#block;
    if (block === undefined || opening.block !== this.#blocks || block.plain.length <= opening.from) return;
    block.wraps.push({ from: opening.from, to: block.plain.length, start: opening.start, end });
    if (content === "verbatim") block.verbatim.push({ start: opening.from, end: block.plain.length });
  }

  addPart(kind: PartKind, start: number, end: number): void {
    if (end > start) this.#parts.push({ kind, start, end });
  }

  finish(): Prose {
    this.endBlock();
    return {
      sentences: this.#sentences,
      headings: this.#headings,
      parts: this.#parts.toSorted((a, b) => a.start - b.start || b.end - a.end),
    };
  }

  #addParagraph(block: Block): void {
    const before = this.#sentences.length;
    for (const { start: from, end: to } of splitSentences(block.plain, this.#locale, block.verbatim)) {
      if (!isProse(block, from, to)) continue;
      const plain = block.plain.slice(from, to).replaceAll("\n", " ");
      this.#sentences.push({ ...this.#place(block, from, to), plain, paragraph: this.#paragraphs });
    }
    if (this.#sentences.length === before) return;
    this.#paragraphs += 1;
    const { start, end } = this.#place(block, 0, block.plain.trimEnd().length);
    this.addPart("prose", start, end);
  }

  #addHeading(block: Block, level: number): void {
    const plain = block.plain.trim().replaceAll("\n", " ");
    const place = this.#place(block, 0, plain.length);
    this.#headings.push({ ...place, plain, level });
    this.addPart("heading", place.start, place.end);
  }

  /** Where `plain.slice(from, to)` stands in the source, with the markup that lies wholly around parts of it. */
  #place(block: Block, from: number, to: number): { text: string; start: number; end: number } {
    let start = block.starts[from] ?? 0;
    let end = block.ends[to - 1] ?? start;
    for (const wrap of block.wraps) {
      if (wrap.from < from || Math.min(wrap.to, block.plain.trimEnd().length) > to) continue;
      start = Math.min(start, wrap.start);
      end = Math.max(end, wrap.end);
    }
    return { text: this.#source.slice(start, end), start, end };
  }
}

/** Half of the signs in prose are letters at least, and not all of them stand in code or addresses. */
function isProse({ plain, verbatim }: Block, from: number, to: number): boolean {
  let words = "";
  let done = from;
  for (const span of verbatim) {
    if (span.end <= done || span.start >= to) continue;
    words += `${plain.slice(done, Math.max(done, span.start))} `;
    done = span.end;
  }
  words += plain.slice(done, Math.max(done, to));
  const signs = words.replace(/\s/g, "").length;
  const letters = words.match(/[\p{L}\p{M}\p{N}]/gu)?.length ?? 0;
  return /\p{L}/u.test(words) && letters * 2 >= signs;
}
