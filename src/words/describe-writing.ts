import { describeCount } from "./describe-counts.ts";
import { formatCount, formatNumber } from "./format.ts";
import { type Translate, untranslated } from "./translate.ts";

/** Words that a writer uses `times` as often as others do. */
interface OwnWords {
  readonly others: number;
  readonly words: readonly { readonly word: string; readonly times: number }[];
}

interface ShortWriting {
  readonly documents: number;
  readonly words: number;
  readonly fewestDocuments: number;
  readonly fewestWords: number;
}

/** A way of writing: words to a sentence, or how often in a thousand words. */
export interface DescribedHabit {
  readonly kind:
    | "sentenceWords"
    | "commas"
    | "semicolons"
    | "colons"
    | "brackets"
    | "dashes"
    | "questions"
    | "exclamations"
    | "contractions"
    | "firstPerson"
    | "firstPersonPlural"
    | "secondPerson";
  readonly own: number;
  readonly others: number;
}

export function describeOwnWords({ others, words }: OwnWords, t: Translate = untranslated): string {
  if (words.length === 0) return t("There is no common word that you surely use more often than others do.");
  const told = words.map(({ word, times }) => `${word} (${formatTimes(times, t)})`).join(", ");
  return t(
    "Common words that you use more often than {0} bloggers do, and how many times: {1}.",
    others,
    told,
  );
}

/** Words that are used otherwise than others use them, which is not the same as more often. */
export function describeWordsUsedOwnWay(
  { words }: { readonly words: readonly { readonly word: string }[] },
  t: Translate = untranslated,
): string {
  return words.length === 0
    ? t("Of the words that you use often, none is surely used in a way of your own.")
    : t("Words that you use in a way of your own: {0}.", words.map(({ word }) => word).join(", "));
}

export function describeShortWriting(
  { documents, words, fewestDocuments, fewestWords }: ShortWriting,
  t: Translate = untranslated,
): string {
  return t(
    "Too little is written in English to tell: {0} in {1}. At least {2} words in {3} documents are needed.",
    describeCount(words, "word", t),
    describeCount(documents, "document", t),
    formatCount(fewestWords, t),
    fewestDocuments,
  );
}

/** A habit beside that of others, in a sentence. */
export function describeHabit({ kind, own, others }: DescribedHabit, t: Translate = untranslated): string {
  const figures = [formatRate(own, t), formatRate(others, t)] as const;
  switch (kind) {
    case "sentenceWords":
      return t("Your sentences have {0} words on average, those of others {1}.", ...figures);
    case "commas":
      return t("In a thousand words you put {0} commas, others {1}.", ...figures);
    case "semicolons":
      return t("In a thousand words you put {0} semicolons, others {1}.", ...figures);
    case "colons":
      return t("In a thousand words you put {0} colons, others {1}.", ...figures);
    case "brackets":
      return t("In a thousand words you open {0} brackets, others {1}.", ...figures);
    case "dashes":
      return t("In a thousand words you put {0} dashes, others {1}.", ...figures);
    case "questions":
      return t("In a thousand words you put {0} question marks, others {1}.", ...figures);
    case "exclamations":
      return t("In a thousand words you put {0} exclamation marks, others {1}.", ...figures);
    case "contractions":
      return t("In a thousand words you write {0} short forms such as ‘don't’, others {1}.", ...figures);
    case "firstPerson":
      return t("In a thousand words you say ‘I’, ‘me’ or ‘my’ {0} times, others {1}.", ...figures);
    case "firstPersonPlural":
      return t("In a thousand words you say ‘we’, ‘us’ or ‘our’ {0} times, others {1}.", ...figures);
    case "secondPerson":
      return t("In a thousand words you say ‘you’ or ‘your’ {0} times, others {1}.", ...figures);
    default:
      return kind satisfies never;
  }
}

/** 4.3, 17, 120 */
const formatRate = (rate: number, t: Translate): string =>
  rate < 9.95 ? formatNumber(rate, 1, t) : formatCount(rate, t);

/** 4.3 ×, 17 × */
const formatTimes = (times: number, t: Translate): string => `${formatRate(times, t)} ×`;
