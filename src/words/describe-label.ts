import type { ToneReading } from "../tone/reading/tone-reading.ts";

const names: Readonly<Record<NonNullable<ToneReading["label"]>, string>> = {
  veryNegative: "very negative",
  negative: "negative",
  neutral: "neutral",
  positive: "positive",
  veryPositive: "very positive",
};

/** A label in words, for people. */
export function describeLabel(label: ToneReading["label"]): string {
  return label === null ? "no clear tone" : names[label];
}
