import { type Interval, pairedBootstrap } from "../evaluation/bootstrap.ts";
import { createRandom, type Random } from "../learning/random.ts";
import { personalPrompts, type SoftPrompts } from "../prompts/soft-prompts.ts";
import { type PointedPassage, WordReader, type WordReaderOptions } from "../tasks/word-states.ts";
import type { GeneralReader } from "./profile.ts";
import {
  countWordUses,
  drawOccurrences,
  pointAt,
  type WordUses,
  type WrittenSentence,
} from "./word-occurrences.ts";
import { cutSentence } from "./writer-passages.ts";

/** A word that may mean something of its own to the writer. All distances are 1 − cosine, 0 to 2. */
export interface OwnWord {
  readonly word: string;
  readonly uses: number;
  readonly documents: number;
  /** Mean over uses: the word in its sentence with the writer's part of the prompts, and without. */
  readonly distance: number;
  /** The same with the control's part in place of the writer's. */
  readonly control: number;
  /** What the writer's part moves it by more than the control does, with a 95 % interval over uses. */
  readonly excess: Interval;
  /** Mean over uses: the word in the writer's sentences, and in no context at all. */
  readonly fromAlone: number;
  /** The word in the writer's sentences and in those of others; absent where others hardly use it. */
  readonly fromOthers?: number;
  /** Uses that the writer's part moves most. */
  readonly examples: readonly WrittenSentence[];
}

/** Whose part of the prompts the writer's is compared with. */
export type ControlKind = "otherWriter" | "random";

export interface OwnWordsRequest {
  readonly reader: GeneralReader;
  readonly shared: SoftPrompts;
  readonly delta: SoftPrompts;
  /** Another writer's delta; absent: a random one of the same size. */
  readonly otherDelta?: SoftPrompts;
  readonly sentences: readonly WrittenSentence[];
  /** Of other writers; may be empty. */
  readonly others: readonly WrittenSentence[];
  readonly seed: number;
  readonly options: WordReaderOptions;
}

export interface OwnWords {
  readonly control: ControlKind;
  /** Words with enough uses that were measured. */
  readonly measured: number;
  /** Largest excess first; those whose interval lies above zero. */
  readonly words: readonly OwnWord[];
}

export const fewestUses = 20;
/** More uses of a word hardly change its mean. */
const readUses = 20;
/** A word of one text is that text's, not the writer's. */
const fewestDocuments = 3;
/**
 * Words in more of the sentences hold sentences together: prompts move them much, and it says nothing. On chris-wellons'
 * blog these are 'the', 'and' and 'that', of which 'the' would come first against a control made by chance.
 */
const mostSentenceShare = 0.15;
/** The most used words that are measured. */
const mostWords = 300;
const shownExamples = 3;
const fewestOthersUses = 5;

/**
 * Words that the writer's prompts read in another way than the general ones do (Oba and others 2019 measure
 * the variation of writers by the same distance). Any prompts move some words more than others; so the control says
 * what a part that knows nothing of this writer moves, scaled to the same mean over all words, and a word is
 * the writer's own where more than that is left over.
 */
export async function findOwnWords(request: OwnWordsRequest): Promise<OwnWords> {
  const { reader, sentences, seed, otherDelta, options } = request;
  const random = createRandom(seed).fork("own words");
  const counted = countWordUses(reader.model, sentences)
    .filter(
      ({ occurrences: { length }, documents }) =>
        length >= fewestUses &&
        length <= mostSentenceShare * sentences.length &&
        documents >= fewestDocuments,
    )
    .slice(0, mostWords);
  const words = new WordReader(reader.model, options);
  try {
    const uses = await measureUses(words, request, counted, random);
    return {
      control: otherDelta === undefined ? "random" : "otherWriter",
      measured: uses.length,
      words: rankWords(uses, random),
    };
  } finally {
    await words.release();
  }
}

/** Reads uses of the words in general, with the writer's part, with the control's, and the words by themselves. */
async function measureUses(
  words: WordReader,
  request: OwnWordsRequest,
  counted: readonly WordUses[],
  random: Random,
): Promise<readonly MeasuredUses[]> {
  const { reader, shared, delta, sentences, otherDelta = randomDelta(delta, random) } = request;
  const drawn = drawOccurrences(counted, readUses, random);
  const { pointed, places } = pointAt(reader.model, sentences, drawn);
  const general = await words.read(pointed, shared);
  const own = await words.read(pointed, personalPrompts(shared, delta));
  const moved = await words.read(pointed, personalPrompts(shared, otherDelta));
  const alone = await words.read(
    counted.map(({ word }) => alonePassage(reader, word)),
    shared,
  );
  const elsewhere = await readElsewhere(words, request, counted, random);
  return counted.map((of, at): MeasuredUses => {
    const uses = places[at]!;
    const pick = (read: typeof own) => uses.map(({ passage, at: place }) => read[passage]![place]!);
    const contexts = pick(general);
    const apart = (read: typeof own) => pick(read).map((vector, use) => distance(contexts[use]!, vector));
    const others = elsewhere.get(of.word);
    return {
      ...of,
      distances: apart(own),
      controls: apart(moved),
      fromAlone: mean(contexts.map((context) => distance(context, alone[at]![0]!))),
      ...(others === undefined ? {} : { fromOthers: distance(meanVector(contexts), others) }),
      sentences: uses.map(({ of: { sentence } }) => sentences[sentence]!),
    };
  });
}

/** A word with the distances of its uses that were read. */
export interface MeasuredUses extends WordUses {
  readonly distances: readonly number[];
  readonly controls: readonly number[];
  readonly fromAlone: number;
  readonly fromOthers?: number;
  readonly sentences: readonly WrittenSentence[];
}

/** Words whose excess lies above zero, the largest first, ties by name. */
export function rankWords(uses: readonly MeasuredUses[], random: Random): readonly OwnWord[] {
  const total = mean(uses.flatMap(({ distances }) => distances));
  const usual = mean(uses.flatMap(({ controls }) => controls));
  const scale = usual === 0 ? 0 : total / usual;
  return uses
    .map(
      ({ word, documents, occurrences, distances, controls, sentences, fromAlone, fromOthers }): OwnWord => {
        const excesses = distances.map((distance, at) => distance - scale * controls[at]!);
        const strongest = excesses.map((excess, at) => ({ excess, at })).sort((a, b) => b.excess - a.excess);
        return {
          word,
          uses: occurrences.length,
          documents,
          distance: mean(distances),
          control: scale * mean(controls),
          excess: pairedBootstrap(excesses, random.fork(word), 1_000),
          fromAlone,
          ...(fromOthers === undefined ? {} : { fromOthers }),
          examples: [...new Set(strongest.map(({ at }) => sentences[at]!))].slice(0, shownExamples),
        };
      },
    )
    .filter(({ excess }) => excess.low > 0)
    .sort((a, b) => b.excess.mean - a.excess.mean || (a.word < b.word ? -1 : 1));
}

/** The mean vector of each word in others' sentences, read in general. */
async function readElsewhere(
  words: WordReader,
  { reader: { model }, shared, others }: OwnWordsRequest,
  counted: readonly WordUses[],
  random: Random,
): Promise<ReadonlyMap<string, Float32Array>> {
  const wanted = new Set(counted.map(({ word }) => word));
  const theirs = countWordUses(model, others).filter(
    ({ word, occurrences }) => wanted.has(word) && occurrences.length >= fewestOthersUses,
  );
  const { pointed, places } = pointAt(
    model,
    others,
    drawOccurrences(theirs, readUses, random.fork("others")),
  );
  const read = await words.read(pointed, shared);
  return new Map(
    theirs.map(({ word }, at) => {
      return [word, meanVector(places[at]!.map(({ passage, at: place }) => read[passage]![place]!))];
    }),
  );
}

function alonePassage({ model }: GeneralReader, word: string): PointedPassage {
  const [passage] = cutSentence(model, word);
  return { passage: passage!, words: [0] };
}

/** The delta's numbers in another order within each layer: as large, and knowing nothing. */
function randomDelta(delta: SoftPrompts, random: Random): SoftPrompts {
  const size = delta.length * delta.hiddenSize;
  const values = Array.from({ length: delta.layers }, (_, layer) =>
    random.fork(`control ${layer}`).shuffle([...delta.values.subarray(layer * size, (layer + 1) * size)]),
  );
  return { ...delta, values: Float32Array.from(values.flat()) };
}

function distance(a: Float32Array, b: Float32Array): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    dot += a[at]! * b[at]!;
    aa += a[at]! ** 2;
    bb += b[at]! ** 2;
  }
  return 1 - dot / Math.sqrt(Math.max(1e-12, aa * bb));
}

function meanVector(vectors: readonly Float32Array[]): Float32Array {
  return vectors[0]!.map((_, at) => mean(vectors.map((vector) => vector[at]!)));
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
