const TOKEN = /\\[\s\S]|[{}]|%[^\n\r]*/g;

/** Where braces of a text are closed, found as they are asked for; comments and escaped braces count for nothing. */
export class LatexBraces {
  readonly #source: string;
  readonly #ends = new Map<number, number>();
  readonly #open: number[] = [];
  #at: number;

  /** @param start nobody asks for one before it; at the start of a line */
  constructor(source: string, start: number) {
    this.#source = source;
    this.#at = start;
  }

  /** Undefined where a brace is never closed. */
  endOf(brace: number): number | undefined {
    while (!this.#ends.has(brace) && this.#readToken());
    return this.#ends.get(brace);
  }

  /** False where there is none any more. */
  #readToken(): boolean {
    TOKEN.lastIndex = this.#at;
    const match = TOKEN.exec(this.#source);
    this.#at = match === null ? this.#source.length : TOKEN.lastIndex;
    if (match?.[0] === "{") this.#open.push(match.index);
    else if (match?.[0] === "}") {
      const from = this.#open.pop();
      if (from !== undefined) this.#ends.set(from, match.index);
    }
    return match !== null;
  }
}
