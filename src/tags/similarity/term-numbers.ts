import { IntegerList } from "./integer-list.ts";
import { PairNumbers } from "./pair-numbers.ts";
import { type WordNumbers, wordsOf } from "./word-numbers.ts";

/** What counts as a term: single words, or also pairs of neighbours. */
export type TermKind = "words" | "wordsAndPairs";

/** More words than any writer has; below the square root of the largest whole number that is exact. */
const mostWords = 2 ** 26;

/** Numbers the terms of texts as they come: of each text first the words, then the pairs. */
export class TermNumbers {
  readonly #kind: TermKind;
  readonly #words: WordNumbers;
  /** Term of each word by its number plus one; 0 where the word is no term here. */
  readonly #ofWords = new IntegerList();
  readonly #pairs = new PairNumbers();
  /** Term of each pair by its number. */
  readonly #ofPairs = new IntegerList();
  #size = 0;

  constructor(kind: TermKind, words: WordNumbers) {
    this.#kind = kind;
    this.#words = words;
  }

  get size(): number {
    return this.#size;
  }

  /** The terms of a text, each as often as it occurs; new ones get the next numbers. */
  add(text: string): Int32Array {
    return this.#termsOf(this.#words.addText(text), this.#addWord, this.#addPair);
  }

  /** As `add`, but terms that were never added get numbers from `size` on that hold for this text alone. */
  read(text: string): Int32Array {
    const strangers = new Map<string, number>();
    const words = Int32Array.from(wordsOf(text), (word) => {
      return this.#words.of(word) ?? this.#words.size + numberIn(strangers, word);
    });
    const unseen = new Map<number, number>();
    const unseenTerm = (key: number): number => this.#size + numberIn(unseen, key);
    return this.#termsOf(
      words,
      (word) => this.#termOfWord(word) ?? unseenTerm(word),
      (first, second) => this.#termOfPair(first, second) ?? unseenTerm((first + 1) * mostWords + second),
    );
  }

  #termsOf(
    words: Int32Array,
    termOfWord: (word: number) => number,
    termOfPair: (first: number, second: number) => number,
  ): Int32Array {
    const pairs = this.#kind === "words" ? 0 : Math.max(0, words.length - 1);
    const terms = new Int32Array(words.length + pairs);
    for (let at = 0; at < words.length; at++) terms[at] = termOfWord(words[at]!);
    for (let at = 0; at < pairs; at++) terms[words.length + at] = termOfPair(words[at]!, words[at + 1]!);
    return terms;
  }

  #termOfWord(word: number): number | undefined {
    const term = word < this.#ofWords.length ? this.#ofWords.at(word) : 0;
    return term === 0 ? undefined : term - 1;
  }

  #termOfPair(first: number, second: number): number | undefined {
    const pair = this.#pairs.of(first, second);
    return pair === undefined ? undefined : this.#ofPairs.at(pair);
  }

  readonly #addWord = (word: number): number => {
    const known = this.#termOfWord(word);
    if (known !== undefined) return known;
    while (this.#ofWords.length <= word) this.#ofWords.push(0);
    this.#ofWords.set(word, this.#size + 1);
    return this.#size++;
  };

  readonly #addPair = (first: number, second: number): number => {
    const pair = this.#pairs.add(first, second);
    if (pair === this.#ofPairs.length) this.#ofPairs.push(this.#size++);
    return this.#ofPairs.at(pair);
  };
}

/** The key's number, in the order in which keys first come. */
function numberIn<Key>(numbers: Map<Key, number>, key: Key): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  const number = numbers.size;
  numbers.set(key, number);
  return number;
}
