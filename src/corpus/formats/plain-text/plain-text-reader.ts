import { decodeText } from "../../files/decode.ts";
import type { Extent, Keys } from "../../live/former-pieces.ts";
import type { PieceReader } from "../../live/stepped-prose.ts";
import type { ProseCollector } from "../prose-collector.ts";
import { isMailHead, isOfAnother, transferEncodingOf, withoutOriginal, withoutSignature } from "./mail.ts";
import { type Line, type Paragraphs, textParagraphs, widthOf, wrappedCharacters } from "./text-paragraphs.ts";
import { inCodes, WrappedWidth } from "./wrapped-width.ts";

/** A line that ends so much before the width of the text, and had room for the next word, ends on purpose. */
const RAGGED_CHARACTERS = 8;
const HEADING_CHARACTERS = 70;
const BULLET = /^\s*(?:[-*+•–]|\d{1,3}[.)])\s+/;
/** What people who write mails and set books in plain text stress. */
const STRESSED = /(?<![\p{L}\p{N}_*])([_*])(?=\S)([^_*]{1,300}?)(?<=\S)\1(?![\p{L}\p{N}_*])/gu;

/** What of a text is read, and how. */
export interface TextExtent extends Extent {
  readonly paragraphs: Paragraphs;
  /** How long the lines are that were wrapped by hand, and `inCodes` more where signs stand as codes. */
  readonly key: number;
}

/** What the lines of a paragraph are read by. */
interface Text {
  readonly width: WrappedWidth;
  /** There is no other paragraph. */
  readonly isAll: boolean;
}

/** Without a mail's head, its signature and the mail that it answers. */
export function textExtent(source: string, bodyStart: number): TextExtent {
  const original = withoutOriginal(textParagraphs(source, bodyStart));
  const { paragraphs: all, end = original.end ?? source.length } = withoutSignature(original.paragraphs);
  const [head = []] = all;
  const encoding = isMailHead(head) ? transferEncodingOf(head) : "";
  const body = isMailHead(head) ? all.slice(1) : all;
  // Nobody can read base64, so nothing of such a mail is.
  const paragraphs = encoding === "base64" ? [] : body;
  const key = widthOf(all) + (encoding === "quoted-printable" ? inCodes : 0);
  return { start: paragraphs[0]?.[0]?.start ?? end, end, key, paragraphs };
}

/**
 * Reads plain text: paragraphs between blank lines, list items, and short lines that stand alone without a full stop as
 * headings. Lines that were broken on purpose, as in a diary or a poem, are sentences each. Of mail the headers, what is
 * quoted ('> ') with the line above it, and the signature are not the writer's prose. Where the head says
 * quoted-printable (RFC 2045, 6.7), `=E4` is read as the sign that it stands for.
 */
export class PlainTextReader implements PieceReader {
  readonly #extent: TextExtent;
  readonly #start: number;
  readonly #collector: ProseCollector;
  readonly #width: WrappedWidth;
  #look = 0;
  readonly isAtRest = true;
  /** '' until something is read: a line that is all there is, is no heading. */
  #state: string;

  constructor(extent: TextExtent, start: number, state: string, collector: ProseCollector) {
    this.#extent = extent;
    this.#start = start;
    this.#state = state;
    this.#collector = collector;
    this.#width = new WrappedWidth(extent.key);
  }

  get state(): string {
    return this.#state;
  }

  takeKeys(): Keys {
    return this.#width.takeAlike();
  }

  takeLook(): number {
    return this.#look;
  }

  *read(): Generator<number, void> {
    const { paragraphs, end } = this.#extent;
    const first = paragraphs.findIndex(([line]) => line!.start >= this.#start);
    for (let at = first < 0 ? paragraphs.length : first; at < paragraphs.length; at++) {
      const [next] = paragraphs[at + 1] ?? [];
      const below = next === undefined ? [] : [next];
      const isAll = this.#state === "" && next === undefined;
      readMixedParagraph(paragraphs[at]!, below, { width: this.#width, isAll }, this.#collector);
      this.#state = "below";
      this.#look = next === undefined ? Number.POSITIVE_INFINITY : next.start + next.text.length + 2;
      yield next?.start ?? end;
    }
  }
}

/** Quoted lines are parted from the writer's own, and the line that says whose they are goes with them. */
function readMixedParagraph(
  lines: readonly Line[],
  next: readonly Line[],
  text: Text,
  collector: ProseCollector,
): void {
  const near = [...lines, ...next];
  let own: Line[] = [];
  const readOwn = () => {
    readParagraph(own, text, collector);
    own = [];
  };
  for (const [at, line] of lines.entries()) {
    if (!isOfAnother(near, at)) {
      own.push(line);
      continue;
    }
    readOwn();
    collector.addPart("quotation", line.start, line.start + line.text.length);
  }
  readOwn();
}

function readParagraph(lines: readonly Line[], { width, isAll }: Text, collector: ProseCollector): void {
  const first = lines[0];
  if (first === undefined) return;
  const level = headingLevel(lines, isAll);
  const isWrapped = lines.every(({ text }) => text.length <= wrappedCharacters);
  collector.beginBlock(level);
  for (const [at, line] of (level === undefined ? lines : [first]).entries()) {
    const bullet = BULLET.exec(line.text)?.[0] ?? "";
    if (bullet !== "" || !isWrapped) collector.beginBlock(level);
    const readText = width.isInCodes ? readCodes : readWords;
    readText(line.text.slice(bullet.length), line.start + bullet.length, collector);
    const end = line.start + line.text.length;
    if (width.isInCodes && line.text.endsWith("=")) continue;
    if (isBrokenOnPurpose(line, lines[at + 1], width)) collector.addLineBreak(end, end);
    else collector.addReplaced(" ", end, end);
  }
  collector.endBlock();
}

/** Signs as `=C3=A4`, and at the end of a line that goes on a `=`. */
const CODES = /((?:=[\dA-Fa-f]{2})+)|=$/g;

function readCodes(text: string, start: number, collector: ProseCollector): void {
  let done = 0;
  for (const { 0: written, 1: codes, index } of text.matchAll(CODES)) {
    readWords(text.slice(done, index), start + done, collector);
    done = index + written.length;
    if (codes === undefined) continue;
    const decoded = decodeText(Buffer.from(codes.replaceAll("=", ""), "hex"));
    if (decoded.kind === "text") collector.addReplaced(decoded.source, start + index, start + done);
  }
  readWords(text.slice(done), start + done, collector);
}

/** `_so_` and `*so*` are the words between the signs. */
function readWords(text: string, start: number, collector: ProseCollector): void {
  let done = 0;
  for (const { 0: written, 2: words = "", index } of text.matchAll(STRESSED)) {
    collector.addVerbatim(text.slice(done, index), start + done);
    const opening = collector.openWrap(start + index);
    collector.addVerbatim(words, start + index + 1);
    done = index + written.length;
    collector.closeWrap(opening, start + done);
  }
  collector.addVerbatim(text.slice(done), start + done);
}

/** Whoever wraps lines begins a new one only where the next word has no room. */
function isBrokenOnPurpose({ text }: Line, next: Line | undefined, width: WrappedWidth): boolean {
  const word = /^\s*(\S+)/.exec(next?.text ?? "")?.[1] ?? "";
  return word !== "" && width.reaches(text.trimEnd().length + 1 + word.length + RAGGED_CHARACTERS);
}

/** A line underlined with `===` or `---`, or a short one that ends like no sentence. */
function headingLevel(lines: readonly Line[], isAll: boolean): number | undefined {
  const [first, second] = lines;
  if (first === undefined || first.goesOn === true || first.text.trim().length > HEADING_CHARACTERS)
    return undefined;
  if (lines.length === 2 && /^\s*(?:={3,}|-{3,})\s*$/.test(second?.text ?? "")) {
    return second?.text.includes("=") ? 1 : 2;
  }
  if (isAll || lines.length > 1 || BULLET.test(first.text)) return undefined;
  return /[.!?:;,…"'”’)]\s*$/.test(first.text) ? undefined : 1;
}
