const names = {
  veryNegative: "very negative",
  negative: "negative",
  neutral: "neutral",
  positive: "positive",
  veryPositive: "very positive",
} as const;

/** A label of tone in words; null is that of a reading which is not clear enough for one. */
export function describeLabel(label: keyof typeof names | null): string {
  return label === null ? "no clear tone" : names[label];
}
