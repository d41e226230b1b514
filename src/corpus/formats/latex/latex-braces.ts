/** No argument of a command is longer: what closes only further away was left open. */
export const longestBraces = 30_000;
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

  /** Up to where the text has been looked at. */
  get at(): number {
    return this.#at;
  }

  /** Undefined where a brace is never closed, or too far away. */
  endOf(brace: number): number | undefined {
    while (!this.#ends.has(brace) && this.#at - brace <= longestBraces && this.#readToken());
    const end = this.#ends.get(brace);
    return end === undefined || end - brace > longestBraces ? undefined : end;
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
