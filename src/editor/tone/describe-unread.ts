import type { UnreadSentence } from "../../protocol/readings.ts";
import { describeNotRead, listLanguages } from "../../words/describe-languages.ts";
import { plural, type Translate } from "../../words/translate.ts";

export const languagesOf = (sentences: readonly UnreadSentence[]): readonly string[] =>
  sentences.map(({ language }) => language);

/** Of a document of which nothing is read, with what works all the same. */
export function describeUnreadDocument(sentences: readonly UnreadSentence[], t: Translate): string {
  const languages = languagesOf(sentences);
  return t(
    "This document is {0} ({1}): its tone is not read. Tags work in every language.",
    describeNotRead(languages, t),
    listLanguages(languages, t),
  );
}

/** Of a document in which some sentences are not read. */
export function describeUnreadPart(sentences: readonly UnreadSentence[], t: Translate): string {
  const languages = languagesOf(sentences);
  return plural(
    t,
    sentences.length,
    "{0} sentence is {1} ({2}) and is left out",
    "{0} sentences are {1} ({2}) and are left out",
    describeNotRead(languages, t),
    listLanguages(languages, t),
  );
}
