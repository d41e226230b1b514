import { cutSentence } from "../../learning/cut-document.ts";
import { type PointedPassage, WordReader, type WordReaderOptions } from "../../learning/word-reader.ts";
import { fewestMeasured } from "../../numbers/gate.ts";
import { mean } from "../../numbers/mean.ts";
import { createRandom, type Random } from "../../numbers/random.ts";
import { cosine, meanVector } from "../../numbers/vectors.ts";
import { personalPrompts, type SoftPrompts } from "../../prompts/soft-prompts.ts";
import type { GeneralReader } from "../profile.ts";
import { type MeasuredUses, mayBeTold, type OwnWord, rankOwnWords } from "./rank-own-words.ts";
import {
  countWordUses,
  drawOccurrences,
  pointAt,
  type WordUses,
  type WrittenSentence,
} from "./word-occurrences.ts";

/** Whose part of the prompts the writer's is compared with. */
export type ControlKind = "otherWriter" | "random";

export interface OwnWordsRequest {
  readonly reader: GeneralReader;
  readonly shared: SoftPrompts;
  readonly delta: SoftPrompts;
  /** Another writer's delta, which an own word has to be moved beyond as well. */
  readonly otherDelta?: SoftPrompts;
  readonly sentences: readonly WrittenSentence[];
  /** Of other writers; may be empty. */
  readonly others: readonly WrittenSentence[];
  readonly seed: number;
  readonly options: WordReaderOptions;
  /** Is told after each reading which share of the work is done. */
  readonly onProgress?: (share: number) => void;
}

export interface OwnWords {
  readonly control: ControlKind;
  /** Words with enough uses that were measured. */
  readonly measured: number;
  /** Largest excess first; those that chance does not explain. */
  readonly words: readonly OwnWord[];
}

const fewestUses = 20;
/** More uses of a word hardly change its mean. */
const readUses = 12;
/** A word of one text is that text's, not the writer's; and of fewer an interval over documents says little. */
const fewestDocuments = fewestMeasured;
/** Parts made by chance. If the writer's part were one of them, a word would be told in one of 25 cases. */
const chanceDraws = 24;
/** Before it is first asked whether any word may be told: of fewer a word's unrest is not known. */
export const fewestChanceDraws = 5;
/**
 * Words in more of the sentences hold sentences together: prompts move them much, and it says nothing. On chris-wellons'
 * blog these are 'the', 'and' and 'that', of which 'the' would come first against a control made by chance.
 */
const mostSentenceShare = 0.15;
/** The most used words that are measured. */
const mostWords = 200;
const fewestOthersUses = 5;

/**
 * Words that the writer's prompts read in another way than the general ones do (Oba and others 2019 measure
 * the variation of writers by the same distance). Any prompts move some words more than others; so controls say
 * what parts that know nothing of this writer move, and a word is the writer's own where that does not explain it: parts
 * made by chance, and another writer's where there is one.
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
      measured: counted.length,
      words: rankOwnWords(uses, random),
    };
  } finally {
    await words.release();
  }
}

/** About so many sentences hold the uses that are read, where there are as many words as are measured at most. */
export const sentencesOfOwnWords = (mostWords * readUses) / 4;

/** How often the sentences of the words that are measured are read at most. */
export const readingsOfOwnWords = (hasOther: boolean): number => 2 + chanceDraws + (hasOther ? 1 : 0);

/**
 * Reads uses of the words in general, with the writer's part, with each control's, and the words by themselves; nothing is
 * given as soon as no word can be told.
 */
async function measureUses(
  words: WordReader,
  request: OwnWordsRequest,
  counted: readonly WordUses[],
  random: Random,
): Promise<readonly MeasuredUses[]> {
  const { reader, shared, delta, sentences, otherDelta, onProgress } = request;
  const drawn = drawOccurrences(counted, readUses, random);
  const { pointed, places } = pointAt(reader.model, sentences, drawn);
  const pick = (read: ReadWords, at: number) =>
    places[at]!.map(({ passage, at: place }) => read[passage]![place]!);
  const readings = readingsOfOwnWords(otherDelta !== undefined);
  let done = 0;
  const readWith = async (prompts: SoftPrompts): Promise<ReadWords> => {
    const read = await words.read(pointed, prompts);
    onProgress?.(++done / readings);
    return read;
  };
  const general = await readWith(shared);
  /** For each word the distances of its uses, read with a part and without. */
  const moved = async (part: SoftPrompts): Promise<readonly (readonly number[])[]> => {
    const read = await readWith(personalPrompts(shared, part));
    return counted.map((_, at) => {
      const contexts = pick(general, at);
      return pick(read, at).map((vector, use) => distance(contexts[use]!, vector));
    });
  };
  const own = await moved(delta);
  const stranger = otherDelta && (await moved(otherDelta));
  const chances: (readonly (readonly number[])[])[] = [];
  const soFar = () =>
    counted.map((_, at) => ({ distances: own[at]!, chances: chances.map((draw) => draw[at]!) }));
  for (let draw = 0; draw < chanceDraws; draw++) {
    chances.push(await moved(randomDelta(delta, random.fork(`control ${draw}`))));
    if (draw + 1 >= fewestChanceDraws && !mayBeTold(soFar())) return [];
  }
  const alone = await words.read(
    counted.map(({ word }) => alonePassage(reader, word)),
    shared,
  );
  const elsewhere = await readElsewhere(words, request, counted, random);
  return counted.map((of, at): MeasuredUses => {
    const contexts = pick(general, at);
    const others = elsewhere.get(of.word);
    return {
      ...of,
      distances: own[at]!,
      chances: chances.map((draw) => draw[at]!),
      stranger: stranger?.[at],
      fromAlone: mean(contexts.map((context) => distance(context, alone[at]![0]!))),
      fromOthers: others && distance(meanVector(contexts), others),
      sentences: places[at]!.map(({ of: { sentence } }) => sentences[sentence]!),
    };
  });
}

type ReadWords = readonly (readonly Float32Array[])[];

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
    random.fork(layer).shuffle([...delta.values.subarray(layer * size, (layer + 1) * size)]),
  );
  return { ...delta, values: Float32Array.from(values.flat()) };
}

const distance = (a: Float32Array, b: Float32Array): number => 1 - cosine(a, b);
