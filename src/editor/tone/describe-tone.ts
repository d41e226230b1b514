import type { ReadingPair, ToneName, ToneReading } from "../../protocol/readings.ts";
import { formatPercent, formatSigned } from "../format.ts";
import type { Translate } from "../translate.ts";

/** A tone's name; null: the reading is not clear enough for one. */
export function toneName(label: ToneName | null, t: Translate): string {
  switch (label) {
    case null:
      return t("no clear tone");
    case "veryNegative":
      return t("very negative");
    case "negative":
      return t("negative");
    case "neutral":
      return t("neutral");
    case "positive":
      return t("positive");
    case "veryPositive":
      return t("very positive");
    default:
      return label satisfies never;
  }
}

/** The reading that counts: the writer's own where there is one. */
export function ownReading({ general, personal }: ReadingPair): ToneReading {
  return personal ?? general;
}

/** 'positive +0.42' */
export function describeTone({ label, valence }: ToneReading, t: Translate): string {
  return `${toneName(label, t)} ${formatSigned(valence)}`;
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
