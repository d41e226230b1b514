import { plainWords } from "./document-terms.ts";
import { IntegerList } from "./integer-list.ts";
import { RowSpans, type Runs } from "./row-spans.ts";
import { pairTermHash, termHash } from "./term-hash.ts";
import { TermNumbers } from "./term-numbers.ts";

const likelyBits = 0xffff;

/** Words and pairs of neighbouring words, with their counts, of one text. */
export type PhraseCounts = ReadonlyMap<string, number>;

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

/**
 * Where words and pairs of neighbouring words occur. Their bits are remembered document by document, and gone through for
 * what is asked for: lists of places for all of them would take longer to make than all questions of a sitting.
 */
export class PhraseIndex {
  readonly #phrases = new IntegerList();
  readonly #spans = new RowSpans();
  /** Places of phrases that were looked up since a document was added last; by their bits. */
  #found = new Map<number, number[]>();

  /** @param phrases the bits of a document's words and pairs, each once */
  add(phrases: Int32Array): void {
    this.hold({ values: phrases, lengths: Int32Array.of(phrases.length) });
    this.admit(this.#spans.runs - 1);
  }

  /** Holds the phrases of documents that get their places later. */
  hold({ values, lengths }: Runs<Int32Array>): void {
    this.#phrases.pushAll(values);
    this.#spans.hold(lengths);
  }

  /** Makes room for so many documents, as long as those so far. */
  reserve(documents: number): void {
    this.#phrases.reserve(Math.ceil((this.#phrases.length * documents) / this.#spans.runs));
  }

  /** Gives the next place to a document that is held. */
  admit(run: number): void {
    this.#spans.admit(run);
    if (this.#found.size > 0) this.#found = new Map();
  }

  /** Looks these up together, in one pass: what is asked for next is among them. */
  lookUp(phrases: Int32Array): void {
    const wanted = new TermNumbers();
    // Nearly all that is gone through is not asked for, and most of that is seen at once.
    const isLikely = new Uint8Array(likelyBits + 1);
    const lists: number[][] = [];
    for (const phrase of phrases) {
      if (this.#found.has(phrase) || wanted.of(phrase) !== undefined) continue;
      const places: number[] = [];
      lists[wanted.add(phrase)] = places;
      isLikely[phrase & likelyBits] = 1;
      this.#found.set(phrase, places);
    }
    if (lists.length === 0) return;
    const all = this.#phrases.values;
    const starts = this.#spans.starts.values;
    const ends = this.#spans.ends.values;
    for (let place = 0; place < starts.length; place++) {
      for (let at = starts[place]!; at < ends[place]!; at++) {
        if (isLikely[all[at]! & likelyBits] === 0) continue;
        const number = wanted.of(all[at]!);
        if (number !== undefined) lists[number]!.push(place);
      }
    }
  }

  /** Places of the documents with this word or pair, oldest first. */
  placesOf(phrase: string): readonly number[] {
    const hash = phraseHash(phrase);
    if (!this.#found.has(hash)) this.lookUp(Int32Array.of(hash));
    return this.#found.get(hash)!;
  }

  /** Places of the documents that have all the parts, oldest first. */
  placesOfAll(parts: readonly string[]): readonly number[] {
    const [first, ...others] = parts.map((part) => this.placesOf(part)).sort((a, b) => a.length - b.length);
    if (first === undefined) return [];
    const sets = others.map((places) => new Set(places));
    return first.filter((place) => sets.every((set) => set.has(place)));
  }
}

/** The bits of a word, or of two with a space between them. */
export function phraseHash(phrase: string): number {
  const [first, second] = phrase.split(" ");
  const hash = termHash(first!);
  return second === undefined ? hash : pairTermHash(hash, termHash(second));
}
