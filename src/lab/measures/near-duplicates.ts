const gramWords = 3;
/** Share of the shorter text's word triples that the longer one must have, too. */
const sharedEnough = 0.6;
/** Fewer shared triples than this say nothing: such short texts must be equal. */
const fewestShared = 4;
/** Three word numbers below this make one exact number: 208,000³ < 2⁵³. */
const largestVocabulary = 208_000;

/**
 * Finds texts that repeat, contain, or are contained in one of a list of texts.
 *
 * Texts are compared by their word triples after case, accents, apostrophes and punctuation are gone, so
 * that differently tokenised copies (`does n 't`, `doesn't`) are the same.
 */
export class NearDuplicates {
  readonly #wordNumbers = new Map<string, number>();
  readonly #holders = new Map<number, number[]>();
  readonly #gramCounts: number[] = [];
  readonly #normalised = new Set<string>();

  /** Adds a text that others are to be compared with. */
  add(text: string): void {
    const words = normalise(text);
    this.#normalised.add(words.join(" "));
    for (const word of words) {
      if (!this.#wordNumbers.has(word)) {
        this.#wordNumbers.set(word, this.#wordNumbers.size);
      }
    }
    if (this.#wordNumbers.size > largestVocabulary) {
      throw new RangeError(
        `More than ${largestVocabulary} distinct words to compare with: compare in parts.`,
      );
    }
    const grams = this.#grams(words);
    const number = this.#gramCounts.push(grams.size) - 1;
    for (const gram of grams) {
      const holders = this.#holders.get(gram);
      if (holders === undefined) {
        this.#holders.set(gram, [number]);
      } else {
        holders.push(number);
      }
    }
  }

  /** True if `text` is nearly equal to, contains, or is contained in an added text. */
  has(text: string): boolean {
    const words = normalise(text);
    if (this.#normalised.has(words.join(" "))) {
      return true;
    }
    const ownCount = words.length - gramWords + 1;
    const shared = new Map<number, number>();
    for (const gram of this.#grams(words)) {
      for (const holder of this.#holders.get(gram) ?? []) {
        const count = (shared.get(holder) ?? 0) + 1;
        shared.set(holder, count);
        if (count >= fewestShared && count >= sharedEnough * Math.min(ownCount, this.#gramCounts[holder]!)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Distinct triples of known words; a triple with an unknown word stands in no added text. */
  #grams(words: readonly string[]): Set<number> {
    const numbers = words.map((word) => this.#wordNumbers.get(word));
    const grams = new Set<number>();
    for (let at = 0; at + gramWords <= numbers.length; at++) {
      const [first, second, third] = [numbers[at], numbers[at + 1], numbers[at + 2]];
      if (first !== undefined && second !== undefined && third !== undefined) {
        grams.add((first * largestVocabulary + second) * largestVocabulary + third);
      }
    }
    return grams;
  }
}

function normalise(text: string): string[] {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/\s*n\s*['’]\s*t\b/gu, "nt")
    .replaceAll(/\s*['’]\s*/gu, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
