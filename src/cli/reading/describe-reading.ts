import type { Gate } from "../../numbers/gate.ts";
import type { ExplainedWord } from "../../readings/tone/explain-tone.ts";
import type { ReadingPair } from "../../readings/tone/tone-reader.ts";
import type { ToneReading } from "../../tone/reading/tone-reading.ts";
import { describeLabel } from "../../words/describe-label.ts";
import { formatPercent, formatSigned } from "../../words/format.ts";
import { formatTable } from "../format-table.ts";

/** A sentence with its readings and the words that carry them. */
export interface SentenceReading extends ReadingPair {
  readonly text: string;
  readonly reason: readonly ExplainedWord[];
  readonly gate: Gate;
}

/** A sentence's readings, with the reason. */
export function describeReading({ text, general, personal, reason, gate }: SentenceReading): string {
  const words = reason.map(({ word, weight }) => `${word} ${formatSigned(weight)}`).join(", ");
  const own =
    personal === null ? [] : [[gate.open ? "personal" : "personal, unproven", ...cellsOfReading(personal)]];
  const rows = [["general", ...cellsOfReading(general)], ...own, ["reason", "", words]];
  return `  "${text}"\n${formatTable(rows, "    ")}`;
}

/** Valence, and label with confidence. */
export function cellsOfReading({ valence, label, confidence }: ToneReading): readonly [string, string] {
  return [formatSigned(valence), `${describeLabel(label)} ${formatPercent(confidence)}`];
}
