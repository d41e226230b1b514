import { isLanguageRead } from "./language-read.ts";

/** How many words of a corpus are in which language. */
export interface LanguageCount {
  /** ISO 639. */
  readonly language: string;
  readonly words: number;
  /** Tone and voice are learned from them, too. */
  readonly isRead: boolean;
}

/** The languages of a corpus, and what is learned of it. */
export interface LanguagesFound {
  /** Most words first. */
  readonly counts: readonly LanguageCount[];
  /** Next to nothing is in a language that is read: tags alone are learned. */
  readonly hasTagsAlone: boolean;
}

/**
 * Below this share of words that are read there is no writer's voice in them: of real blogs in German and French 0.2 to
 * 6 % of the words are told as English, most of them quotations, names and headings.
 */
const leastShareRead = 0.1;

/** Words by language, and the languages that somebody insists on for them: of these any share is learned. */
export interface SpokenWords {
  readonly words: ReadonlyMap<string, number>;
  readonly chosen: readonly string[];
}

export function languagesFound(
  words: ReadonlyMap<string, number>,
  chosen: readonly string[] = [],
): LanguagesFound {
  return languagesFoundIn([{ words, chosen }]);
}

/** Of a corpus whose parts are read in languages of their own; one that is read in any of them counts as read. */
export function languagesFoundIn(parts: readonly SpokenWords[]): LanguagesFound {
  const counts = new Map<string, LanguageCount>();
  let [all, read, least] = [0, 0, 0];
  for (const { words, chosen } of parts) {
    for (const [language, count] of words) {
      const isRead = isLanguageRead(language, chosen);
      const former = counts.get(language) ?? { words: 0, isRead: false };
      counts.set(language, { language, words: former.words + count, isRead: former.isRead || isRead });
      all += count;
      if (isRead) read += count;
      if (chosen.length === 0) least += leastShareRead * count;
    }
  }
  const found = Array.from(counts.values(), (count) => ({ ...count, words: Math.round(count.words) }));
  return {
    counts: found.sort((a, b) => b.words - a.words || (a.language < b.language ? -1 : 1)),
    hasTagsAlone: all > 0 && (read === 0 || read < least),
  };
}
