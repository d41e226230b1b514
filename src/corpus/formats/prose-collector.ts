import type { Heading, Part, PartKind, Prose, Sentence } from "../document.ts";
import { type Span, splitSentences } from "../sentences.ts";

/** Stands for a character that is not read: private use, so Markdown sees neither a blank nor a mark. */
export const MASK = "\uE000";

/** A stretch of markup whose content is a stretch of the block's plain text. */
interface Wrap {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

/** The paragraph or heading that is being read: its plain text, and where each code unit came from. */
class Block {
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly wraps: Wrap[] = [];
  /** Code and addresses in the plain text, sorted by start: no sentence ends in them, and alone they are none. */
  readonly verbatim: Span[] = [];
  /** Those before it end before the stretch that was asked for last. */
  #wrap = 0;
  #verbatimAt = 0;
  readonly level: number | undefined;
  readonly #characters: string[] = [];

  constructor(level: number | undefined) {
    this.level = level;
  }

  /** Code units so far. */
  get length(): number {
    return this.starts.length;
  }

  /** The plain text; joined anew at each call. */
  get plain(): string {
    return this.#characters.join("");
  }

  /** Adds one character of plain text; white space collapses, and a line break outweighs a blank. */
  add(character: string, start: number, end: number): void {
    if (character === MASK) return;
    const last = this.#characters.at(-1);
    if (!isBlank(character)) this.#push(character, start, end);
    else if (last === " " && character === "\n") this.#characters[this.#characters.length - 1] = "\n";
    else if (last !== undefined && !isBlank(last)) this.#push(character === "\n" ? "\n" : " ", start, end);
  }

  /** The markup that lies wholly in `plain.slice(from, to)`; stretches are asked for in order, or from 0 on. */
  *wrapsIn(from: number, to: number): Generator<Wrap> {
    if (from === 0) this.#wrap = 0;
    while ((this.wraps[this.#wrap]?.to ?? from + 1) <= from) this.#wrap += 1;
    // Markup is closed from the inside out, so what ends later comes later.
    for (let at = this.#wrap; (this.wraps[at]?.to ?? to + 1) <= to; at += 1) {
      const wrap = this.wraps[at];
      if (wrap !== undefined && wrap.from >= from) yield wrap;
    }
  }

  /** `plain.slice(from, to)` without code and addresses; stretches are asked for in order. */
  wordsIn(plain: string, from: number, to: number): string {
    let words = "";
    let done = from;
    while ((this.verbatim[this.#verbatimAt]?.end ?? from + 1) <= from) this.#verbatimAt += 1;
    for (let at = this.#verbatimAt; (this.verbatim[at]?.start ?? to) < to; at += 1) {
      const span = this.verbatim[at];
      if (span === undefined || span.end <= done) continue;
      words += `${plain.slice(done, Math.max(done, span.start))} `;
      done = span.end;
    }
    return words + plain.slice(done, Math.max(done, to));
  }

  #push(character: string, start: number, end: number): void {
    for (let unit = 0; unit < character.length; unit += 1) {
      this.starts.push(start);
      this.ends.push(end);
    }
    this.#characters.push(character);
  }
}

function isBlank(character: string): boolean {
  const code = character.charCodeAt(0);
  return code === 32 || (code < 128 ? code >= 9 && code <= 13 : /^\s$/.test(character));
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
    if (block === undefined) return;
    const plain = block.plain;
    if (!/[\p{L}\p{N}]/u.test(plain)) return;
    if (block.level === undefined) this.#addParagraph(block, plain);
    else this.#addHeading(block, plain, block.level);
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
      this.addReplaced(isBlank(character) ? " " : character, offset, offset + character.length);
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
    return { start, from: this.#block?.length ?? 0, block: this.#blocks };
  }

  /**
   * A sentence that holds all of the markup's content takes its delimiters along.
   * @param content 'verbatim' where it is code or an address
   */
  closeWrap(opening: Opening, end: number, content: "words" | "verbatim" = "words"): void {
    const block = this.#block;
    if (block === undefined || opening.block !== this.#blocks || block.length <= opening.from) return;
    block.wraps.push({ from: opening.from, to: block.length, start: opening.start, end });
    if (content === "verbatim") block.verbatim.push({ start: opening.from, end: block.length });
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

  #addParagraph(block: Block, plain: string): void {
    const before = this.#sentences.length;
    for (const { start: from, end: to } of splitSentences(plain, this.#locale, block.verbatim)) {
      if (!isProse(block.wordsIn(plain, from, to))) continue;
      const place = this.#place(block, from, to);
      const reading = plain.slice(from, to).replaceAll("\n", " ");
      this.#sentences.push({ ...place, plain: reading, paragraph: this.#paragraphs });
    }
    if (this.#sentences.length === before) return;
    this.#paragraphs += 1;
    const { start, end } = this.#place(block, 0, plain.trimEnd().length);
    this.addPart("prose", start, end);
  }

  #addHeading(block: Block, plain: string, level: number): void {
    const reading = plain.trimEnd();
    const place = this.#place(block, 0, reading.length);
    this.#headings.push({ ...place, plain: reading.replaceAll("\n", " "), level });
    this.addPart("heading", place.start, place.end);
  }

  /** Where `plain.slice(from, to)` stands in the source, with the markup that lies wholly around parts of it. */
  #place(block: Block, from: number, to: number): { text: string; start: number; end: number } {
    let start = block.starts[from] ?? 0;
    let end = block.ends[to - 1] ?? start;
    for (const wrap of block.wrapsIn(from, to)) {
      start = Math.min(start, wrap.start);
      end = Math.max(end, wrap.end);
    }
    return { text: this.#source.slice(start, end), start, end };
  }
}

/** Half of the signs in prose are letters at least. */
function isProse(words: string): boolean {
  const signs = words.replace(/\s/g, "").length;
  const letters = words.match(/[\p{L}\p{M}\p{N}]/gu)?.length ?? 0;
  return /\p{L}/u.test(words) && letters * 2 >= signs;
}
