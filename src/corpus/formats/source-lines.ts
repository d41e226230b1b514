import { cutOfLongLine, endOfCut, longestLine, lookOfLongLine } from "./long-lines.ts";

/** A line of a source, without the signs at its end; of one that is longer than any writer's, a part. */
export interface SourceLine {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Whether the line goes on behind it, or before it. */
  readonly isCut: boolean;
  readonly goesOn: boolean;
}

/** The lines from `bodyStart` on; a byte order mark is part of none. */
export function sourceLines(source: string, bodyStart: number): readonly SourceLine[] {
  const lines = new SourceLines(source, textStart(source, bodyStart));
  const found: SourceLine[] = [];
  for (let line = lines.at(0); line !== undefined; line = lines.at(found.length)) found.push(line);
  return found;
}

/** Where the first line begins. */
export const textStart = (source: string, bodyStart: number): number =>
  bodyStart === 0 && source.startsWith("\uFEFF") ? 1 : bodyStart;

/** The lines from a place on, each found when it is asked for; the last may be empty. */
export class SourceLines {
  readonly #source: string;
  readonly #lines: SourceLine[] = [];
  readonly #hasReturns: boolean;
  #next: number | undefined;
  #goesOn: boolean;
  #look = 0;

  /** @param start of a line, or of a part of one */
  constructor(source: string, start: number) {
    this.#source = source;
    this.#next = start;
    this.#goesOn = start > 0 && !/[\n\r\uFEFF]/.test(source[start - 1]!);
    this.#hasReturns = source.indexOf("\r", start) >= 0;
  }

  /** Undefined where there are not so many. */
  at(index: number): SourceLine | undefined {
    while (this.#lines.length <= index && this.#next !== undefined) this.#find(this.#next);
    const line = this.#lines[index];
    if (line === undefined) this.look(Number.POSITIVE_INFINITY);
    else this.look(Math.max(line.end + 2, line.isCut ? line.start + lookOfLongLine.ahead : 0));
    return line;
  }

  /** The last part of the line that one is a part of. */
  lastPartOf(index: number): number {
    let last = index;
    while (this.at(last)?.isCut === true) last += 1;
    return last;
  }

  /** Where a line begins; behind the last one the end of the source. */
  startOf(index: number): number {
    return this.at(index)?.start ?? this.#source.length;
  }

  /** Notes that what stands before a place was looked at. */
  look(to: number): void {
    this.#look = Math.max(this.#look, to);
  }

  /** Up to where anybody has looked since this was asked last. */
  takeLook(): number {
    const look = this.#look;
    this.#look = 0;
    return look;
  }

  #find(start: number): void {
    const source = this.#source;
    const found = this.#hasReturns ? nextLineEnd(source, start) : source.indexOf("\n", start);
    const lineEnd = found < 0 ? source.length : found;
    const goesOn = this.#goesOn;
    const cut = goesOn || lineEnd - start > longestLine ? cutOfLongLine(source, start, lineEnd) : -1;
    const isCut = cut >= 0;
    const end = isCut ? endOfCut(source, cut) : lineEnd;
    this.#lines.push({ text: source.slice(start, end), start, end, isCut, goesOn });
    this.#goesOn = isCut;
    if (end >= source.length) this.#next = undefined;
    else if (isCut) this.#next = cut + 1;
    else this.#next = source.startsWith("\r\n", end) ? end + 2 : end + 1;
  }
}

const LINE_END = /[\r\n]/g;

function nextLineEnd(source: string, from: number): number {
  LINE_END.lastIndex = from;
  return LINE_END.exec(source)?.index ?? -1;
}
