import type { ReadingPair, ToneReading } from "../../protocol/readings.ts";
import { describeSaid, describeTone } from "../../words/describe-tone.ts";
import type { Translate } from "../../words/translate.ts";

/** The reading that counts: the writer's own where there is one. */
export function ownReading({ general, personal }: ReadingPair): ToneReading {
  return personal ?? general;
}

/** 'As you write: positive, quite sure', and 'In general: …' after it. */
export function describePair({ general, personal, taught }: ReadingPair, t: Translate): readonly string[] {
  const own =
    personal && (taught ? describeSaid(personal, t) : t("as you write: {0}", describeTone(personal, t)));
  return [...(own === null ? [] : [own]), t("in general: {0}", describeTone(general, t))];
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
