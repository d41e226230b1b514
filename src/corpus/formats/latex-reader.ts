import type { PieceReader } from "../live/stepped-prose.ts";
import { hostOf, nextIn } from "./inline-reader.ts";
import { LatexBraces } from "./latex-braces.ts";
import {
  asideCommands,
  codeCommands,
  headingCommands,
  latexAccents,
  shownCommands,
  silentCommands,
  silentEnvironments,
  wordCommands,
} from "./latex-commands.ts";
import type { Opening, ProseCollector } from "./prose-collector.ts";

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** An argument: what is between its braces or brackets. */
interface Argument extends Stretch {
  readonly isOptional: boolean;
}

/** Optional arguments and the marks of `\verb` end soon; what does not is none. */
const mostOptional = 400;
const mostArguments = 9;
/** No formula between dollar signs is longer, nor anything else that is looked for where it may end. */
export const longestMath = 10_100;
const COMMAND = /\\(?:([a-zA-Z@]+)\*?|([\s\S]))/y;
const PLAIN = /[^\\{}$%~&`'"\-\n\r]+/y;
const BLANK_LINE = /(?:\r\n|\n|\r(?!\n))[ \t]*(?:\r\n|\n|\r(?!\n))\s*/y;
/** The end of a line before one that ends the paragraph, whatever it says. */
const LAST_LINE_END = /(?:\r\n|\n|\r)[ \t]*(?=\\(?:item|end|par)(?![a-zA-Z@]))/y;
const QUOTES: Readonly<Record<string, string>> = {
  "``": "“",
  "''": "”",
  "`": "‘",
  "---": "—",
  "--": "–",
  '"`': "„",
  "\"'": "“",
};
/** Of what stands before a place; the start of all is one. */
const LINE_START = /(?:^|[\n\r])[ \t]*$/;
const REFERENCE =
  /\\(?!h(?:yper)?ref\b)(?:[a-zA-Z]{0,12}(?:cite|ref)[a-zA-Z]{0,12}|label|footnote|footnotemark|index)\b/y;
const SIGNS = /``|''|`|---|--|"[`']/y;

/** Something that ends at a place that is known: the argument of a command. */
interface Frame {
  readonly end: number;
  readonly close: () => void;
}

/** Between `\begin{document}` and `\end{document}`, or all of a chapter that has neither. */
export function latexExtent(source: string, bodyStart: number): Stretch {
  const begin = beginOfDocument(source, bodyStart);
  const start = begin ?? bodyStart;
  const last = source.indexOf("\\end{document}", start);
  return {
    start: source[start] === "\uFEFF" ? start + 1 : start,
    end: last === -1 ? source.length : last,
  };
}

/** Behind the first `\begin{document}` that stands in no comment. */
function beginOfDocument(source: string, bodyStart: number): number | undefined {
  const name = "{document}";
  for (let at = source.indexOf(name, bodyStart); at >= 0; at = source.indexOf(name, at + 1)) {
    const begin = source.slice(Math.max(bodyStart, at - 40), at).search(/\\begin\s*$/);
    if (begin < 0) continue;
    const place = Math.max(bodyStart, at - 40) + begin;
    const line = Math.max(bodyStart, source.lastIndexOf("\n", place) + 1);
    if (!source.slice(line, place).includes("%")) return at + name.length;
  }
  return undefined;
}

/**
 * Reads LaTeX. Math, code, tables,
 * quotations, references and comments are left out; notes and captions are paragraphs of their own. Commands that are not
 * known count for the words in the last argument that has any.
 */
export class LatexReader implements PieceReader {
  readonly #source: string;
  readonly #collector: ProseCollector;
  readonly #frames: Frame[] = [];
  readonly #next: (sign: string, from: number) => number;
  /** Notes and captions, read when the paragraph that they stand in has ended. */
  #asides: Argument[] = [];
  readonly #braces: LatexBraces;
  readonly #start: number;
  readonly #end: number;
  /** Environments that end nowhere from here on. */
  readonly #unclosed = new Set<string>();
  #isInAside = false;
  #at: number;
  #look = 0;
  readonly state = "";

  constructor(source: string, { start, end }: Stretch, collector: ProseCollector) {
    this.#source = source;
    this.#collector = collector;
    this.#next = nextIn(source);
    this.#start = start;
    this.#at = start;
    this.#end = end;
    this.#braces = new LatexBraces(source, start);
  }

  /** At the start of a line: what comments and escaped signs are, the line tells. */
  get isAtRest(): boolean {
    const isOpen = this.#collector.isOpen || this.#frames.length > 0 || this.#asides.length > 0;
    return !isOpen && LINE_START.test(this.#source.slice(Math.max(0, this.#at - 40), this.#at));
  }

  takeLook(): number {
    const look = this.#look;
    this.#look = 0;
    return look;
  }

  *read(): Generator<number, void> {
    for (const at of this.#stretch(this.#start, this.#end)) {
      this.#at = at;
      yield at;
    }
    this.#endParagraph();
  }

  *#stretch(start: number, end: number): Generator<number, void> {
    let at = start;
    while (at < end) {
      at = this.#closeFrames(at);
      // Whatever a part of it says, reading goes on.
      if (at < end) at = Math.max(at + 1, this.#readNext(at, end));
      yield at;
    }
    this.#closeFrames(end);
  }

  #readStretch(start: number, end: number): void {
    for (const _ of this.#stretch(start, end));
  }

  /** Ends what ends at a place or before it. @returns where to read on */
  #closeFrames(at: number): number {
    let behind = at;
    for (
      let frame = this.#frames.at(-1);
      frame !== undefined && frame.end <= at;
      frame = this.#frames.at(-1)
    ) {
      this.#frames.pop();
      frame.close();
      if (frame.end === at && this.#source[at] === "]") behind = at + 1;
    }
    return behind;
  }

  /** @returns where to read on */
  #readNext(at: number, end: number): number {
    const source = this.#source;
    PLAIN.lastIndex = at;
    if (PLAIN.test(source)) {
      const to = Math.min(PLAIN.lastIndex, this.#frames.at(-1)?.end ?? end, end);
      const text = source.slice(at, to);
      this.#collector.addVerbatim(isReference(source, to) ? text.trimEnd() : text, at);
      return to;
    }
    switch (source[at]) {
      case "\\":
        return this.#readCommand(at, end);
      case "%":
        return this.#skipComment(at, end);
      case "$":
        return this.#skipMath(at, end);
      case "\n":
      case "\r":
        return this.#readLineEnd(at, end);
      case "{":
      case "}":
        return at + 1;
      case "~":
      case "&":
        if (isReference(source, at + 1)) return at + 1;
        this.#collector.addReplaced(" ", at, at + 1);
        return at + 1;
      default:
        return this.#readSigns(at);
    }
  }

  #readLineEnd(at: number, end: number): number {
    BLANK_LINE.lastIndex = at;
    if (BLANK_LINE.test(this.#source)) {
      // Notes are read when the paragraph ends, and have lines of their own.
      const behind = BLANK_LINE.lastIndex;
      this.#endParagraph();
      return Math.min(behind, end);
    }
    LAST_LINE_END.lastIndex = at;
    if (LAST_LINE_END.test(this.#source) && LAST_LINE_END.lastIndex < end) {
      const behind = LAST_LINE_END.lastIndex;
      this.#endParagraph();
      return behind;
    }
    // No paragraph begins with a line end.
    if (this.#collector.isOpen) this.#collector.addReplaced(" ", at, at + 1);
    return at + 1;
  }

  #readSigns(at: number): number {
    SIGNS.lastIndex = at;
    const signs = SIGNS.exec(this.#source)?.[0] ?? this.#source[at]!;
    this.#collector.addReplaced(QUOTES[signs] ?? signs, at, at + signs.length);
    return at + signs.length;
  }

  /** A comment takes the end of its line and the blanks of the next along. */
  #skipComment(at: number, end: number): number {
    const pattern = /%[^\n\r]*(?:\r\n|\n|\r)?[ \t]*/y;
    pattern.lastIndex = at;
    pattern.test(this.#source);
    const isBreak = /^[\n\r]/.test(this.#source.slice(pattern.lastIndex, pattern.lastIndex + 1));
    const isLine = LINE_START.test(this.#source.slice(Math.max(0, at - 40), at));
    if (isBreak && isLine) this.#endParagraph();
    return Math.min(Math.max(pattern.lastIndex, at + 1), end);
  }

  #skipMath(at: number, end: number): number {
    const isDisplay = this.#source[at + 1] === "$";
    const pattern = isDisplay
      ? /\$\$(?:[^$\\]|\\[\s\S]){0,5000}\$\$/y
      : /\$(?:[^$\\\n]|\\[^\n]|\n(?![ \t]*\r?\n)){0,2000}\$/y;
    return this.#skipPattern(pattern, at, end) ?? at + (isDisplay ? 2 : 1);
  }

  #skipPattern(pattern: RegExp, at: number, end: number): number | undefined {
    pattern.lastIndex = at;
    if (!pattern.test(this.#source) || pattern.lastIndex > end) return undefined;
    this.#collector.addPart("math", at, pattern.lastIndex);
    return pattern.lastIndex;
  }

  #readCommand(at: number, end: number): number {
    COMMAND.lastIndex = at;
    const [written = "\\", name, sign] = COMMAND.exec(this.#source) ?? [];
    const after = at + written.length;
    if (name === undefined) return this.#readSignCommand(sign ?? "", at, Math.min(after, end), end);
    if (name === "begin") return this.#beginEnvironment(at, after, end);
    if (name === "end") return this.#endEnvironment(after, end);
    if (name === "item") {
      this.#endParagraph();
      return this.#readItem(after, end);
    }
    if (name === "par" || name === "bigskip" || name === "medskip") {
      this.#endParagraph();
      return after;
    }
    if (name === "verb" || name === "lstinline" || name === "mintinline")
      return this.#readVerb(name, at, after, end);
    if (name === "iffalse") return this.#skipFalse(after, end);
    const accent = latexAccents.get(name);
    if (accent !== undefined && name.length === 1) return this.#readAccent(accent, at, after);
    const shown = shownCommands.get(name);
    if (shown !== undefined) {
      const gap = /^(?:\{\}|[ \t]*)/.exec(this.#source.slice(after, after + 20))?.[0] ?? "";
      const isSpaced = gap !== "{}" && gap !== "" && shown.length > 1;
      this.#collector.addReplaced(isSpaced ? `${shown} ` : shown, at, after + gap.length);
      return Math.min(after + gap.length, end);
    }
    return this.#readWithArguments(name, at, after, end);
  }

  /** Commands of a single sign: `\%`, `\'e`, `\\`, `\(`. */
  #readSignCommand(sign: string, at: number, after: number, end: number): number {
    const accent = latexAccents.get(sign);
    if (accent !== undefined) return this.#readAccent(accent, at, after);
    if (sign === "(" && this.#next("\\)", after) < after + 2_010)
      return this.#skipPattern(/\\\((?:[^\\]|\\(?!\)))[\s\S]{0,2000}?\\\)/y, at, end) ?? after;
    if (sign === "[" && this.#next("\\]", after) < after + 8_010)
      return this.#skipPattern(/\\\[[\s\S]{0,8000}?\\\]/y, at, end) ?? after;
    if (sign === "\\") {
      const size = /^\*?(?:\[[^\]\n]{0,30}\])?/.exec(this.#source.slice(after, after + 40))?.[0].length ?? 0;
      this.#collector.addLineBreak(at, after + size);
      return Math.min(after + size, end);
    }
    if (/[\s,;:!/@-]/.test(sign)) this.#collector.addReplaced(/[\s,;:]/.test(sign) ? " " : "", at, after);
    else if (/[&%$#_{}]/.test(sign)) this.#collector.addReplaced(sign, at, after);
    return after;
  }

  /** `\'e`, `\'{e}`, `\v{s}`, `\c c`: one letter with its accent. */
  #readAccent(accent: string, at: number, after: number): number {
    const match = /^\s*(?:\{\s*(?:\\([ij])|(\p{L}))?\s*\}|\\([ij])(?![a-z])\s?|(\p{L}))/u.exec(
      this.#source.slice(after, after + 12),
    );
    if (match === null) return after;
    const letter = match[1] ?? match[2] ?? match[3] ?? match[4] ?? "";
    this.#collector.addReplaced(
      `${letter}${letter === "" ? "" : accent}`.normalize("NFC"),
      at,
      after + match[0].length,
    );
    return after + match[0].length;
  }

  #readVerb(name: string, at: number, after: number, end: number): number {
    const pattern =
      name === "verb"
        ? /\*?([^\sa-zA-Z*])(.{0,300}?)\1/y
        : /(?:\[[^\]\n]{0,100}\])?(?:\{[a-z]{1,20}\}(?=[^\s]))?(?:\{([^}\n]{0,300})\}|([^\sa-zA-Z{])(.{0,300}?)\2)/y;
    pattern.lastIndex = after;
    const match = pattern.exec(this.#source);
    if (match === null || pattern.lastIndex > end) return after;
    const code = name === "verb" ? (match[2] ?? "") : (match[1] ?? match[3] ?? "");
    const opening = this.#collector.openWrap(at);
    this.#collector.addVerbatim(code, pattern.lastIndex - 1 - code.length);
    this.#collector.closeWrap(opening, pattern.lastIndex, "verbatim");
    this.#collector.addPart("code", at, pattern.lastIndex);
    return pattern.lastIndex;
  }

  #skipFalse(after: number, end: number): number {
    const close = this.#unclosed.has("iffalse") ? -1 : this.#source.indexOf("\\fi", after);
    this.#lookTo(close === -1 ? undefined : close + 3);
    if (close === -1) this.#unclosed.add("iffalse");
    return close === -1 ? after : Math.min(close + 3, end);
  }

  #readItem(after: number, end: number): number {
    const [label] = this.#argumentsAt(after);
    if (label?.isOptional !== true) return after;
    if (/\p{L}{2}/u.test(this.#source.slice(label.start, label.end))) {
      this.#collector.beginBlock();
      this.#frames.push({ end: label.end, close: () => this.#collector.endBlock() });
      return label.start;
    }
    return Math.min(label.end + 1, end);
  }

  #beginEnvironment(at: number, after: number, end: number): number {
    const name = /^\s*\{([^{}\n]{1,60})\}/.exec(this.#source.slice(after, after + 80));
    if (name === null) return after;
    const [written, environment = ""] = name;
    const kind =
      silentEnvironments.get(environment) ?? silentEnvironments.get(environment.replace(/\*$/, ""));
    const close = kind === undefined ? undefined : this.#closeOf(environment, after + written.length);
    if (kind !== undefined) this.#lookTo(close);
    if (kind !== undefined && close !== undefined) {
      if (kind === "math") this.#collector.addReplaced(" ", at, after);
      else this.#endParagraph();
      this.#collector.addPart(kind, at, close);
      return Math.min(close, end);
    }
    this.#endParagraph();
    const given = this.#argumentsAt(after + written.length);
    const heading = given.find(({ start, end: to }) => isTitle(this.#source.slice(start, to), environment));
    if (heading !== undefined) {
      this.#collector.beginBlock(4);
      this.#frames.push({ end: heading.end, close: () => this.#collector.endBlock() });
      return heading.start;
    }
    return Math.min(given.at(-1) === undefined ? after + written.length : given.at(-1)!.end + 1, end);
  }

  #endEnvironment(after: number, end: number): number {
    const name = /^\s*\{([^{}\n]{1,60})\}/.exec(this.#source.slice(after, after + 80))?.[0] ?? "";
    this.#endParagraph();
    return Math.min(after + name.length, end);
  }

  /** Notes that what stands before a place was looked at; undefined: all to the end. */
  #lookTo(place: number | undefined): void {
    this.#look = Math.max(this.#look, place ?? Number.POSITIVE_INFINITY);
  }

  /** Where a brace that opens is closed. */
  #closingBrace(at: number): number | undefined {
    const end = this.#braces.endOf(at);
    this.#lookTo(end);
    return end;
  }

  /** Behind the `\end` of an environment that was begun before `from`; environments of one name may be nested. */
  #closeOf(name: string, from: number): number | undefined {
    if (this.#unclosed.has(name)) return undefined;
    const escaped = name.replace(/[^\w]/g, "\\$&");
    const isVerbatim = silentEnvironments.get(name) === "code";
    let depth = 1;
    const marks = new RegExp(`\\\\(begin|end)\\s*\\{${escaped}\\}`, "g");
    marks.lastIndex = from;
    for (let match = marks.exec(this.#source); match !== null; match = marks.exec(this.#source)) {
      if (match[1] === "end") depth -= 1;
      else if (!isVerbatim) depth += 1;
      if (depth === 0) return marks.lastIndex;
    }
    this.#unclosed.add(name);
    return undefined;
  }

  #readWithArguments(name: string, at: number, after: number, end: number): number {
    const given = this.#argumentsAt(after, name === "def" || name === "let");
    const last = given.at(-1);
    const behind = Math.min(last === undefined ? this.#afterName(after) : last.end + 1, end);
    const level = headingCommands.get(name);
    const content = given.findLast(({ isOptional }) => !isOptional);
    if (level !== undefined && content !== undefined) {
      this.#endParagraph();
      this.#collector.beginBlock(level);
      this.#frames.push({ end: content.end, close: () => this.#collector.endBlock() });
      return content.start;
    }
    if (asideCommands.has(name) && content !== undefined) {
      if (!this.#isInAside) this.#asides.push(content);
      return behind;
    }
    if (name === "url" && content !== undefined) return this.#readAddress(content, at, behind);
    if (silentCommands.has(name) || content === undefined) {
      if (content === undefined && behind > after && last === undefined) this.#addGap(after, behind);
      return behind;
    }
    return this.#readWords(name, at, given, behind);
  }

  #addGap(start: number, end: number): void {
    this.#collector.addReplaced(" ", start, end);
  }

  /** Blanks after the name of a command belong to it. */
  #afterName(after: number): number {
    const pattern = /[ \t]*/y;
    pattern.lastIndex = after;
    pattern.test(this.#source);
    return pattern.lastIndex;
  }

  #readAddress({ start, end }: Argument, at: number, behind: number): number {
    const opening: Opening = this.#collector.openWrap(at);
    this.#collector.addReplaced(hostOf(this.#source.slice(start, end)), at, behind);
    this.#collector.closeWrap(opening, behind, "verbatim");
    this.#collector.addPart("link", at, behind);
    return behind;
  }

  /** The words in an argument, which is read on; those before it are passed over. */
  #readWords(name: string, at: number, given: readonly Argument[], behind: number): number {
    const required = given.filter(({ isOptional }) => !isOptional);
    const place = wordCommands.get(name);
    const hasWords = ({ start, end }: Argument) => isWords(this.#source.slice(start, end));
    const last = required.at(-1);
    const content =
      place === undefined ? (required.findLast(hasWords) ?? last) : (required[place - 1] ?? last);
    if (content === undefined) return behind;
    const text = this.#source.slice(content.start, content.end);
    if (place === undefined && !codeCommands.has(name) && !isWords(text)) return behind;
    if (place === undefined && this.#standsAlone(at, behind) && text.trim().split(/\s+/).length < 4)
      return behind;
    const isCode = codeCommands.has(name);
    const opening = this.#collector.openWrap(at);
    if (name === "href") this.#collector.addPart("link", at, content.start);
    this.#frames.push({
      end: content.end,
      close: () => {
        this.#collector.closeWrap(opening, content.end + 1, isCode ? "verbatim" : "words");
        if (isCode) this.#collector.addPart("code", at, content.end + 1);
      },
    });
    return content.start;
  }

  /** Whether a command has a line to itself: what sets something, as a rule, not a part of a sentence. */
  #standsAlone(at: number, behind: number): boolean {
    const before = this.#source.slice(Math.max(0, at - 40), at);
    return LINE_START.test(before) && /^[ \t]*(?:[\n\r]|$)/.test(this.#source.slice(behind, behind + 40));
  }

  /** Arguments right behind a command, in braces and brackets; between them may stand blanks. */
  #argumentsAt(after: number, isDefinition = false): readonly Argument[] {
    const found: Argument[] = [];
    let at = after;
    if (isDefinition) {
      const parameters = /\s*\\?[a-zA-Z@]*[#\d]{0,18}\s*=?\s*\\?[a-zA-Z]*/y;
      parameters.lastIndex = at;
      if (parameters.test(this.#source)) at = parameters.lastIndex;
    }
    while (found.length < mostArguments) {
      const gap = /[ \t]*(?:%[^\n\r]{0,200})?(?:\r?\n[ \t]*)?/y;
      gap.lastIndex = at;
      gap.test(this.#source);
      const from = /[{[]/.test(this.#source[at] ?? "") ? at : gap.lastIndex;
      const argument = this.#argumentAt(from, found.length === 0 && from > at);
      if (argument === undefined) break;
      found.push(argument);
      at = argument.end + 1;
    }
    return found;
  }

  #argumentAt(from: number, isApart: boolean): Argument | undefined {
    if (this.#source[from] === "{") {
      const end = this.#closingBrace(from);
      return end === undefined ? undefined : { start: from + 1, end, isOptional: false };
    }
    if (this.#source[from] !== "[" || isApart) return undefined;
    const limit = Math.min(from + mostOptional, this.#source.length);
    for (let at = from + 1; at < limit; at += 1) {
      const sign = this.#source[at];
      if (sign === "]") return { start: from + 1, end: at, isOptional: true };
      if (sign === "{") at = this.#closingBrace(at) ?? at;
      else if (sign === "\\") at += 1;
    }
    return undefined;
  }

  #endParagraph(): void {
    this.#collector.endBlock();
    if (this.#isInAside) return;
    const asides = this.#asides;
    this.#asides = [];
    const frames = this.#frames.splice(0);
    this.#isInAside = true;
    for (const { start, end } of asides) {
      this.#readStretch(start, end);
      this.#collector.endBlock();
    }
    this.#isInAside = false;
    this.#frames.push(...frames);
  }
}

/** Whether a reference stands there, of which nothing is shown, nor the blank before it. */
function isReference(source: string, at: number): boolean {
  REFERENCE.lastIndex = at;
  return REFERENCE.test(source);
}

/** Whether an argument of a command that nobody knows is words: not a length, a name of a file, a key. */
function isWords(argument: string): boolean {
  const text = argument.replace(/\\(?:label|ref|cite[a-z]{0,10})\s?\{[^{}]{0,300}\}/g, "");
  // Sentences may name files and addresses.
  if (text.trim().split(/\s+/, 16).length > 15 && /\p{Ll}{2}[.?!](?:\s|$)/u.test(text)) return true;
  return (
    /\p{L}{2}/u.test(text) &&
    !/^[\s\d.]*(?:pt|em|ex|cm|mm|in|bp|sp)\s*$|[=_/#@]|^\s*\\[a-zA-Z]+\s*$/.test(text)
  );
}

/** `\begin{frame}{Title}`, `\begin{theorem}[Title]`. */
function isTitle(text: string, environment: string): boolean {
  const mayHaveTitle =
    /^(?:frame|block|alertblock|exampleblock|theorem|lemma|definition|example|proposition|remark|proof|corollary|box)\*?$/;
  return mayHaveTitle.test(environment) && isWords(text);
}
