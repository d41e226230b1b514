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

/** Negative, neutral, positive. */
export type ToneLabel = 0 | 1 | 2;

/** Three classes from the emotions of a comment; `undefined` where they disagree or are ambiguous. */
export function emotionsToLabel(emotions: readonly string[]): ToneLabel | undefined {
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

function group<G extends string>(name: G, emotions: readonly string[]): Record<string, G> {
  return Object.fromEntries(emotions.map((emotion) => [emotion, name]));
}
