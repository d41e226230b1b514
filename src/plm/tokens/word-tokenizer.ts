import type { SourceSpan, SourceWord, SpecialIds, TextPlace, WordTokenizer } from "./encoded-text.ts";
import type { Vocabulary } from "./vocabulary.ts";

/**
 * The tokenizer of a vocabulary, for words that `cut` finds.
 *
 * @param idsOfWord cuts one into tokens, of which it has at least one; it is asked once for each word
 */
export function createWordTokenizer(
  vocabulary: Vocabulary,
  specialIds: SpecialIds,
  idsOfWord: (word: string) => readonly number[],
  cut: (text: string, place?: TextPlace) => readonly SourceWord[],
): WordTokenizer {
  const cache = new WordCache(idsOfWord);
  return {
    vocabularySize: vocabulary.size,
    specialIds,
    ordinaryIds: vocabulary.ordinaryIds(),
    encodeWords: (text, place) => {
      const ids: number[] = [];
      const words: number[] = [];
      const spans: SourceSpan[] = [];
      for (const { written, start, end } of cut(text, place)) {
        for (const id of cache.idsOf(written)) {
          ids.push(id);
          words.push(spans.length);
        }
        // A word that stands nowhere is a space put before the text: the next word takes its token.
        if (end > start) spans.push({ start, end });
      }
      return { ids, words, spans };
    },
    tokenOf: (id) => vocabulary.tokenOf(id),
  };
}

/** A large corpus has about 10⁵ distinct words. */
const maximumWords = 100_000;
/** Longer ones are not met again. */
const maximumLength = 64;

/** The ids of words that were met. */
class WordCache {
  readonly #encode: (word: string) => readonly number[];
  readonly #ids = new Map<string, readonly number[]>();

  constructor(encode: (word: string) => readonly number[]) {
    this.#encode = encode;
  }

  idsOf(word: string): readonly number[] {
    const known = this.#ids.get(word);
    if (known !== undefined) return known;
    const ids = this.#encode(word);
    if (word.length > maximumLength) return ids;
    if (this.#ids.size >= maximumWords) this.#ids.clear();
    this.#ids.set(word, ids);
    return ids;
  }
}
