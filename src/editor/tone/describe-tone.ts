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
