import { type Translate, untranslated } from "./translate.ts";

const names = {
  veryNegative: "very negative",
  negative: "negative",
  neutral: "neutral",
  positive: "positive",
  veryPositive: "very positive",
} as const;

/** A label of tone in words; null is that of a reading which is not clear enough for one. */
export function describeLabel(label: keyof typeof names | null, t: Translate = untranslated): string {
  return t(label === null ? "no tone" : names[label]);
}
