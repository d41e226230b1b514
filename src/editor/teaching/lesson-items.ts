import type { KeptLesson, LessonWord } from "../../protocol/lessons.ts";
import { formatDayHere } from "../../words/format.ts";
import type { Translate } from "../../words/translate.ts";
import { shortPath } from "../client/store-place.ts";
import { safeText } from "../messages/safe-text.ts";

/** A line of the list of lessons. */
export interface LessonItem {
  readonly lesson: KeptLesson;
  readonly label: string;
  readonly description: string;
  readonly detail?: string;
}

/** Something that a lesson can say instead; no word: it is taken back. */
export interface LessonChoice {
  readonly label: string;
  readonly says?: LessonWord;
}

const longestSentence = 120;

/** In the server's order, newest first; the writer is named where there are several. */
export function lessonItems(lessons: readonly KeptLesson[], t: Translate): readonly LessonItem[] {
  const hasSeveral = new Set(lessons.map(({ writer }) => writer)).size > 1;
  return lessons.map((lesson) => {
    const { says, about, taughtMs, writer, path } = lesson;
    const parts = [
      describeWord(says, t),
      formatDayHere(taughtMs, t),
      ...(hasSeveral ? [safeText(writer)] : []),
    ];
    return {
      lesson,
      label: `$(${iconOf(says)}) ${safeText(about, longestSentence)}`,
      description: parts.join(" · "),
      ...(path === undefined ? {} : { detail: safeText(shortPath(path)) }),
    };
  });
}

/** What this lesson can become. */
export function lessonChoices({ says }: KeptLesson, t: Translate): readonly LessonChoice[] {
  const others: readonly LessonChoice[] =
    says.kind === "tone"
      ? toneChoices(t)
          .filter(({ valence }) => Math.sign(valence) !== Math.sign(says.valence))
          .map(({ label, valence }) => ({ label, says: { kind: "tone", valence } }))
      : says.kind === "thisTag"
        ? [{ label: `$(thumbsdown) ${t("This tag does not fit")}`, says: { kind: "notThisTag" } }]
        : [{ label: `$(thumbsup) ${t("This tag fits")}`, says: { kind: "thisTag" } }];
  return [...others, { label: `$(trash) ${t("Take this lesson back")}` }];
}

/** How a writer can mean a sentence. */
export function toneChoices(t: Translate): readonly { readonly label: string; readonly valence: number }[] {
  return [
    { label: `$(add) ${t("Positive for me")}`, valence: 1 },
    { label: `$(circle-large-outline) ${t("Neutral for me")}`, valence: 0 },
    { label: `$(remove) ${t("Negative for me")}`, valence: -1 },
  ];
}

function describeWord(says: LessonWord, t: Translate): string {
  switch (says.kind) {
    case "tone":
      if (says.valence === 0) return t("neutral for you");
      return says.valence > 0 ? t("positive for you") : t("negative for you");
    case "thisTag":
      return t("this tag fits");
    case "notThisTag":
      return t("not this tag");
    default:
      return says satisfies never;
  }
}

function iconOf(says: LessonWord): string {
  switch (says.kind) {
    case "tone":
      if (says.valence === 0) return "circle-large-outline";
      return says.valence > 0 ? "add" : "remove";
    case "thisTag":
      return "thumbsup";
    case "notThisTag":
      return "thumbsdown";
    default:
      return says satisfies never;
  }
}
