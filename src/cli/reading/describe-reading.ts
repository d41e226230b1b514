import type { Gate } from "../../numbers/gate.ts";
import type { ExplainedWord } from "../../readings/tone/explain-tone.ts";
import type { ReadingPair } from "../../readings/tone/tone-reader.ts";
import { describeTone, markWords } from "../../words/describe-tone.ts";
import { formatTable } from "../format-table.ts";

/** A sentence with its readings and the words that carry them. */
export interface SentenceReading extends ReadingPair {
  readonly text: string;
  readonly reason: readonly ExplainedWord[];
  readonly gate: Gate;
}

/** A sentence's readings, with the reason. */
export function describeReading({ text, general, personal, reason, gate }: SentenceReading): string {
  const words = markWords(reason, (word) => word).join(", ");
  const own =
    personal === null ? [] : [[gate.open ? "personal" : "personal, unproven", describeTone(personal)]];
  const rows = [["general", describeTone(general)], ...own, ["words", words]];
  return `  "${text}"\n${formatTable(rows, "    ")}`;
}
