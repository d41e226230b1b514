import type { LanguagesFound, ProposedFolder } from "../../../src/protocol/learner.ts";

/** A folder of three posts that is proposed, with what a test says of it. */
export function proposedFolder(told: Partial<ProposedFolder> = {}): ProposedFolder {
  return {
    folder: "/blog",
    documents: 3,
    words: 900,
    tags: 2,
    authors: [],
    languages: { counts: [], hasTagsAlone: false },
    isEstimate: false,
    ...told,
  };
}

/** Words by language, most first; English is read. */
export function spoken(words: Readonly<Record<string, number>>, hasTagsAlone: boolean): LanguagesFound {
  const counts = Object.entries(words).map(([language, count]) => ({
    language,
    words: count,
    isRead: language === "en",
  }));
  return { counts, hasTagsAlone };
}
