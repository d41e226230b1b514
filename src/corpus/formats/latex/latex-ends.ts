import { LatexBraces } from "./latex-braces.ts";

/** Where something that has begun ends, and how far in the source that was looked for. */
export class LatexEnds {
  readonly #source: string;
  #braces: LatexBraces;
  /** Environments that end nowhere from here on. */
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

  /** Behind the `\end` of an environment that was begun before `from`; those of one name may be nested, but not in code. */
  ofEnvironment(name: string, from: number, isVerbatim: boolean): number | undefined {
    const end = this.#unclosed.has(name) ? undefined : this.#closeOf(name, from, isVerbatim);
    this.#lookTo(end);
    if (end === undefined) this.#unclosed.add(name);
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

  #closeOf(name: string, from: number, isVerbatim: boolean): number | undefined {
    const escaped = name.replace(/[^\w]/g, "\\$&");
    let depth = 1;
    const marks = new RegExp(`\\\\(begin|end)\\s*\\{${escaped}\\}`, "g");
    marks.lastIndex = from;
    for (let match = marks.exec(this.#source); match !== null; match = marks.exec(this.#source)) {
      if (match[1] === "end") depth -= 1;
      else if (!isVerbatim) depth += 1;
      if (depth === 0) return marks.lastIndex;
    }
    return undefined;
  }
}
