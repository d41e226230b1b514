import { describeLabel } from "./describe-label.ts";
import { formatCount } from "./format.ts";
import { plural, type Translate, untranslated } from "./translate.ts";

/** What is told of a text in words. */
export interface DescribedTone {
  readonly label: Parameters<typeof describeLabel>[0];
  /** How likely it is to be right, 0 to 1. */
  readonly confidence: number;
  readonly mixed?: true;
}

export interface DescribedPair {
  readonly general: DescribedTone;
  readonly personal: DescribedTone | null;
  /** The writer said so. */
  readonly taught?: true;
}

/** The side in words, 'mixed' or 'no tone': 'very positive'. */
export function describeSide({ label, mixed }: DescribedTone, t: Translate = untranslated): string {
  if (mixed === true) return t("mixed");
  return label === null || label === "neutral" ? t("no tone") : describeLabel(label, t);
}

function describeDegree(confidence: number, t: Translate): string {
  if (confidence >= 0.9) return t("sure");
  if (confidence >= 0.75) return t("quite sure");
  return confidence >= 0.6 ? t("fairly sure") : t("not so sure");
}

/** 'positive, quite sure'. */
export function describeTone(tone: DescribedTone, t: Translate = untranslated): string {
  if (tone.mixed === true) return t("mixed, both positive and negative");
  return t("{0}, {1}", describeSide(tone, t), describeDegree(tone.confidence, t));
}

/** 'negative, as you said'; a writer may have said that it is neutral. */
export function describeSaid({ label }: DescribedTone, t: Translate = untranslated): string {
  return t("{0}, as you said", describeLabel(label, t));
}

/** How many sentences have a tone, and of which side. */
export interface ToneCounts {
  readonly sentences: number;
  readonly positive: number;
  readonly negative: number;
  readonly mixed: number;
}

/** Counts each sentence by the reading that counts: the writer's own where there is one. */
export function countTones(pairs: readonly DescribedPair[]): ToneCounts {
  const own = pairs.map(({ general, personal }) => personal ?? general);
  const count = (...labels: readonly DescribedTone["label"][]) =>
    own.filter(({ label }) => label !== null && labels.includes(label)).length;
  return {
    sentences: pairs.length,
    positive: count("positive", "veryPositive"),
    negative: count("negative", "veryNegative"),
    mixed: own.filter(({ mixed }) => mixed === true).length,
  };
}

/** Where a side has this share of the sentences with a tone, they are mostly of it. */
const mostly = 2 / 3;

/** 'mostly positive', 'positive and negative' or 'no tone': what sentences with a tone have in common. */
export function describeBalance(counts: ToneCounts, t: Translate = untranslated): string {
  const { positive, negative } = counts;
  const toned = tonedSentences(counts);
  if (toned === 0) return t("no tone");
  if (positive === toned) return t("positive");
  if (negative === toned) return t("negative");
  if (positive / toned >= mostly) return t("mostly positive");
  if (negative / toned >= mostly) return t("mostly negative");
  return t("positive and negative");
}

export const tonedSentences = ({ positive, negative, mixed }: ToneCounts): number =>
  positive + negative + mixed;

/** '3 of 24 sentences have a tone: 2 positive, 1 negative'. */
export function describeCounts(counts: ToneCounts, t: Translate = untranslated): string {
  const { sentences, positive, negative, mixed } = counts;
  const toned = tonedSentences(counts);
  if (toned === 0) {
    return sentences === 1
      ? t("The sentence has no tone")
      : t("None of {0} sentences has a tone", formatCount(sentences, t));
  }
  const parts = [
    ...(positive === 0 ? [] : [t("{0} positive", formatCount(positive, t))]),
    ...(negative === 0 ? [] : [t("{0} negative", formatCount(negative, t))]),
    ...(mixed === 0 ? [] : [t("{0} mixed", formatCount(mixed, t))]),
  ].join(", ");
  return plural(
    t,
    toned,
    "{0} of {1} sentences has a tone: {2}",
    "{0} of {1} sentences have a tone: {2}",
    formatCount(sentences, t),
    parts,
  );
}

/** A word and what it adds to the tone of its sentence; below 0 it takes from it. */
export interface MarkedWord {
  readonly word: string;
  readonly weight: number;
}

/** Words that add at least this share of what the strongest adds have two marks. */
const strongShare = 0.5;

/** 'disgraceful −−', for each word; `show` gives a word as it may be shown. */
export function markWords(words: readonly MarkedWord[], show: (word: string) => string): readonly string[] {
  const strongest = Math.max(...words.map(({ weight }) => Math.abs(weight)));
  return words.map(({ word, weight }) => {
    const sign = weight < 0 ? "−" : "+";
    return `${show(word)} ${Math.abs(weight) >= strongShare * strongest ? sign.repeat(2) : sign}`;
  });
}
