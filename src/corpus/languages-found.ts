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

/** @param chosen languages that somebody insists on: of these any share is learned */
export function languagesFound(
  words: ReadonlyMap<string, number>,
  chosen: readonly string[] = [],
): LanguagesFound {
  const counts = Array.from(words, ([language, count]) => ({
    language,
    words: Math.round(count),
    isRead: isLanguageRead(language, chosen),
  })).sort((a, b) => b.words - a.words || (a.language < b.language ? -1 : 1));
  const sum = (of: readonly LanguageCount[]) => of.reduce((total, one) => total + one.words, 0);
  const [all, read] = [sum(counts), sum(counts.filter(({ isRead }) => isRead))];
  const least = chosen.length === 0 ? leastShareRead * all : 0;
  return { counts, hasTagsAlone: all > 0 && (read === 0 || read < least) };
}
