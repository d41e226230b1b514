import { type Hashtag, hashtagAt } from "../../front-matter/tags/hashtags/hashtag.ts";
import type { Heading, Part, PartKind, Prose, Sentence } from "../document.ts";
import { inOrder, type ReadBlock } from "../live/read-block.ts";
import { type Span, splitSentences } from "../sentences.ts";
import { type TextTag, tagsOfProperty } from "../text-tags.ts";

/** Stands for a character that is not read: private use, so Markdown sees neither a blank nor a mark. */
export const MASK = "\uE000";

/** A stretch of markup whose content is a stretch of the block's plain text. */
interface Wrap {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

/** Signs of a sentence that tell whether it is prose. */
const MOST_LOOKED_AT = 4_000;

/** Blanks that do not read as they stand, or may not, and what is not read. */
const UNEVEN = /[^\S ]| {2}|\uE000/;

/**
 * The paragraph or heading that is being read: its plain text, and where each code unit came from, by stretches that
 * stand in the source as they read (`ends` below 0), or for something else.
 */
class Block {
  readonly #froms: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly wraps: Wrap[] = [];
  /** Code and addresses in the plain text, sorted by start: no sentence ends in them, and alone they are none. */
  readonly verbatim: Span[] = [];
  /** Those before it end before the stretch that was asked for last. */
  #wrap = 0;
  #verbatimAt = 0;
  readonly level: number | undefined;
  readonly #pieces: string[] = [];
  #length = 0;
  /** The code unit that is last; NaN at the start. */
  #last = Number.NaN;
  /** How many parts the document had before it. */
  readonly partsBefore: number;

  constructor(level: number | undefined, partsBefore: number) {
    this.level = level;
    this.partsBefore = partsBefore;
  }

  /** Code units so far. */
  get length(): number {
    return this.#length;
  }

  /** The plain text; joined anew at each call. */
  get plain(): string {
    return this.#pieces.join("");
  }

  /** Adds text that reads as it stands in the source; blanks are collapsed. */
  addVerbatim(text: string, start: number): void {
    const isEven = !UNEVEN.test(text) && (!text.startsWith(" ") || !isBlankCode(this.#last));
    if (isEven) this.#push(text, start, -1);
    else {
      let offset = start;
      for (const character of text) {
        if (isBlank(character)) this.add(" ", offset, offset + character.length);
        else if (character !== MASK) this.#push(character, offset, -1);
        offset += character.length;
      }
    }
  }

  /** Adds one character for a stretch of the source; white space collapses, and a line break outweighs a blank. */
  add(character: string, start: number, end: number): void {
    if (character === MASK) return;
    if (!isBlank(character)) this.#push(character, start, end);
    else if (this.#last === BLANK && character === "\n") this.#breakLast();
    else if (!isBlankCode(this.#last)) this.#push(character === "\n" ? "\n" : " ", start, end);
  }

  /** Where the code unit at an offset of the plain text came from. */
  placeOf(offset: number): Span {
    let [low, high] = [0, this.#froms.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#froms[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    const [from = 0, start = 0, end = 0] = [this.#froms[low], this.#starts[low], this.#ends[low]];
    return end < 0 ? { start: start + offset - from, end: start + offset - from + 1 } : { start, end };
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

  #breakLast(): void {
    const last = this.#pieces.pop() ?? "";
    this.#pieces.push(`${last.slice(0, -1)}\n`);
    this.#last = LINE_FEED;
  }

  /** @param end below 0 where it is written in the source as it is */
  #push(text: string, start: number, end: number): void {
    if (text === "") return;
    const at = this.#froms.length - 1;
    const goesOn = end < 0 && at >= 0 && this.#ends[at]! < 0;
    if (!goesOn || this.#starts[at]! + this.#length - this.#froms[at]! !== start) {
      this.#froms.push(this.#length);
      this.#starts.push(start);
      this.#ends.push(end);
    }
    this.#pieces.push(text);
    this.#length += text.length;
    this.#last = text.charCodeAt(text.length - 1);
  }
}

const BLANK = 32;
const LINE_FEED = 10;

/** Of the last sign of a plain text, which is no other blank; at the start none may follow. */
const isBlankCode = (code: number): boolean => code === BLANK || code === LINE_FEED || Number.isNaN(code);

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
  #sentences: Omit<Sentence, "text">[] = [];
  #headings: Omit<Heading, "text">[] = [];
  #parts: Part[] = [];
  #block: Block | undefined;
  #blocks = 0;
  #paragraphs = 0;
  #quiet = 0;
  #textTags: TextTag[] = [];

  /** @param locale of the sentence rules, such as 'en' */
  constructor(source: string, locale: string) {
    this.#source = source;
    this.#locale = locale;
  }

  /** Whether a paragraph or heading goes on. */
  get isOpen(): boolean {
    return this.#block !== undefined;
  }

  /** Ends the open block and opens a paragraph, or a heading where a level (1 to 6) is given. */
  beginBlock(level?: number): void {
    this.endBlock();
    this.#block = new Block(level, this.#parts.length);
    this.#blocks += 1;
  }

  endBlock(): void {
    const block = this.#block;
    this.#block = undefined;
    if (block === undefined) return;
    const plain = block.plain;
    if (block.level === undefined) this.#findHashtags(block, plain);
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
    if (this.#quiet > 0 || text === "") return;
    if (this.#block === undefined) this.beginBlock();
    this.#block?.addVerbatim(text, start);
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

  /** A line that is a field of the document, not its text: `tags:: boats`. */
  addProperty(line: string, start: number): void {
    if (this.#quiet === 0) this.#textTags.push(...tagsOfProperty(line, start));
  }

  /** A hashtag in what is not read, whose hash stands at a place. */
  addHashtag({ tag, start, end }: Hashtag, at: number): void {
    if (this.#quiet > 0) return;
    const isBracketed = this.#source.startsWith("#[[", at);
    this.#textTags.push({
      kind: "hashtag",
      tag,
      start: at,
      end: at + end - start,
      isHashed: true,
      isBracketed,
    });
  }

  /** What has come in, or come in since it was taken last; paragraphs are counted from 0 each time. */
  take(): ReadBlock {
    this.endBlock();
    const [sentences, headings, parts, textTags] = [
      this.#sentences,
      this.#headings,
      this.#parts,
      this.#textTags,
    ];
    [this.#sentences, this.#headings, this.#parts, this.#textTags, this.#paragraphs] = [[], [], [], [], 0];
    return {
      sentences: compact(sentences),
      headings: compact(headings),
      parts: compact(inOrder(parts)),
      textTags: compact(textTags),
    };
  }

  /** The same, with the texts of sentences and headings. */
  finish(): Prose {
    const { sentences, headings, parts, textTags } = this.take();
    const text = ({ start, end }: Span) => this.#source.slice(start, end);
    return {
      sentences: sentences.map((sentence) => ({ text: text(sentence), ...sentence })),
      headings: headings.map((heading) => ({ text: text(heading), ...heading })),
      parts,
      ...(textTags.length === 0 ? {} : { textTags }),
    };
  }

  /** Hashtags in what is read of a paragraph, which the source has as they stand, outside of links and code. */
  #findHashtags(block: Block, plain: string): void {
    let others: readonly Part[] | undefined;
    for (let at = plain.indexOf("#"); at >= 0; at = plain.indexOf("#", at + 1)) {
      const { start } = block.placeOf(at);
      const hashtag = this.#source[start] === "#" ? hashtagAt(this.#source, start) : undefined;
      if (hashtag === undefined) continue;
      others ??= this.#parts.slice(block.partsBefore).filter(({ kind }) => kind !== "prose");
      if (others.some((part) => part.start <= start && start < part.end)) continue;
      this.addHashtag(hashtag, start);
    }
  }

  #addParagraph(block: Block, plain: string): void {
    const before = this.#sentences.length;
    for (const { start: from, end: to } of splitSentences(plain, this.#locale, block.verbatim)) {
      if (!isProse(block.wordsIn(plain, from, to))) continue;
      const { start, end } = this.#place(block, from, to);
      const reading = plain.slice(from, to).replaceAll("\n", " ");
      this.#sentences.push({ plain: reading, start, end, paragraph: this.#paragraphs });
    }
    if (this.#sentences.length === before) return;
    this.#paragraphs += 1;
    const { start, end } = this.#place(block, 0, plain.trimEnd().length);
    this.addPart("prose", start, end);
  }

  #addHeading(block: Block, plain: string, level: number): void {
    const reading = plain.trimEnd();
    const { start, end } = this.#place(block, 0, reading.length);
    this.#headings.push({ plain: reading.replaceAll("\n", " "), start, end, level });
    this.addPart("heading", start, end);
  }

  /** Where `plain.slice(from, to)` stands in the source, with the markup that lies wholly around parts of it. */
  #place(block: Block, from: number, to: number): Span {
    let { start } = block.placeOf(from);
    let end = to > from ? block.placeOf(to - 1).end : start;
    for (const wrap of block.wrapsIn(from, to)) {
      start = Math.min(start, wrap.start);
      end = Math.max(end, wrap.end);
    }
    return { start, end };
  }
}

const nothing: readonly never[] = [];

/** A list that takes no more room than it needs: one that has grown has room for many, and there are as many as blocks. */
const compact = <T>(list: readonly T[]): readonly T[] => (list.length === 0 ? nothing : list.slice());

/** Half of the signs in prose are letters at least; quotation marks do not count, nor does what comes after thousands. */
function isProse(all: string): boolean {
  const words = all.slice(0, MOST_LOOKED_AT);
  let [signs, letters, naming] = [0, 0, 0];
  for (let at = 0; at < words.length; at += 1) {
    const code = words.charCodeAt(at);
    if (code > 127) return isProseOfAnyScript(words);
    if (code === BLANK || (code >= 9 && code <= 13) || code === 34 || code === 39) continue;
    signs += 1;
    if (code >= 48 && code <= 57) letters += 1;
    else if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122)) naming += 1;
  }
  return naming > 0 && (letters + naming) * 2 >= signs;
}

function isProseOfAnyScript(words: string): boolean {
  const signs = words.replace(/[\s"'“”‘’„«»‹›「」『』]/g, "").length;
  const letters = words.match(/[\p{L}\p{M}\p{N}]/gu)?.length ?? 0;
  return /\p{L}/u.test(words) && letters * 2 >= signs;
}
