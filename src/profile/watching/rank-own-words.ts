import { type Interval, pairedBootstrap } from "../../numbers/intervals.ts";
import { mean } from "../../numbers/mean.ts";
import type { Random } from "../../numbers/random.ts";
import { isBeyondAll, standOut } from "../../numbers/stand-out.ts";
import type { WordUses, WrittenSentence } from "./word-occurrences.ts";

/** A word that may mean something of its own to the writer. All distances are 1 − cosine, 0 to 2. */
export interface OwnWord {
  readonly word: string;
  readonly uses: number;
  readonly documents: number;
  /** Mean over uses: the word in its sentence with the writer's part of the prompts, and without. */
  readonly distance: number;
  /** The same with the control's part in place of the writer's: another writer's, or the mean of those made by chance. */
  readonly control: number;
  /** What the writer's part moves it by more than the control does, on average over documents, with a 95 % interval. */
  readonly excess: Interval;
  /** Mean over uses: the word in the writer's sentences, and in no context at all. */
  readonly fromAlone: number;
  /** The word in the writer's sentences and in those of others; absent where others hardly use it. */
  readonly fromOthers?: number | undefined;
  /** Uses that the writer's part moves most. */
  readonly examples: readonly WrittenSentence[];
}

/** A word with the distances of its uses that were read. */
export interface MeasuredUses extends WordUses {
  readonly distances: readonly number[];
  /** With each of the parts that were made by chance. */
  readonly chances: readonly (readonly number[])[];
  /** With another writer's part; absent where there is none. */
  readonly stranger?: readonly number[] | undefined;
  readonly fromAlone: number;
  readonly fromOthers?: number | undefined;
  readonly sentences: readonly WrittenSentence[];
}

const shownExamples = 3;

/**
 * Words that the writer's part moves more than chance does, and more than another writer's part where there is one, in
 * document after document; the largest excess first, ties by name.
 */
export function rankOwnWords(uses: readonly MeasuredUses[], random: Random): readonly OwnWord[] {
  const out = standOut(drawsOf(uses));
  const controls = uses.map((one) => one.stranger ?? meanOfAll(one.chances));
  const total = mean(uses.flatMap(({ distances }) => distances));
  const usual = mean(controls.flat());
  const scale = usual === 0 ? 0 : total / usual;
  return uses
    .flatMap((one, at) => (out[at] ? [ownWord(one, controls[at]!, scale, random)] : []))
    .filter(({ excess }) => excess.low > 0)
    .sort((a, b) => b.excess.mean - a.excess.mean || (a.word < b.word ? -1 : 1));
}

/**
 * Whether some word may be told yet, after so many parts made by chance; once it is not, reading with more of them makes
 * no difference that a writer should see.
 */
export const mayBeTold = (uses: readonly Pick<MeasuredUses, "distances" | "chances">[]): boolean =>
  isBeyondAll(drawsOf(uses));

/** What the writer's part and then each part made by chance makes of each word. */
const drawsOf = (uses: readonly Pick<MeasuredUses, "distances" | "chances">[]) => [
  uses.map(({ distances }) => logMean(distances)),
  ...(uses[0]?.chances ?? []).map((_, draw) => uses.map(({ chances }) => logMean(chances[draw]!))),
];

function ownWord(
  { word, documents, occurrences, distances, sentences, fromAlone, fromOthers }: MeasuredUses,
  controls: readonly number[],
  scale: number,
  random: Random,
): OwnWord {
  const excesses = distances.map((distance, at) => distance - scale * controls[at]!);
  const strongest = excesses.map((excess, at) => ({ excess, at })).sort((a, b) => b.excess - a.excess);
  const byDocument = Map.groupBy(excesses.keys(), (at) => sentences[at]!.path);
  const means = Array.from(byDocument.values(), (ats) => mean(ats.map((at) => excesses[at]!)));
  return {
    word,
    uses: occurrences.length,
    documents,
    distance: mean(distances),
    control: scale * mean(controls),
    // Uses of one document come together, so documents are drawn, not uses.
    excess: pairedBootstrap(means, random.fork(word), 1_000),
    fromAlone,
    fromOthers,
    examples: [...new Set(strongest.map(({ at }) => sentences[at]!))].slice(0, shownExamples),
  };
}

/** Distances differ by factors, so their logarithms are compared. */
const logMean = (distances: readonly number[]): number => Math.log(Math.max(1e-12, mean(distances)));

const meanOfAll = (draws: readonly (readonly number[])[]): readonly number[] =>
  (draws[0] ?? []).map((_, use) => mean(draws.map((draw) => draw[use]!)));
