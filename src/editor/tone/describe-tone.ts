import type { ReadingPair, ToneReading } from "../../protocol/readings.ts";
import { describeLabel } from "../../words/describe-label.ts";
import { formatPercent, formatSigned } from "../../words/format.ts";
import type { Translate } from "../../words/translate.ts";

/** The reading that counts: the writer's own where there is one. */
export function ownReading({ general, personal }: ReadingPair): ToneReading {
  return personal ?? general;
}

/** 'positive +0.42' */
export function describeTone({ label, valence }: ToneReading, t: Translate): string {
  return `${describeLabel(label, t)} ${formatSigned(valence)}`;
}

/** 'As you write: positive +0.42, 81 % sure', and 'In general: …' after it. */
export function describePair({ general, personal }: ReadingPair, t: Translate): readonly string[] {
  const full = (reading: ToneReading) =>
    t("{0}, {1} sure", describeTone(reading, t), formatPercent(reading.confidence));
  return [
    ...(personal === null ? [] : [t("As you write: {0}", full(personal))]),
    t("In general: {0}", full(general)),
  ];
}

const blocks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇"] as const;
const middle = 3;

/** A text in which nothing is stronger than this looks as calm as it is. */
const leastScale = 0.5;

/**
 * The course of tone as one line of block characters, low for negative, high for positive: valences from
 * −1 to 1 in the order of the text, put together evenly where there are more than `most`. The strongest one
 * has the full height.
 */
export function toneStrip(valences: readonly number[], most = 32): string {
  const count = Math.min(valences.length, most);
  const means = Array.from({ length: count }, (_, at) => {
    const from = Math.floor((at * valences.length) / count);
    const to = Math.floor(((at + 1) * valences.length) / count);
    return mean(valences.slice(from, to));
  });
  const scale = Math.max(leastScale, ...means.map(Math.abs));
  return means.map((valence) => blocks[Math.round(middle + (middle * valence) / scale)]).join("");
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
