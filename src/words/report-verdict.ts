import { plural, type Translate } from "./translate.ts";

/** What the verdict of a report rests on. */
export interface VerdictFacts {
  /** Absent: learning is not finished. */
  readonly gates?:
    | { readonly tone: { readonly open: boolean }; readonly tags: { readonly open: boolean } }
    | undefined;
  /** How often the writer has said how a text is meant, and how often at least before a personal reading is tried. */
  readonly toneAnswers: { readonly said: number; readonly wanted: number };
  /** Of the tags that documents really had, the share found among the first five. */
  readonly tags?:
    | {
        readonly documents: number;
        readonly idiolect: { readonly recallAt5: number };
        readonly mostFrequent: { readonly recallAt5: number };
      }
    | undefined;
  /** The languages of the texts; absent where none were told. */
  readonly languages?: { readonly hasTagsAlone: boolean } | undefined;
}

/** So many answers of a writer at least before a personal reading of tone is tried; the gate of tone has the same. */
export const fewestToneAnswers = 12;

/** Where so many of the real tags are among the first five, a writer finds most of what is wanted. */
const goodRecall = 0.5;

/**
 * The first lines of a report, on the page and in the terminal: what a writer can count on now, without
 * figures that need explaining.
 */
export function reportVerdict(facts: VerdictFacts, t: Translate): readonly string[] {
  if (facts.gates === undefined) {
    return [
      t("Learning is not finished yet. Tags come first; until it is finished, tone is read in general."),
    ];
  }
  return [verdictOnTags(facts, t), verdictOnTone(facts, t)];
}

function verdictOnTags({ gates, tags }: VerdictFacts, t: Translate): string {
  if (gates?.tags.open !== true) {
    return t("Tags: none to suggest yet, as none of your documents has any.");
  }
  if (tags === undefined || tags.documents === 0) {
    return t("Tags: suggested. Too few documents have tags to say how good they are.");
  }
  const { idiolect, mostFrequent } = tags;
  if (idiolect.recallAt5 <= mostFrequent.recallAt5) {
    return t("Tags: no better than always suggesting your most frequent ones.");
  }
  return idiolect.recallAt5 >= goodRecall
    ? t("Tags: good.")
    : t("Tags: fair. Look them over before you take them.");
}

function verdictOnTone(
  { gates, toneAnswers: { said, wanted }, languages }: VerdictFacts,
  t: Translate,
): string {
  if (gates?.tone.open === true) {
    return t("Tone: read your way.");
  }
  if (languages?.hasTagsAlone === true) {
    return t("Tone: not read, as nearly all of your text is in languages whose tone is not read.");
  }
  const missing = wanted - said;
  if (missing <= 0) {
    return t(
      "Tone: not yet yours. Your own reading has not proved better so far, so the general one is shown; more answers may change that.",
    );
  }
  return plural(
    t,
    missing,
    "Tone: not yet yours. Your own reading can be tried after {0} more answer; until then tone is read in general.",
    "Tone: not yet yours. Your own reading can be tried after {0} more answers; until then tone is read in general.",
  );
}

/** How a writer gives such answers; undefined where none are missing. */
export function adviceOnAnswers(
  { gates, toneAnswers, languages }: VerdictFacts,
  t: Translate,
): string | undefined {
  return gates?.tone.open === true ||
    languages?.hasTagsAlone === true ||
    toneAnswers.said >= toneAnswers.wanted
    ? undefined
    : t(
        "To answer, run 'A Round of Questions' (in a terminal: idiolect teach), or say how you mean a sentence: rest the mouse on it. Moods and ratings in front matter count, too.",
      );
}
