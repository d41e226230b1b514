import { fewestMeasured } from "../numbers/gate.ts";
import { sum } from "../numbers/mean.ts";
import { normalTail } from "../numbers/normal-tail.ts";
import { benjaminiHochberg } from "../numbers/stand-out.ts";
import type { OthersRate, OthersWriting } from "./others-writing.ts";
import { type HabitKind, habitKinds, type WritingCounts } from "./writing-counts.ts";

/** A word that a writer uses more often than others do. */
export interface FavouriteWord {
  readonly word: string;
  /** How often, with that of others as 1. */
  readonly times: number;
  readonly uses: number;
  readonly documents: number;
}

/** A way of writing, the writer's and that of others: in a thousand words, or words to a sentence. */
export interface WritingHabit {
  readonly kind: HabitKind | "sentenceWords";
  readonly own: number;
  readonly others: number;
}

export type OwnWriting =
  /** Too little to tell. */
  | {
      readonly kind: "short";
      readonly documents: number;
      readonly words: number;
      readonly fewestDocuments: number;
      readonly fewestWords: number;
    }
  | {
      readonly kind: "compared";
      /** How many others. */
      readonly others: number;
      /** What is surest to be more frequent by far first; of these at most a twentieth is expected to be chance. */
      readonly words: readonly FavouriteWord[];
      /** The length of sentences, then what others do far more or less often. */
      readonly habits: readonly WritingHabit[];
    };

const fewestWords = 5_000;
const fewestDocuments = 12;
const mostWords = 12;
const mostHabits = 5;
/** Less is nothing that a reader would notice. */
const leastTimes = 1.5;
const leastHabitTimes = 1.25;
/** In standard errors: chance alone shows one of all habits to one in a hundred writers. */
const sureAway = 3.3;
/** In standard errors: the lower end of a 95 % interval. */
const lowEnd = 1.96;

/**
 * Compares what was counted in a writer's documents with others. Documents are what is drawn, on the writer's side, and
 * writers on the others': a word that fills one document is no habit.
 */
export function compareWriting(documents: readonly WritingCounts[], others: OthersWriting): OwnWriting {
  const written = documents.filter(({ words }) => words > 0);
  const words = sum(written.map((one) => one.words));
  if (words < fewestWords || written.length < fewestDocuments) {
    return { kind: "short", documents: written.length, words, fewestDocuments, fewestWords };
  }
  return {
    kind: "compared",
    others: others.writers,
    words: favouriteWords(written, others),
    habits: habitsOf(written, others),
  };
}

function favouriteWords(
  documents: readonly WritingCounts[],
  { words, writers }: OthersWriting,
): readonly FavouriteWord[] {
  const wordsOf = documents.map((one) => one.words);
  const measured = Array.from(words)
    .filter(([word]) => word.length > 1 || word === "i")
    .map(([word, rate]) => {
      const uses = documents.map((one) => one.uses.get(word) ?? 0);
      const own = ratio(uses, wordsOf);
      return { word, uses: sum(uses), documents: uses.filter((count) => count > 0).length, own, rate };
    });
  const isSure = benjaminiHochberg(measured.map(({ own, rate }) => normalTail(away(own, rate, writers))));
  return measured
    .filter((one, at) => isSure[at] && one.documents >= fewestMeasured)
    .map(({ own, rate, ...one }) => ({
      ...one,
      times: own.value / rate.mean,
      least: (own.value - lowEnd * own.error) / (rate.mean + lowEnd * errorOf(rate, writers)),
    }))
    .filter(({ times }) => times >= leastTimes)
    .sort((a, b) => b.least - a.least || (a.word < b.word ? -1 : 1))
    .slice(0, mostWords)
    .map(({ word, times, uses, documents: holders }) => ({ word, times, uses, documents: holders }));
}

function habitsOf(
  documents: readonly WritingCounts[],
  { sentenceWords, habits, writers }: OthersWriting,
): readonly WritingHabit[] {
  const wordsOf = documents.map((one) => one.words);
  const length = ratio(
    wordsOf,
    documents.map((one) => one.sentences),
  );
  const unlike = habitKinds
    .map((kind) => {
      const counts = documents.map((one) => one.habits[kind]);
      return { kind, own: ratio(counts, wordsOf), rate: habits[kind] };
    })
    .filter(
      ({ own, rate }) =>
        Math.abs(away(own, rate, writers)) >= sureAway &&
        (own.value >= leastHabitTimes * rate.mean || leastHabitTimes * own.value <= rate.mean),
    )
    .map((one) => ({ ...one, unusual: Math.abs(one.own.value - one.rate.mean) / one.rate.deviation }))
    .sort((a, b) => b.unusual - a.unusual)
    .slice(0, mostHabits - 1)
    .map(({ kind, own, rate }) => ({ kind, own: 1_000 * own.value, others: 1_000 * rate.mean }));
  return [{ kind: "sentenceWords", own: length.value, others: sentenceWords.mean }, ...unlike];
}

interface Measured {
  readonly value: number;
  readonly error: number;
}

/** A ratio of sums over documents with its standard error, which a single document full of something makes large. */
function ratio(counts: readonly number[], bases: readonly number[]): Measured {
  const [count, base] = [sum(counts), sum(bases)];
  const value = count / base;
  const squares = sum(counts.map((one, at) => (one - value * bases[at]!) ** 2));
  return { value, error: Math.sqrt((squares * counts.length) / (counts.length - 1)) / base };
}

const errorOf = ({ deviation }: OthersRate, writers: number): number => deviation / Math.sqrt(writers);

/** How far the writer is from others' mean, in standard errors of the difference. */
function away({ value, error }: Measured, rate: OthersRate, writers: number): number {
  const together = Math.hypot(error, errorOf(rate, writers));
  return together === 0 ? 0 : (value - rate.mean) / together;
}
