import { cutOfLongLine, longestLine, lookOfLongLine } from "../formats/long-lines.ts";
import { middlesOfRuns } from "../formats/long-runs.ts";
import { type TextChange, textChange } from "./text-change.ts";

const LINE_FEED = 10;
const LINE_END = /[\r\n]/g;
/** Signs of a step. */
const SIGNS_PER_STEP = 100_000;

/** A text as the parser is to see it. */
export interface ParserText {
  readonly source: string;
  readonly bodyStart: number;
  /** The source itself where nothing in it is another sign. */
  readonly text: string;
  /** Where source or text differ from those of the version before; undefined for the first. */
  readonly change: TextChange | undefined;
}

/**
 * A source as the parser is to see it, sign by sign at the same place: front matter is one blank line, a byte order
 * mark a line end, each line end one that the parser knows. A line of any length is cut into lines where sentences end,
 * or else at blanks, and what has no blank for thousands of signs is a word: so no piece that is parsed at one go is large. It is made in
 * steps, and after an edit only where the edit may tell.
 * @param former that of the version before
 */
export function* parserText(
  source: string,
  bodyStart: number,
  former?: ParserText,
): Generator<undefined, ParserText> {
  const change = former && textChange(former.source, source);
  const start = former && change && former.bodyStart === bodyStart ? firstAnew(former, change) : bodyStart;
  /** Then no other text is made of it, nor compared. */
  let isAsWritten = bodyStart === 0 && (former === undefined || former.text === former.source);
  const made = (pieces: readonly string[]): ParserText => {
    const text = isAsWritten ? source : pieces.join("");
    const same = former?.bodyStart === bodyStart ? start : 0;
    const both = former && change && changeOfBoth(former, { source, text }, change, same);
    return { source, bodyStart, text, change: both };
  };
  const pieces = [former && start > bodyStart ? former.text.slice(0, start) : " ".repeat(bodyStart)];
  // Before it the parser sees a line end; where the source has none, one was put in place of a blank.
  const lines = new ParserLines(source, start, start > bodyStart && !/[\r\n]/.test(source[start - 1]!));
  const written = (from: number, to: number): string =>
    from === bodyStart && to > from && source[from] === "\uFEFF"
      ? `\n${source.slice(from + 1, to)}`
      : source.slice(from, to);
  const shown = (from: number, to: number): string => {
    const text = withLineEnds(written(from, to));
    isAsWritten &&= text === source.slice(from, to);
    return text;
  };
  let done = start;
  let told = start;
  for (const { from, to, isCut } of lines) {
    if (former && change && isSameFrom(former, change, from)) {
      const rest = former.text.slice(from - source.length + former.source.length);
      pieces.push(shown(done, from), rest);
      return made(pieces);
    }
    if (isCut || to - from > longestLine) {
      pieces.push(shown(done, from), withShortRuns(written(from, to)), isCut ? "\n" : "");
      isAsWritten = false;
      done = isCut ? to + 1 : to;
    }
    if (to - told < SIGNS_PER_STEP) continue;
    yield;
    told = to;
  }
  pieces.push(shown(done, source.length));
  return made(pieces);
}

/** Where two texts or their sources differ. */
function changeOfBoth(
  former: ParserText,
  after: Pick<ParserText, "source" | "text">,
  ofSource: TextChange,
  same: number,
): TextChange {
  if (former.text === former.source && after.text === after.source) return ofSource;
  const ofText = textChange(former.text, after.text, same);
  const length = after.text.length;
  const tail = Math.min(length - ofSource.toAfter, length - ofText.toAfter);
  return {
    from: Math.min(ofSource.from, ofText.from),
    toBefore: former.text.length - tail,
    toAfter: length - tail,
  };
}

/** The start of the last line that an edit surely leaves as it is with all before it. */
function firstAnew({ text, bodyStart }: ParserText, { from }: TextChange): number {
  const known = from - lookOfLongLine.ahead;
  return known <= bodyStart ? bodyStart : Math.max(bodyStart, text.lastIndexOf("\n", known) + 1);
}

/** Whether all from the start of a line on is as it was: where one begins in both, behind the edit, others follow alike. */
function isSameFrom({ text }: ParserText, { toBefore, toAfter }: TextChange, from: number): boolean {
  return (
    from >= toAfter + lookOfLongLine.behind && text.charCodeAt(from - toAfter + toBefore - 1) === LINE_FEED
  );
}

interface ParserLine {
  readonly from: number;
  readonly to: number;
  /** Whether a blank ends it, in place of which the parser sees a line end. */
  readonly isCut: boolean;
}

/** The lines of a source as the parser sees them, from the start of one of them on. */
class ParserLines {
  readonly #source: string;
  readonly #start: number;
  readonly #goesOn: boolean;
  readonly #hasReturns: boolean;

  /** @param goesOn whether the first is what is left of a line that was cut: a long one, however little that is */
  constructor(source: string, start: number, goesOn: boolean) {
    this.#source = source;
    this.#start = start;
    this.#goesOn = goesOn;
    this.#hasReturns = source.indexOf("\r", start) >= 0;
  }

  *[Symbol.iterator](): Generator<ParserLine> {
    const source = this.#source;
    let isLong = this.#goesOn;
    for (let from = this.#start; from < source.length; ) {
      const end = this.#lineEnd(from);
      isLong ||= end - from > longestLine;
      for (
        let cut = isLong ? cutOfLongLine(source, from, end) : -1;
        cut >= 0;
        cut = cutOfLongLine(source, from, end)
      ) {
        yield { from, to: cut, isCut: true };
        from = cut + 1;
      }
      yield { from, to: end, isCut: false };
      from = source.startsWith("\r\n", end) ? end + 2 : end + 1;
      isLong = false;
    }
  }

  #lineEnd(from: number): number {
    if (!this.#hasReturns) {
      const end = this.#source.indexOf("\n", from);
      return end < 0 ? this.#source.length : end;
    }
    LINE_END.lastIndex = from;
    return LINE_END.exec(this.#source)?.index ?? this.#source.length;
  }
}

function withLineEnds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n/g, " \n").replaceAll("\r", "\n") : text;
}

function withShortRuns(line: string): string {
  return middlesOfRuns(line).reduce(
    (text, { start, end }) => text.slice(0, start) + "x".repeat(end - start) + text.slice(end),
    line,
  );
}
