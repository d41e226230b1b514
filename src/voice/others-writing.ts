import { z } from "zod";
import { mean, sum, variance } from "../numbers/mean.ts";
import { type HabitKind, habitKinds, type WritingCounts } from "./writing-counts.ts";

/** How often others do something: the mean of their rates, and their standard deviation. */
export interface OthersRate {
  readonly mean: number;
  readonly deviation: number;
}

/** How others write: what a writer's words and habits are compared with. */
export interface OthersWriting {
  readonly writers: number;
  /** Words to a sentence. */
  readonly sentenceWords: OthersRate;
  /** Rates by word of the text. */
  readonly habits: Readonly<Record<HabitKind, OthersRate>>;
  /** Rates by word of the text; only words that most of them use, as the subject of a few is no way of writing. */
  readonly words: ReadonlyMap<string, OthersRate>;
}

/** Share of the others who have to use a word. */
const leastWriters = 0.8;

/** @param writers of each what was counted in all documents together */
export function measureOthers(writers: readonly WritingCounts[]): OthersWriting {
  const users = new Map<string, number>();
  for (const { uses } of writers) for (const word of uses.keys()) users.set(word, (users.get(word) ?? 0) + 1);
  const words = [...users]
    .filter(([, count]) => count >= leastWriters * writers.length)
    .map(([word]) => word);
  const rate = (of: (writer: WritingCounts) => number): OthersRate => {
    const rates = writers.map(of);
    return { mean: mean(rates), deviation: Math.sqrt(variance(rates, 1)) };
  };
  return {
    writers: writers.length,
    sentenceWords: rate((one) => one.words / one.sentences),
    habits: byHabit((kind) => rate((one) => one.habits[kind] / one.words)),
    words: new Map(words.sort().map((word) => [word, rate((one) => (one.uses.get(word) ?? 0) / one.words)])),
  };
}

/** Counts of several documents together. */
export function addWriting(documents: readonly WritingCounts[]): WritingCounts {
  const uses = new Map<string, number>();
  for (const one of documents) {
    for (const [word, count] of one.uses) uses.set(word, (uses.get(word) ?? 0) + count);
  }
  return {
    sentences: sum(documents.map(({ sentences }) => sentences)),
    words: sum(documents.map(({ words }) => words)),
    habits: byHabit((kind) => sum(documents.map(({ habits }) => habits[kind]))),
    uses,
  };
}

/** Mean and deviation. */
const pairShape = z.tuple([z.number(), z.number()]);
const fileShape = z.object({
  version: z.literal(1),
  writers: z.int().min(2),
  sentenceWords: pairShape,
  habits: z.record(z.enum(habitKinds), pairShape),
  words: z.record(z.string(), pairShape),
});

export function encodeOthers({ writers, sentenceWords, habits, words }: OthersWriting): string {
  const pair = ({ mean: middle, deviation }: OthersRate) =>
    [middle, deviation].map((value) => Number(value.toPrecision(3))) as [number, number];
  const file: z.infer<typeof fileShape> = {
    version: 1,
    writers,
    sentenceWords: pair(sentenceWords),
    habits: byHabit((kind) => pair(habits[kind])),
    words: Object.fromEntries(Array.from(words, ([word, rate]) => [word, pair(rate)])),
  };
  return `${JSON.stringify(file)}\n`;
}

/** The inverse of `encodeOthers`, but for rounding. Throws where the text is of something else. */
export function decodeOthers(text: string): OthersWriting {
  const { writers, sentenceWords, habits, words } = fileShape.parse(JSON.parse(text));
  const rate = ([middle, deviation]: z.infer<typeof pairShape>): OthersRate => ({ mean: middle, deviation });
  return {
    writers,
    sentenceWords: rate(sentenceWords),
    habits: byHabit((kind) => rate(habits[kind])),
    words: new Map(Object.entries(words).map(([word, pair]) => [word, rate(pair)])),
  };
}

export function byHabit<Value>(of: (kind: HabitKind) => Value): Record<HabitKind, Value> {
  return Object.fromEntries(habitKinds.map((kind) => [kind, of(kind)])) as Record<HabitKind, Value>;
}
