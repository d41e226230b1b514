import type { SourceWord } from "./encoded-text.ts";

/** What the normaliser of a BERT tokenizer does before words are cut. */
export interface WordRules {
  /** Drops control characters and U+FFFD. */
  readonly cleansText: boolean;
  /** Makes every CJK ideograph a word. */
  readonly isolatesCjk: boolean;
  /** Decomposes (NFD) and drops non-spacing marks. */
  readonly stripsAccents: boolean;
  readonly lowersCase: boolean;
}

/** What a code point does to the words around it. */
type CodePointPart =
  | { readonly kind: "dropped" }
  | { readonly kind: "mark" }
  | { readonly kind: "space" }
  | { readonly kind: "alone"; readonly text: string }
  | { readonly kind: "joined"; readonly text: string };

/** Tab and line ends are space, but form feed, vertical tab and next line vanish. */
const dropped = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u{FFFD}]/u;
const space = /\p{White_Space}/u;
/** All ASCII symbols count as punctuation in BERT, beyond ASCII only Unicode's punctuation does. */
const punctuation = /[\p{P}$+<=>^`|~]/u;
const mark = /\p{Mn}/gu;
/** The ideographs of Rust `tokenizers`; its fifth range starts at 2B920 where BERT's own has 2B820. */
const cjk =
  /[\u{4E00}-\u{9FFF}\u{3400}-\u{4DBF}\u{20000}-\u{2A6DF}\u{2A700}-\u{2B73F}\u{2B740}-\u{2B81F}\u{2B920}-\u{2CEAF}\u{F900}-\u{FAFF}\u{2F800}-\u{2FA1F}]/u;

/**
 * Cuts text into words as BERT does, keeping where each stands.
 *
 * Works code point by code point, which equals normalising the whole text: no code point's decomposition
 * holds both a boundary and something else, and case is lowered without context (no final sigma), as
 * Rust `tokenizers` does. Against its version 0.23 all of Unicode was compared; the only differences are
 * 671 code points younger than its tables (Unicode 8), which no BERT vocabulary has.
 */
export class WordSplitter {
  readonly #rules: WordRules;
  readonly #parts = new Map<number, CodePointPart>();

  constructor(rules: WordRules) {
    this.#rules = rules;
  }

  split(text: string): readonly SourceWord[] {
    const collector = new WordCollector();
    let position = 0;
    while (position < text.length) {
      const runEnd = endOfAsciiRun(text, position);
      if (runEnd > position) {
        const run = text.slice(position, runEnd);
        collector.join(this.#rules.lowersCase ? run.toLowerCase() : run, position, runEnd);
        position = runEnd;
        continue;
      }
      const codePoint = text.codePointAt(position)!;
      const end = position + (codePoint > 0xffff ? 2 : 1);
      collector.add(this.#partOf(codePoint), position, end);
      position = end;
    }
    return collector.finish();
  }

  #partOf(codePoint: number): CodePointPart {
    const known = this.#parts.get(codePoint);
    if (known !== undefined) return known;
    const part = classify(String.fromCodePoint(codePoint), this.#rules);
    this.#parts.set(codePoint, part);
    return part;
  }
}

function classify(character: string, rules: WordRules): CodePointPart {
  if (rules.cleansText && dropped.test(character)) return { kind: "dropped" };
  if (space.test(character)) return { kind: "space" };
  const stripped = rules.stripsAccents ? character.normalize("NFD").replace(mark, "") : character;
  if (stripped === "") return { kind: "mark" };
  const text = rules.lowersCase ? lowerEach(stripped) : stripped;
  const isAlone = punctuation.test(text) || (rules.isolatesCjk && cjk.test(character));
  return { kind: isAlone ? "alone" : "joined", text };
}

/** Lower case of each code point by itself, so that a word-final sigma stays σ. */
function lowerEach(text: string): string {
  return Array.from(text, (character) => character.toLowerCase()).join("");
}

function endOfAsciiRun(text: string, start: number): number {
  let end = start;
  while (end < text.length && isAsciiAlphanumeric(text.charCodeAt(end))) end++;
  return end;
}

function isAsciiAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}

/** Puts parts together to words. */
class WordCollector {
  readonly #words: SourceWord[] = [];
  #written = "";
  #start = 0;
  #end = 0;

  add(part: CodePointPart, start: number, end: number): void {
    switch (part.kind) {
      case "dropped":
        return;
      case "mark":
        this.#mark(start, end);
        return;
      case "space":
        this.#close();
        return;
      case "alone":
        this.#close();
        this.#words.push({ written: part.text, start, end });
        return;
      case "joined":
        this.join(part.text, start, end);
        return;
      default:
        part satisfies never;
    }
  }

  join(text: string, start: number, end: number): void {
    if (this.#written === "") this.#start = start;
    this.#written += text;
    this.#end = end;
  }

  finish(): readonly SourceWord[] {
    this.#close();
    return this.#words;
  }

  /** A dropped mark says nothing to the model but belongs to the character before it on the screen. */
  #mark(start: number, end: number): void {
    if (this.#written !== "") {
      this.#end = end;
      return;
    }
    const last = this.#words.at(-1);
    if (last?.end === start) this.#words[this.#words.length - 1] = { ...last, end };
  }

  #close(): void {
    if (this.#written === "") return;
    this.#words.push({ written: this.#written, start: this.#start, end: this.#end });
    this.#written = "";
  }
}
