/** One to three neighbouring words of a text. */
export interface Phrase {
  /** Lower case, single spaces. */
  readonly key: string;
  /** As it is written where it first comes. */
  readonly surface: string;
  readonly inTitle: boolean;
  readonly count: number;
  /** Share of its occurrences inside a sentence in which every word begins with a capital or a digit. */
  readonly capitals: number;
}

interface Counted {
  readonly surface: string;
  inTitle: boolean;
  count: number;
  inside: number;
  capitals: number;
}

const longestPhrase = 3;
/** What a text is about it says in its first words; more would only cost time. */
const mostCharacters = 30_000;

/** All phrases of a title and a text; none goes over the end of a sentence. */
export function phrasesOf(title: string, text: string): readonly Phrase[] {
  const counted = new Map<string, Counted>();
  for (const sentence of text.slice(0, mostCharacters).split(/[.!?:;()\n]\s+/u)) {
    for (const { key, surface, at, isName } of phrasesIn(sentence)) {
      const phrase = phraseAt(counted, key, surface);
      phrase.count += 1;
      if (at === 0) continue;
      phrase.inside += 1;
      if (isName) phrase.capitals += 1;
    }
  }
  for (const { key, surface } of phrasesIn(title)) phraseAt(counted, key, surface).inTitle = true;
  return Array.from(counted, ([key, { surface, inTitle, count, inside, capitals }]) => {
    return { key, surface, inTitle, count, capitals: capitals / (inside + 1) };
  });
}

function* phrasesIn(sentence: string) {
  const words = sentence.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*[+#]*/gu) ?? [];
  for (let at = 0; at < words.length; at++) {
    for (let length = 1; length <= longestPhrase && at + length <= words.length; length++) {
      const phrase = words.slice(at, at + length);
      const surface = phrase.join(" ");
      yield {
        key: surface.toLowerCase(),
        surface,
        at,
        isName: phrase.every((word) => /^[\p{Lu}\p{N}]/u.test(word)),
      };
    }
  }
}

function phraseAt(counted: Map<string, Counted>, key: string, surface: string): Counted {
  const known = counted.get(key) ?? { surface, inTitle: false, count: 0, inside: 0, capitals: 0 };
  counted.set(key, known);
  return known;
}
