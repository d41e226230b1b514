import type { Stretch } from "../../../front-matter/lines.ts";
import type { PartKind } from "../../document.ts";
import type { PieceReader } from "../../live/stepped-prose.ts";
import { hostOf } from "../inline-reader.ts";
import type { Opening, ProseCollector } from "../prose-collector.ts";
import {
  isTitleArgument,
  isWordsOfArgument,
  type LatexArgument,
  latexArgumentsAt,
} from "./latex-arguments.ts";
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
import { cutOfLatex, isCutOfLatex } from "./latex-cuts.ts";
import { LatexEnds } from "./latex-ends.ts";
import { LatexSigns } from "./latex-signs.ts";

const COMMAND = /\\(?:([a-zA-Z@]+)\*?|([\s\S]))/y;
const PLAIN = /[^\\{}$%~&`'"\-\n\r]+/y;
const BLANK_LINE = /(?:\r\n|\n|\r(?!\n))[ \t]*(?:\r\n|\n|\r(?!\n))\s*/y;
/** The end of a line before one that ends the paragraph, whatever it says. */
const LAST_LINE_END = /(?:\r\n|\n|\r)[ \t]*(?=\\(?:item|end|par)(?![a-zA-Z@]))/y;
/** Of what stands before a place; the start of all is one. */
const LINE_START = /(?:^|[\n\r])[ \t]*$/;
const REFERENCE =
  /\\(?!h(?:yper)?ref\b)(?:[a-zA-Z]{0,12}(?:cite|ref)[a-zA-Z]{0,12}|label|footnote|footnotemark|index)\b/y;

/** Authors have references of their own, which read as those that all know. */
const OWN_REFERENCE = /^[a-zA-Z]{0,20}(?:[rR]ef|[cC]ite)[a-zA-Z]{0,3}$/;
/** `\begin{listing}{haskell}`: whatever an environment is called, what says its language holds code. */
const LANGUAGE =
  /^\s*(?:\[[^\]\n]{0,100}\])?\{(?:bash|c|cpp|c\+\+|clojure|csharp|go|haskell|html|java|javascript|js|json|julia|lisp|lua|ocaml|perl|php|prolog|python|r|ruby|rust|scala|scheme|sh|sql|swift|text|typescript|xml|yaml)\}/i;

/** Something that ends at a place that is known: the argument of a command. */
interface Frame {
  readonly end: number;
  readonly close: () => void;
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
  /** Notes and captions, read when the paragraph that they stand in has ended. */
  #asides: LatexArgument[] = [];
  readonly #signs: LatexSigns;
  readonly #ends: LatexEnds;
  readonly #start: number;
  readonly #end: number;
  #isInAside = false;
  /** Where nothing was open last. */
  #rested: number;
  isAtRest = false;
  readonly state = "";

  constructor(source: string, { start, end }: Stretch, collector: ProseCollector) {
    this.#source = source;
    this.#collector = collector;
    this.#start = start;
    this.#rested = start;
    this.#end = end;
    this.#signs = new LatexSigns(source, collector);
    this.#ends = new LatexEnds(source, start);
  }

  takeLook(): number {
    return this.#ends.takeLook();
  }

  *read(): Generator<number, void> {
    for (const at of this.#stretch(this.#start, this.#end)) {
      this.isAtRest = this.#restsAt(at) || this.#cutsAt(at);
      if (this.isAtRest) this.#rested = at;
      yield at;
    }
    this.#endParagraph();
  }

  /** At the start of a line: what comments and escaped signs are, the line tells. */
  #restsAt(at: number): boolean {
    const isOpen = this.#collector.isOpen || this.#frames.length > 0 || this.#asides.length > 0;
    return !isOpen && LINE_START.test(this.#source.slice(Math.max(0, at - 40), at));
  }

  /** Ends a paragraph that is too long. */
  #cutsAt(at: number): boolean {
    if (this.#frames.length > 0 || !isCutOfLatex(this.#source, this.#rested, at)) return false;
    this.#endParagraph();
    this.#ends.forgetBefore(at);
    return true;
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
      const plain = Math.min(PLAIN.lastIndex, this.#frames.at(-1)?.end ?? end, end);
      const isWhole = this.#frames.length > 0 || this.#isInAside;
      const to = isWhole ? plain : cutOfLatex(source, this.#rested, at, plain);
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
        return this.#signs.skipMath(at, end);
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
        return this.#signs.readSigns(at);
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

  #readCommand(at: number, end: number): number {
    COMMAND.lastIndex = at;
    const [written = "\\", name, sign] = COMMAND.exec(this.#source) ?? [];
    const after = at + written.length;
    if (name === undefined) return this.#signs.readSignCommand(sign ?? "", at, Math.min(after, end), end);
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
      return this.#signs.readVerb(name, at, after, end);
    if (name === "iffalse") return Math.min(this.#ends.ofCondition(after) ?? after, end);
    const accent = latexAccents.get(name);
    if (accent !== undefined && name.length === 1) return this.#signs.readAccent(accent, at, after);
    const shown = shownCommands.get(name);
    if (shown !== undefined) {
      const gap = /^(?:\{\}|[ \t]*)/.exec(this.#source.slice(after, after + 20))?.[0] ?? "";
      const isSpaced = gap !== "{}" && gap !== "" && shown.length > 1;
      this.#collector.addReplaced(isSpaced ? `${shown} ` : shown, at, after + gap.length);
      return Math.min(after + gap.length, end);
    }
    return this.#readWithArguments(name, at, after, end);
  }

  #readItem(after: number, end: number): number {
    const [label] = latexArgumentsAt(this.#source, after, this.#ends);
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
    const kind = this.#kindOf(environment, after + written.length);
    const inner = after + written.length;
    const close =
      kind === undefined ? undefined : this.#ends.ofEnvironment(environment, inner, kind === "code");
    if (kind !== undefined && close !== undefined) {
      if (kind === "math") this.#collector.addReplaced(" ", at, after);
      else this.#endParagraph();
      this.#collector.addPart(kind, at, close);
      return Math.min(close, end);
    }
    this.#endParagraph();
    const given = latexArgumentsAt(this.#source, after + written.length, this.#ends);
    const heading = given.find(({ start, end: to }) =>
      isTitleArgument(this.#source.slice(start, to), environment),
    );
    if (heading !== undefined) {
      this.#collector.beginBlock(4);
      this.#frames.push({ end: heading.end, close: () => this.#collector.endBlock() });
      return heading.start;
    }
    return Math.min(given.at(-1) === undefined ? after + written.length : given.at(-1)!.end + 1, end);
  }

  /** What an environment holds instead of prose of the writer; undefined where it holds that. */
  #kindOf(environment: string, after: number): PartKind | undefined {
    const known =
      silentEnvironments.get(environment) ?? silentEnvironments.get(environment.replace(/\*$/, ""));
    return known ?? (LANGUAGE.test(this.#source.slice(after, after + 150)) ? "code" : undefined);
  }

  #endEnvironment(after: number, end: number): number {
    const name = /^\s*\{([^{}\n]{1,60})\}/.exec(this.#source.slice(after, after + 80))?.[0] ?? "";
    this.#endParagraph();
    return Math.min(after + name.length, end);
  }

  #readWithArguments(name: string, at: number, after: number, end: number): number {
    const given = latexArgumentsAt(this.#source, after, this.#ends, name === "def" || name === "let");
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
    if (silentCommands.has(name) || content === undefined || this.#isKey(name, content)) {
      if (content === undefined && behind > after && last === undefined) this.#addGap(after, behind);
      return behind;
    }
    // The blank before a reference was left out.
    if (isReference(this.#source, at) && /\s/.test(this.#source[at - 1] ?? "")) this.#addGap(at - 1, at);
    return this.#readWords(name, at, given, behind);
  }

  /** Of a command that refers to something, as `\propref{prop:tide}`, though nobody knows it. */
  #isKey(name: string, { start, end }: LatexArgument): boolean {
    return OWN_REFERENCE.test(name) && !wordCommands.has(name) && !/\s/.test(this.#source.slice(start, end));
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

  #readAddress({ start, end }: LatexArgument, at: number, behind: number): number {
    const opening: Opening = this.#collector.openWrap(at);
    this.#collector.addReplaced(hostOf(this.#source.slice(start, end)), at, behind);
    this.#collector.closeWrap(opening, behind, "verbatim");
    this.#collector.addPart("link", at, behind);
    return behind;
  }

  /** The words in an argument, which is read on; those before it are passed over. */
  #readWords(name: string, at: number, given: readonly LatexArgument[], behind: number): number {
    const required = given.filter(({ isOptional }) => !isOptional);
    const place = wordCommands.get(name);
    const hasWords = ({ start, end }: LatexArgument) => isWordsOfArgument(this.#source.slice(start, end));
    const last = required.at(-1);
    const content =
      place === undefined ? (required.findLast(hasWords) ?? last) : (required[place - 1] ?? last);
    if (content === undefined) return behind;
    const text = this.#source.slice(content.start, content.end);
    if (place === undefined && !codeCommands.has(name) && !isWordsOfArgument(text)) return behind;
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
