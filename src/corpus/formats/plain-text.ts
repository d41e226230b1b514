import type { Fields } from "../../front-matter/fields.ts";
import { said } from "../../said/said.ts";
import { decodeText } from "../files/decode.ts";
import type { Extent, Keys } from "../live/former-pieces.ts";
import { type PieceReader, readInSteps } from "../live/stepped-prose.ts";
import type { Format } from "./format.ts";
import { cutOfLongLine, endOfCut, longestLine } from "./long-lines.ts";
import type { ProseCollector } from "./prose-collector.ts";

interface Line {
  readonly text: string;
  readonly start: number;
  /** The first of what is read for itself of a paragraph that is longer. */
  readonly goesOn?: boolean;
}

/** Lines longer than this were not wrapped by hand: each is a paragraph of its own. */
const WRAPPED_CHARACTERS = 120;
/** A line that ends so much before the width of the text, and had room for the next word, ends on purpose. */
const RAGGED_CHARACTERS = 8;
const HEADING_CHARACTERS = 70;
/** A paragraph of so many lines ends where a sentence ends with a line; one of twice as many with any line. */
const MOST_LINES = 300;
const SENTENCE_END = /[.!?…]["'”’)\]]?\s*$/;
const BULLET = /^\s*(?:[-*+•–]|\d{1,3}[.)])\s+/;
const QUOTED = /^\s*(?:>|\|(?=\s)(?!.*\|\s*$))/;
/** What people who write mails and set books in plain text stress. */
const STRESSED = /(?<![\p{L}\p{N}_*])([_*])(?=\S)([^_*]{1,300}?)(?<=\S)\1(?![\p{L}\p{N}_*])/gu;
/** 'On Monday, Ann wrote:' above what she wrote. */
const ATTRIBUTION =
  /^(?:On|Am|Le|El|Op|Il)\b.{3,200}:\s*$|^Begin forwarded message:\s*$|^.{2,120}\b(?:wrote|writes|schrieb|a écrit)\s*:\s*$/;
/** The second line of one that a mail program has broken. */
const ATTRIBUTION_END = /\b(?:wrote|writes|schrieb|a écrit)\s*:\s*$/;
const FORWARDED =
  /^\s*(?:-{2,}\s*(?:Original Message|Forwarded message|Begin forwarded message)\b.*|_{20,}\s*)$/i;
/** RFC 3676: below it stands who wrote, not what. */
const SIGNATURE = /^-- $/;
const MAIL_HEADER =
  /^(?:From|To|Cc|Bcc|Subject|Date|Sent|Reply-To|Message-ID|In-Reply-To|References|Newsgroups|Content-[\w-]+|MIME-Version|X-[\w-]+): .*$/i;
/** Others stand only among those above. */
const ANY_HEADER = /^[A-Za-z][\w-]{0,60}:(?:\s|$)/;
/** What mailboxes begin a mail with. */
const MAILBOX_LINE = /^From \S+ .*\d{4}\s*$/;
const MAIL_FIELDS: Readonly<Record<string, string>> = { subject: "title", date: "date", from: "author" };

interface TextExtent extends Extent {
  readonly paragraphs: Paragraphs;
  /** How long the lines are that were wrapped by hand, and `IN_CODES` more where signs stand as codes. */
  readonly key: number;
}

/** More than any width is. */
const IN_CODES = 1_000;

/** How long the lines of a text are, which notes what it was asked: other widths may give the same answers. */
class Width {
  readonly #key: number;
  readonly #least: number;
  #alike: Keys;

  constructor(key: number) {
    this.#key = key;
    this.#least = key < IN_CODES ? 0 : IN_CODES;
    this.#alike = this.#every;
  }

  /** Whether signs stand as codes, and a line that ends in `=` goes on. */
  get isInCodes(): boolean {
    return this.#least > 0;
  }

  reaches(length: number): boolean {
    const { least, below } = this.#alike;
    const key = length + this.#least;
    const reaches = key <= this.#key;
    this.#alike = reaches ? { least: Math.max(least, key), below } : { least, below: Math.min(below, key) };
    return reaches;
  }

  /** The widths with which all that was asked since this was called last would have been answered alike. */
  takeAlike(): Keys {
    const alike = this.#alike;
    this.#alike = this.#every;
    return alike;
  }

  get #every(): Keys {
    return { least: this.#least, below: this.#least + IN_CODES };
  }
}

/** What the lines of a paragraph are read by. */
interface Text {
  readonly width: Width;
  /** There is no other paragraph. */
  readonly isAll: boolean;
}

type Paragraphs = readonly (readonly Line[])[];

function textExtent(source: string, bodyStart: number): TextExtent {
  const original = withoutOriginal(paragraphsOf(source, bodyStart));
  const { paragraphs: all, end = original.end ?? source.length } = withoutSignature(original.paragraphs);
  const [head = []] = all;
  const encoding = isMailHead(head) ? transferEncodingOf(head) : "";
  const body = isMailHead(head) ? all.slice(1) : all;
  // Nobody can read base64, so nothing of such a mail is.
  const paragraphs = encoding === "base64" ? [] : body;
  const key = widthOf(all) + (encoding === "quoted-printable" ? IN_CODES : 0);
  return { start: paragraphs[0]?.[0]?.start ?? end, end, key, paragraphs };
}

/**
 * Reads plain text: paragraphs between blank lines, list items, and short lines that stand alone without a full stop as
 * headings. Lines that were broken on purpose, as in a diary or a poem, are sentences each. Of mail the headers, what is
 * quoted ('> ') with the line above it, and the signature are not the writer's prose. Where the head says
 * quoted-printable (RFC 2045, 6.7), `=E4` is read as the sign that it stands for.
 */
class PlainTextReader implements PieceReader {
  readonly #extent: TextExtent;
  readonly #start: number;
  readonly #collector: ProseCollector;
  readonly #width: Width;
  #look = 0;
  readonly isAtRest = true;
  /** '' until something is read: a line that is all there is, is no heading. */
  #state: string;

  constructor(extent: TextExtent, start: number, state: string, collector: ProseCollector) {
    this.#extent = extent;
    this.#start = start;
    this.#state = state;
    this.#collector = collector;
    this.#width = new Width(extent.key);
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

/** Subject, date and sender of a mail that was saved with its headers. */
export function mailFields(source: string, bodyStart: number): Fields {
  const [first = []] = paragraphsOf(source.slice(0, bodyStart + 10_000), bodyStart);
  if (!isMailHead(first)) return new Map();
  const named = first.flatMap(({ text }): [string, string][] => {
    const [name = "", value = ""] = text.split(/:\s+(.*)/s);
    const field = MAIL_FIELDS[name.toLowerCase()];
    return field === undefined || value.trim() === "" ? [] : [[field, value.trim()]];
  });
  return new Map(named);
}

export const plainText: Format = {
  name: "Plain text",
  endings: ["txt"],
  languageIds: ["plaintext"],
  isSearchedFor: true,
  holdsTags: false,
  tagsByHand: said("Save the document as Markdown, or write front matter at its top."),
  ...readInSteps({
    extent: textExtent,
    reader: (_, extent, { at, state }, collector) => new PlainTextReader(extent, at, state, collector),
    lookAhead: 0,
  }),
  fields: mailFields,
};

function transferEncodingOf(head: readonly Line[]): string {
  const named = head.map(({ text }) => /^Content-Transfer-Encoding:\s*(\S+)/i.exec(text)?.[1] ?? "");
  return named.find((name) => name !== "")?.toLowerCase() ?? "";
}

/** At least three lines of a mail's head, two of them well known, one of these who it is from or what it is about. */
function isMailHead(lines: readonly Line[]): boolean {
  const isHeader = ({ text }: Line, at: number) =>
    ANY_HEADER.test(text) || (at === 0 ? MAILBOX_LINE : /^[ \t]+\S/).test(text);
  return (
    lines.length >= 3 &&
    lines.every(isHeader) &&
    lines.filter(({ text }) => MAIL_HEADER.test(text)).length >= 2 &&
    lines.some(({ text }) => /^(?:From|Subject): /i.test(text))
  );
}

/** What stands before a mail that another one was written above, with its head and without marks. */
function withoutOriginal(paragraphs: Paragraphs): { paragraphs: Paragraphs; end?: number } {
  for (const [at, lines] of paragraphs.entries()) {
    const ruled = lines.findIndex(({ text }) => FORWARDED.test(text));
    const below = [...lines.slice(ruled + 1), ...(paragraphs[at + 1] ?? [])];
    const isRuled = ruled >= 0 && isMailHead(below.slice(0, 3));
    if (!isRuled && !(at > 0 && isHeadOfOriginal(lines))) continue;
    const mark = isRuled ? ruled : 0;
    return { paragraphs: upTo(paragraphs, at, mark), end: lines[mark]!.start };
  }
  return { paragraphs };
}

/** Outlook writes a mail's head above it with nothing else to tell it by. */
function isHeadOfOriginal(lines: readonly Line[]): boolean {
  const has = (name: RegExp) => lines.some(({ text }) => name.test(text));
  return (
    isMailHead(lines.slice(0, 4)) && /^From: /.test(lines[0]!.text) && has(/^(?:Sent|Date): /) && has(/^To: /)
  );
}

/** The paragraphs before a line. */
function upTo(paragraphs: Paragraphs, paragraph: number, line: number): Paragraphs {
  const before = paragraphs.slice(0, paragraph);
  return line === 0 ? before : [...before, paragraphs[paragraph]!.slice(0, line)];
}

/** Signatures are short; a long text below such a line is none. */
function withoutSignature(paragraphs: Paragraphs): { paragraphs: Paragraphs; end?: number } {
  const at = paragraphs.findLastIndex((lines) => lines.some(({ text }) => SIGNATURE.test(text)));
  const lines = paragraphs[at];
  if (lines === undefined) return { paragraphs };
  const mark = lines.findIndex(({ text }) => SIGNATURE.test(text));
  const below = lines.length - mark + paragraphs.slice(at + 1).reduce((sum, each) => sum + each.length, 0);
  if (below > 12) return { paragraphs };
  return { paragraphs: upTo(paragraphs, at, mark), end: lines[mark]!.start };
}

/** How long the lines are that were wrapped by hand: all but a tenth are shorter. */
function widthOf(paragraphs: Paragraphs): number {
  const lengths = paragraphs
    .flatMap((lines) => (lines.length > 1 ? lines.map(({ text }) => text.trimEnd().length) : []))
    .filter((length) => length <= WRAPPED_CHARACTERS)
    .sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length * 0.9)] ?? 0;
}

/** Whether a line says whose the quoted lines below are, for itself or with the next or the one before. */
function isAttribution(lines: readonly Line[], at: number): boolean {
  const [before, line, next, afterNext] = [lines[at - 1], lines[at], lines[at + 1], lines[at + 2]];
  const isAbove = (other: Line | undefined) => other !== undefined && QUOTED.test(other.text);
  const isBoth = (first: Line | undefined, second: Line | undefined) =>
    first !== undefined &&
    second !== undefined &&
    !QUOTED.test(first.text) &&
    ATTRIBUTION_END.test(second.text) &&
    ATTRIBUTION.test(`${first.text} ${second.text}`) &&
    /^(?:On|Am|Le|El|Op|Il)\b/.test(first.text);
  if (isAbove(next)) return ATTRIBUTION.test(line?.text ?? "") || isBoth(before, line);
  return isAbove(afterNext) && isBoth(line, next);
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
    const isQuoted = QUOTED.test(line.text);
    if (!isQuoted && !isAttribution(near, at) && !FORWARDED.test(line.text)) {
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
  const isWrapped = lines.every(({ text }) => text.length <= WRAPPED_CHARACTERS);
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
function isBrokenOnPurpose({ text }: Line, next: Line | undefined, width: Width): boolean {
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

const isFull = (lines: readonly Line[]): boolean =>
  lines.length >= 2 * MOST_LINES || (lines.length >= MOST_LINES && SENTENCE_END.test(lines.at(-1)!.text));

/** Of a line that is longer than any writer's, each part is read for itself. */
function partsOf({ text, start }: Line): Line[][] {
  const parts: Line[][] = [];
  let from = 0;
  for (let to = 0; to >= 0; from = to + 1) {
    to = cutOfLongLine(text, from, text.length);
    const part = text.slice(from, to < 0 ? text.length : endOfCut(text, to));
    parts.push([{ text: part, start: start + from, goesOn: from > 0 }]);
  }
  return parts;
}

function paragraphsOf(source: string, bodyStart: number): Paragraphs {
  const paragraphs: Line[][] = [[]];
  for (const match of source.slice(bodyStart).matchAll(/[^\r\n]*(?:\r\n|\r|\n|$)/g)) {
    const text = match[0].replace(/[\r\n]+$/, "");
    const isMark = match.index + bodyStart === 0 && text.startsWith("\uFEFF");
    const line = isMark ? { text: text.slice(1), start: 1 } : { text, start: match.index + bodyStart };
    if (line.text.trim() === "") paragraphs.push([]);
    else if (line.text.length > longestLine) paragraphs.push(...partsOf(line), []);
    else if (isFull(paragraphs.at(-1)!)) paragraphs.push([{ ...line, goesOn: true }]);
    else paragraphs.at(-1)!.push(line);
  }
  return paragraphs.filter((lines) => lines.length > 0);
}
