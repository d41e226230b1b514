import type { Range, SentenceReading } from "../../protocol/readings.ts";
import { ownReading } from "./describe-tone.ts";

export const markedTones = ["positive", "negative", "both"] as const;
export type MarkedTone = (typeof markedTones)[number];

/** Where a document is marked: sentences by their tone, and lines by that of the sentences that begin in them. */
export type ToneMarks = Readonly<
  Record<MarkedTone, { readonly sentences: readonly Range[]; readonly lines: readonly number[] }>
>;

/** Marks of the sentences that have a tone; a line with sentences of either side has one mark for both. */
export function toneMarks(sentences: readonly SentenceReading[]): ToneMarks {
  const toned = sentences.flatMap((sentence) => {
    const tone = toneOf(sentence);
    return tone === undefined ? [] : [{ tone, range: sentence.range }];
  });
  const byLine = Map.groupBy(toned, ({ range }) => range.start.line);
  const lines = [...byLine].map(([line, all]) => {
    const [first = "both", ...others] = new Set(all.map(({ tone }) => tone));
    return { line, tone: others.length === 0 ? first : "both" };
  });
  const marksOf = (wanted: MarkedTone) => ({
    sentences: toned.filter(({ tone }) => tone === wanted).map(({ range }) => range),
    lines: lines.filter(({ tone }) => tone === wanted).map(({ line }) => line),
  });
  return { positive: marksOf("positive"), negative: marksOf("negative"), both: marksOf("both") };
}

function toneOf(sentence: SentenceReading): MarkedTone | undefined {
  const { label, mixed } = ownReading(sentence);
  if (mixed === true) return "both";
  switch (label) {
    case "positive":
    case "veryPositive":
      return "positive";
    case "negative":
    case "veryNegative":
      return "negative";
    case "neutral":
    case null:
      return undefined;
    default:
      return label satisfies never;
  }
}
