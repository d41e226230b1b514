import { nextIn } from "../inline-reader.ts";
import type { ProseCollector } from "../prose-collector.ts";
import { latexAccents } from "./latex-commands.ts";

/** No formula between dollar signs is longer, nor anything else that is looked for where it may end. */
export const longestMath = 10_100;
const QUOTES: Readonly<Record<string, string>> = {
  "``": "“",
  "''": "”",
  "`": "‘",
  "---": "—",
  "--": "–",
  '"`': "„",
  "\"'": "“",
};
const SIGNS = /``|''|`|---|--|"[`']/y;

/**
 * Reads what stands for signs, formulas, and words that are shown as they stand: each at one go, with nothing left open.
 * All say where to read on.
 */
export class LatexSigns {
  readonly #source: string;
  readonly #collector: ProseCollector;
  readonly #next: (sign: string, from: number) => number;

  constructor(source: string, collector: ProseCollector) {
    this.#source = source;
    this.#collector = collector;
    this.#next = nextIn(source);
  }

  /** Quotation marks and dashes; any other sign is itself. */
  readSigns(at: number): number {
    SIGNS.lastIndex = at;
    const signs = SIGNS.exec(this.#source)?.[0] ?? this.#source[at]!;
    this.#collector.addReplaced(QUOTES[signs] ?? signs, at, at + signs.length);
    return at + signs.length;
  }

  /** From a dollar sign on, which is a sign like others where no second follows soon. */
  skipMath(at: number, end: number): number {
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

  /** Commands of a single sign: `\%`, `\'e`, `\\`, `\(`. */
  readSignCommand(sign: string, at: number, after: number, end: number): number {
    const accent = latexAccents.get(sign);
    if (accent !== undefined) return this.readAccent(accent, at, after);
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
  readAccent(accent: string, at: number, after: number): number {
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

  /** Code behind `\verb` and the like, between marks or braces. */
  readVerb(name: string, at: number, after: number, end: number): number {
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
}
