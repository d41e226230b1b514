import { writtenWordPattern } from "./word-patterns.ts";

/** Lower-cased words, each accented letter as one character. */
export function wordsOf(text: string): string[] {
  return text.normalize("NFC").toLowerCase().match(writtenWordPattern) ?? [];
}

/** Numbers words in the order in which they first come. Several indexes of the same words may share it. */
export class WordNumbers {
  readonly #numbers = new Map<string, number>();
  #last: { readonly text: string; readonly numbers: Int32Array } | undefined;

  get size(): number {
    return this.#numbers.size;
  }

  /** Undefined for a word that was never added. */
  of(word: string): number | undefined {
    return this.#numbers.get(word);
  }

  /** The numbers of a text's words. Indexes that share this add the same text one after the other: it is taken apart once. */
  addText(text: string): Int32Array {
    if (this.#last?.text !== text) {
      this.#last = { text, numbers: Int32Array.from(wordsOf(text), (word) => this.add(word)) };
    }
    return this.#last.numbers;
  }

  /** The word's number, a new one where it has none yet. */
  add(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(copyOf(word), number);
    return number;
  }
}

/** V8 makes a word of 13 letters and more a view of its text, which would stay in memory as a whole. */
function copyOf(word: string): string {
  return [...word].join("");
}
