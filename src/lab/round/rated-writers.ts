import { join } from "node:path";
import { z } from "zod";
import { createRandom } from "../../numbers/random.ts";
import { unpackedLines } from "../measures/unpacked-lines.ts";

/** A text with the rating that its writer gave it. */
export interface RatedText {
  readonly text: string;
  /** −1 to 1. */
  readonly valence: number;
}

export interface RatedWriter {
  readonly writer: string;
  /** The oldest first; texts without a date in the order of the file. */
  readonly texts: readonly RatedText[];
}

/** How a set rates: the field, and its ends. */
interface RatingScale {
  readonly file: string;
  readonly field: string;
  readonly low: number;
  readonly high: number;
  /** Two classes: what is rated this or higher is positive. */
  readonly sideField?: string;
}

/** Sets of texts that were rated by their writers; below `sentiment/` of the folder of sets. */
export const ratedSets = {
  "rt-critics": { file: "rt-critics.jsonl.gz", field: "rating01", low: 0, high: 1 },
  "wine-tasters": { file: "wine-tasters.jsonl.gz", field: "rating", low: 80, high: 100 },
  "scale-movie": { file: "scale-movie.jsonl.gz", field: "rating", low: 0, high: 1 },
} as const satisfies Readonly<Record<string, RatingScale>>;

export type RatedSet = keyof typeof ratedSets;

/** So many texts of a writer are read, drawn by chance. */
const mostTexts = 72;

const ratedLine = z.looseObject({
  writer: z.string(),
  time: z.number().nullish(),
  text: z.string().min(1),
});

/** All writers of a set with their rated texts. Throws the system's error, or ZodError for a line that is none. */
export function readRatedWriters(folder: string, set: RatedSet): readonly RatedWriter[] {
  const { file, field, low, high } = ratedSets[set];
  const rated = unpackedLines(join(folder, "sentiment", file)).flatMap((line) => {
    if (line.trim() === "") return [];
    const parsed = ratedLine.parse(JSON.parse(line));
    const rating = parsed[field];
    if (typeof rating !== "number") return [];
    const share = Math.min(1, Math.max(0, (rating - low) / (high - low)));
    return [{ ...parsed, valence: 2 * share - 1 }];
  });
  return [...Map.groupBy(rated, ({ writer }) => writer)].map(([writer, own]) => ({
    writer,
    texts: createRandom("rated texts")
      .fork(writer)
      .shuffle([...own])
      .slice(0, mostTexts)
      .toSorted((a, b) => (a.time ?? 0) - (b.time ?? 0))
      .map(({ text, valence }) => ({ text, valence })),
  }));
}
