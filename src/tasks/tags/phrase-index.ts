/** Words and pairs of neighbouring words, with their counts, of one text. */
export type PhraseCounts = ReadonlyMap<string, number>;

/** Lower-cased runs of letters and digits; `c++` and `c#` keep their signs. */
export function plainWords(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+[+#]*/gu) ?? [];
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

/** Where words and pairs of words occur. */
export class PhraseIndex {
  readonly #places = new Map<string, number[]>();
  #size = 0;

  add(counts: PhraseCounts): void {
    for (const phrase of counts.keys()) {
      const places = this.#places.get(phrase);
      if (places === undefined) this.#places.set(phrase, [this.#size]);
      else places.push(this.#size);
    }
    this.#size += 1;
  }

  /** Places of the documents with this word or pair, oldest first. */
  placesOf(phrase: string): readonly number[] {
    return this.#places.get(phrase) ?? [];
  }

  /** Places of the documents that have all the parts, oldest first. */
  placesOfAll(parts: readonly string[]): readonly number[] {
    const [first, ...others] = parts.map((part) => this.placesOf(part)).sort((a, b) => a.length - b.length);
    if (first === undefined) return [];
    const sets = others.map((places) => new Set(places));
    return first.filter((place) => sets.every((set) => set.has(place)));
  }
}
