import { LatexBraces } from "./latex-braces.ts";

/** The environments of one name, as far as they were looked for. */
interface Environments {
  /** Behind the `\end` of each, by the place behind its `\begin`. */
  readonly ends: Map<number, number>;
  /** Places behind the `\begin` of those that have not ended before `to`, the innermost last. */
  readonly open: number[];
  to: number;
}

/** Where something that has begun ends, and how far in the source that was looked for. */
export class LatexEnds {
  readonly #source: string;
  #braces: LatexBraces;
  readonly #environments = new Map<string, Environments>();
  /** Code and conditions that end nowhere from here on. */
  readonly #unclosed = new Set<string>();
  #look = 0;

  /** @param start nobody asks for anything before it; at the start of a line */
  constructor(source: string, start: number) {
    this.#source = source;
    this.#braces = new LatexBraces(source, start);
  }

  /** From a place on what stands before it counts for nothing: no brace, no comment that goes on. */
  forgetBefore(place: number): void {
    this.#braces = new LatexBraces(this.#source, place);
  }

  /** Up to where anybody has looked since this was asked last. */
  takeLook(): number {
    const look = this.#look;
    this.#look = 0;
    return look;
  }

  /** Of the brace that closes one. */
  ofBrace(at: number): number | undefined {
    const end = this.#braces.endOf(at);
    this.#lookTo(end ?? this.#braces.at);
    return end;
  }

  /**
   * Behind the `\end` of an environment whose `\begin` stands right before `from`; those of one name may be nested, but
   * not in code. Places are to be asked for in their order.
   */
  ofEnvironment(name: string, from: number, isVerbatim: boolean): number | undefined {
    const end = isVerbatim ? this.#endOfCode(name, from) : this.#endOf(name, from);
    this.#lookTo(end);
    return end;
  }

  /** Behind the `\fi` that comes next. */
  ofCondition(from: number): number | undefined {
    const close = this.#unclosed.has("iffalse") ? -1 : this.#source.indexOf("\\fi", from);
    const end = close === -1 ? undefined : close + 3;
    this.#lookTo(end);
    if (end === undefined) this.#unclosed.add("iffalse");
    return end;
  }

  /** Notes that what stands before a place was looked at; undefined: all to the end. */
  #lookTo(place: number | undefined): void {
    this.#look = Math.max(this.#look, place ?? Number.POSITIVE_INFINITY);
  }

  #endOfCode(name: string, from: number): number | undefined {
    if (this.#unclosed.has(name)) return undefined;
    const marks = marksOf("end", name);
    marks.lastIndex = from;
    if (marks.test(this.#source)) return marks.lastIndex;
    this.#unclosed.add(name);
    return undefined;
  }

  /** Each stretch is looked through once: where an outer one ends nowhere, an inner one that was passed may end. */
  #endOf(name: string, from: number): number | undefined {
    let known = this.#environments.get(name);
    if (known === undefined || from >= known.to) {
      known = { ends: new Map(), open: [from], to: from };
      this.#environments.set(name, known);
    }
    const { ends, open } = known;
    const marks = marksOf("begin|end", name);
    marks.lastIndex = known.to;
    while (!ends.has(from)) {
      const match = known.to === Number.POSITIVE_INFINITY ? null : marks.exec(this.#source);
      known.to = match === null ? Number.POSITIVE_INFINITY : marks.lastIndex;
      if (match === null) return undefined;
      if (match[1] === "begin") open.push(marks.lastIndex);
      else if (open.length > 0) ends.set(open.pop()!, marks.lastIndex);
    }
    return ends.get(from);
  }
}

const marksOf = (kinds: string, name: string): RegExp =>
  new RegExp(`\\\\(${kinds})\\s*\\{${name.replace(/[^\w]/g, "\\$&")}\\}`, "g");
