import { nextIn } from "./inline-reader.ts";

/** No expression is longer. */
export const longestExpression = 10_000;
/** So much is looked through at once, of which all but the last part is known then. */
const AT_ONCE = 4 * longestExpression;
/** Shorter texts are looked through each time. */
const SHORT = 1_000;
const STRING = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`/y;

/** Where the braces of a text close that hold JavaScript, strings and comments aside; each is looked at a few times at most. */
class BraceEnds {
  readonly text: string;
  readonly #next: (sign: string, from: number) => number;
  readonly #ends = new Map<number, number | undefined>();

  constructor(text: string) {
    this.text = text;
    this.#next = nextIn(text);
  }

  /** Behind the brace that closes the one at `from`; undefined where there is none, or too far away. */
  endOf(from: number): number | undefined {
    if (!this.#ends.has(from)) this.#look(from);
    const end = this.#ends.get(from);
    return end === undefined || end - from > longestExpression ? undefined : end;
  }

  /** The end of a string or comment that begins at a place. */
  endOfString(at: number): number | undefined {
    if (!"\"'`/".includes(this.text[at] ?? " ")) return undefined;
    if (this.text.startsWith("/*", at)) {
      const end = this.#next("*/", at + 2) + 2;
      return Number.isFinite(end) ? end : undefined;
    }
    if (this.text.startsWith("//", at)) return Math.min(this.#next("\n", at), this.text.length);
    STRING.lastIndex = at;
    return STRING.test(this.text) ? STRING.lastIndex : undefined;
  }

  #look(from: number): void {
    const open: number[] = [];
    const last = Math.min(this.text.length, from + (this.text.length < SHORT ? SHORT : AT_ONCE));
    let at = from;
    while (at < last) {
      if (this.text[at] === "{") open.push(at);
      else if (this.text[at] === "}") this.#ends.set(open.pop()!, at + 1);
      if (open.length === 0) return;
      at = this.endOfString(at) ?? at + 1;
    }
    const isEnd = at >= this.text.length;
    for (const start of open) if (isEnd || at - start > longestExpression) this.#ends.set(start, undefined);
  }
}

let known = new BraceEnds("");

/** The ends for a text; those of the last one are kept, as a text is asked about at each of its braces. */
export function braceEndsIn(text: string): BraceEnds {
  if (text.length < SHORT) return new BraceEnds(text);
  if (known.text !== text) known = new BraceEnds(text);
  return known;
}
