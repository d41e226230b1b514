import { IntegerList } from "./integer-list.ts";
import { PairNumbers } from "./pair-numbers.ts";
import { WordNumbers } from "./word-numbers.ts";
import { plainWordPattern } from "./word-patterns.ts";

/** Words and pairs of neighbouring words, with their counts, of one text. */
export type PhraseCounts = ReadonlyMap<string, number>;

/** Lower-cased words without the accents of Latin letters, which tags often lack: a text on `cinéma` names `cinema`. */
export function plainWords(text: string): string[] {
  return withoutAccents(text).toLowerCase().match(plainWordPattern) ?? [];
}

function withoutAccents(text: string): string {
  if (!/[\u0080-\uffff]/.test(text)) return text;
  return text
    .normalize("NFD")
    .replaceAll(/(?<=\p{Script=Latin})\p{M}+/gu, "")
    .normalize("NFC");
}

export function phraseCounts(text: string): PhraseCounts {
  const counts = new Map<string, number>();
  let previous: string | undefined;
  for (const word of plainWords(text)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
    if (previous !== undefined) {
      const pair = `${previous} ${word}`;
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
    previous = word;
  }
  return counts;
}

/** The words and pairs that must all occur for a phrase to occur (nearly exact for three words and more). */
export function partsOf(words: readonly string[]): readonly string[] {
  return words.length <= 1 ? words : words.slice(1).map((word, at) => `${words[at]} ${word}`);
}

/** How often a phrase, given by its parts, occurs; the rarest part decides. */
export function occurrences(parts: readonly string[], counts: PhraseCounts): number {
  return parts.length === 0 ? 0 : Math.min(...parts.map((part) => counts.get(part) ?? 0));
}

/** Where words and pairs of neighbouring words occur. */
export class PhraseIndex {
  readonly #words: WordNumbers;
  readonly #pairs = new PairNumbers();
  /** By the number of the word. */
  readonly #placesOfWords = new PlaceLists();
  /** By the number of the pair. */
  readonly #placesOfPairs = new PlaceLists();
  #size = 0;

  /** @param words may be shared with other indexes */
  constructor(words: WordNumbers = new WordNumbers()) {
    this.#words = words;
  }

  add(text: string): void {
    let previous: number | undefined;
    for (const word of plainWords(text)) {
      const number = this.#words.add(word);
      this.#placesOfWords.add(number, this.#size);
      if (previous !== undefined) this.#placesOfPairs.add(this.#pairs.add(previous, number), this.#size);
      previous = number;
    }
    this.#size += 1;
  }

  /** Places of the documents with this word or pair, oldest first. */
  placesOf(phrase: string): readonly number[] {
    const [first, second] = phrase.split(" ").map((word) => this.#words.of(word));
    if (first === undefined) return [];
    if (!phrase.includes(" ")) return this.#placesOfWords.of(first);
    const pair = second === undefined ? undefined : this.#pairs.of(first, second);
    return pair === undefined ? [] : this.#placesOfPairs.of(pair);
  }

  /** Places of the documents that have all the parts, oldest first. */
  placesOfAll(parts: readonly string[]): readonly number[] {
    const [first, ...others] = parts.map((part) => this.placesOf(part)).sort((a, b) => a.length - b.length);
    if (first === undefined) return [];
    const sets = others.map((places) => new Set(places));
    return first.filter((place) => sets.every((set) => set.has(place)));
  }
}

/**
 * Rising places for each of many numbers, as chains through three rows of whole numbers: most phrases
 * occur in one document, and an array for each of them would take ten times the room.
 */
class PlaceLists {
  /** For each number its newest link plus one; 0 where it has none. */
  readonly #newest = new IntegerList();
  readonly #places = new IntegerList();
  /** For each link the one before it plus one. */
  readonly #before = new IntegerList();

  /** A place that the number has already is not added again. Places come in rising order. */
  add(number: number, place: number): void {
    while (this.#newest.length <= number) this.#newest.push(0);
    const newest = this.#newest.at(number);
    if (newest > 0 && this.#places.at(newest - 1) === place) return;
    this.#places.push(place);
    this.#before.push(newest);
    this.#newest.set(number, this.#places.length);
  }

  /** In rising order. */
  of(number: number): readonly number[] {
    const places: number[] = [];
    let link = number < this.#newest.length ? this.#newest.at(number) : 0;
    for (; link > 0; link = this.#before.at(link - 1)) places.push(this.#places.at(link - 1));
    return places.reverse();
  }
}
