import type { Passage } from "../../src/learning/passages.ts";
import type { LabelledRow } from "./labelled-sources.ts";

/** A labelled text, with special tokens; `label` lies in [0, classes), 0 the most negative. */
export interface SentimentExample extends Passage {
  readonly set: string;
  readonly label: number;
  readonly classes: 2 | 3 | 5;
}

/** A labelled text before it is tokenised. */
export interface LabelledText {
  readonly text: string;
  readonly set: string;
  readonly label: number;
  readonly classes: 2 | 3 | 5;
}

const fewestNeutralWords = 4;

/** The grouping that the GoEmotions paper publishes (Demszky and others 2020, figure 2). */
const emotionGroups: Readonly<Record<string, "negative" | "neutral" | "positive" | "ambiguous">> = {
  ...group("positive", [
    ...["admiration", "amusement", "approval", "caring", "desire", "excitement"],
    ...["gratitude", "joy", "love", "optimism", "pride", "relief"],
  ]),
  ...group("negative", [
    ...["anger", "annoyance", "disappointment", "disapproval", "disgust", "embarrassment"],
    ...["fear", "grief", "nervousness", "remorse", "sadness"],
  ]),
  ...group("ambiguous", ["confusion", "curiosity", "realization", "surprise"]),
  ...group("neutral", ["neutral"]),
};

/** Three classes from the emotions of a comment; `undefined` where they disagree or are ambiguous. */
export function emotionsToLabel(emotions: readonly string[]): 0 | 1 | 2 | undefined {
  const groups = new Set(emotions.map((emotion) => emotionGroups[emotion]));
  if (groups.size !== 1) {
    return undefined;
  }
  const [only] = groups;
  switch (only) {
    case "negative":
      return 0;
    case "neutral":
      return 1;
    case "positive":
      return 2;
    case "ambiguous":
    case undefined:
      return undefined;
    default:
      return only satisfies never;
  }
}

/** GoEmotions comments with three classes; those without one clear class are left out. */
export function goemotionsTexts(rows: readonly LabelledRow[]): LabelledText[] {
  return rows.flatMap(({ text, labels }) => {
    const label = emotionsToLabel(labels ?? []);
    return label === undefined ? [] : [{ text, set: "goemotions", label, classes: 3 as const }];
  });
}

/** How many classes the labels of a set have, told by its name. */
export function classesOf(set: string): 2 | 3 | 5 {
  if (set.startsWith("goemotions") || set === "tweeteval") return 3;
  return set.startsWith("sst5") ? 5 : 2;
}

/** Rows whose label is 0 (negative) or 1 (positive). */
export function binaryTexts(set: string, rows: readonly LabelledRow[]): LabelledText[] {
  return rows.map(({ text, label }) => ({ text, set, label: Number(label), classes: 2 as const }));
}

/** Rows whose label is 0 (negative), 1 (neutral) or 2 (positive). */
export function ternaryTexts(set: string, rows: readonly LabelledRow[]): LabelledText[] {
  return rows.map(({ text, label }) => ({ text, set, label: Number(label), classes: 3 as const }));
}

/** SST with five classes. */
export function sst5Texts(rows: readonly LabelledRow[]): LabelledText[] {
  return rows.map(({ text, label }) => ({ text, set: "sst5", label: Number(label), classes: 5 as const }));
}

/** Phrases of SST. Neutral ones of a few words, a third of all, say nothing and are left out. */
export function sst5Phrases(rows: readonly LabelledRow[]): LabelledText[] {
  return rows
    .filter(({ text, label }) => label !== 2 || text.split(" ").length >= fewestNeutralWords)
    .map(({ text, label }) => ({ text, set: "sst5_phrases", label: Number(label), classes: 5 as const }));
}

/** SST with two classes: the neutral sentences are left out, as Socher and others (2013) do. */
export function sst2Texts(rows: readonly LabelledRow[]): LabelledText[] {
  return rows
    .filter(({ label }) => label !== 2)
    .map(({ text, label }) => ({ text, set: "sst2", label: Number(label) > 2 ? 1 : 0, classes: 2 as const }));
}

function group<G extends string>(name: G, emotions: readonly string[]): Record<string, G> {
  return Object.fromEntries(emotions.map((emotion) => [emotion, name]));
}
