import { TooLittleTextError } from "../../cli/errors.ts";
import type { Surroundings } from "../../cli/surroundings.ts";
import { hideWord } from "../../learning/hide-word.ts";
import { noWord } from "../../learning/passages.ts";
import { WordGuesser } from "../../learning/word-guesser.ts";
import { type Interval, pairedBootstrap } from "../../numbers/intervals.ts";
import { mean } from "../../numbers/mean.ts";
import { createRandom } from "../../numbers/random.ts";
import type { GeneralReader } from "../../profile/profile.ts";
import { candidateWords, sharesOf } from "../../readings/words/suggest-words.ts";
import { openVoiceBackground } from "../../session/voice-background.ts";
import { type EvaluatedDocument, readForEvaluation } from "../evaluation/evaluated-document.ts";
import { fitPrompts, startingPrompts } from "../evaluation/fit-prompts.ts";

/** How often a hidden word is the first that is suggested, and one of the first five. */
interface WordFigures {
  readonly first: number;
  readonly firstFive: number;
}

/** Of some words. */
interface WordsCompared {
  readonly words: number;
  /** Words that can be suggested at all: those of one token. */
  readonly possible: number;
  readonly general: WordFigures;
  readonly own: WordFigures;
  /** Among the first five, own − general, paired by document; 95 % bootstrap. */
  readonly difference: Interval;
}

/** The answer of `idiolect lab evaluate words --json`. */
export interface WordsEvaluation {
  readonly version: 1;
  readonly documents: number;
  readonly passages: number;
  readonly all: WordsCompared;
  /** Those that are not among the 500 commonest. */
  readonly uncommon: WordsCompared;
}

export interface WordsRequest {
  readonly folder: string;
  readonly seed: number;
  /** How many words are hidden at most. */
  readonly words: number;
  /** Most passages that prompts are learned from. */
  readonly passages: number;
}

/** Share of the documents, oldest first, that is learned from. */
const learnedShare = 0.9;
const aWord = /\p{L}[\p{L}\p{M}]{2,}/gu;

/** A word that was hidden and guessed: its place among what is suggested, from 0; infinite where it is not. */
interface GuessedWord {
  readonly document: string;
  readonly isCommon: boolean;
  readonly isPossible: boolean;
  readonly general: number;
  readonly own: number;
}

/**
 * Learns a writer from the oldest 90 % of the documents and hides words of the newest 10 %, one at a time, as
 * *Words I Would Use* does with a gap: the general list is of all whole words, the writer's own of those in the
 * documents that were learned.
 */
export async function evaluateWords(
  reader: GeneralReader,
  { folder, seed, words, passages }: WordsRequest,
  surroundings: Surroundings,
): Promise<WordsEvaluation> {
  const documents = await readForEvaluation(reader.model, folder, surroundings);
  const count = Math.min(documents.length - 1, Math.floor(learnedShare * documents.length));
  const [learned, heldOut] = [documents.slice(0, count), documents.slice(count)];
  const shared = await startingPrompts(reader, learned);
  const request = {
    reader,
    shared,
    documents: learned,
    seed,
    maximumPassages: passages,
    title: "own prompts",
  };
  const own = await fitPrompts(request, surroundings);
  const hidden = drawWords(heldOut, words, seed);
  if (hidden.length === 0) throw new TooLittleTextError(`The newest documents of ${folder} hold no word.`);
  const used = usedWords(learned);
  const { common } = openVoiceBackground();
  const guesser = new WordGuesser(reader.model, { threads: 1 });
  const guessed: GuessedWord[] = [];
  try {
    for (const { document, sentence, word, start } of hidden) {
      const candidates = candidateWords(
        reader.model.tokenizer,
        "",
        document.sentences[sentence]!.slice(0, start),
      );
      const ownCandidates = new Map([...candidates].filter(([id]) => used.has(id)));
      const text = hideWord(reader.model, document.sentences, { sentence, start, end: start + word.length });
      const [token, other] = reader.model.tokenizer.encodeWords(word).ids;
      const id = other === undefined ? token : undefined;
      guessed.push({
        document: document.id,
        isCommon: common.has(word.toLowerCase()),
        isPossible: id !== undefined && candidates.has(id),
        general: placeOf(id, sharesOf(candidates, await guesser.guess(text, shared))),
        own: placeOf(id, sharesOf(ownCandidates, await guesser.guess(text, own))),
      });
    }
  } finally {
    await guesser.release();
  }
  return {
    version: 1,
    documents: heldOut.length,
    passages: Math.min(passages, learned.flatMap((document) => document.passages).length),
    all: compare(guessed, seed),
    uncommon: compare(
      guessed.filter(({ isCommon }) => !isCommon),
      seed,
    ),
  };
}

/** A word of a sentence. */
interface DrawnWord {
  readonly document: EvaluatedDocument;
  readonly sentence: number;
  readonly word: string;
  readonly start: number;
}

function drawWords(
  documents: readonly EvaluatedDocument[],
  most: number,
  seed: number,
): readonly DrawnWord[] {
  const all = documents.flatMap((document) =>
    document.sentences.flatMap((text, sentence) =>
      Array.from(text.matchAll(aWord), ({ 0: word, index: start }) => ({ document, sentence, word, start })),
    ),
  );
  return createRandom(seed).fork("hidden words").shuffle(all).slice(0, most);
}

/** The words of one token that stand in some documents. */
function usedWords(documents: readonly EvaluatedDocument[]): ReadonlySet<number> {
  const used = new Set<number>();
  for (const { ids, words } of documents.flatMap(({ passages }) => passages)) {
    for (const [at, word] of words.entries()) {
      if (word !== noWord && words[at - 1] !== word && words[at + 1] !== word) used.add(ids[at]!);
    }
  }
  return used;
}

/** How many words are likelier. */
function placeOf(id: number | undefined, shares: ReadonlyMap<number, number>): number {
  const own = id === undefined ? undefined : shares.get(id);
  if (own === undefined) return Number.POSITIVE_INFINITY;
  return shares.values().reduce((above, share) => above + (share > own ? 1 : 0), 0);
}

function compare(guessed: readonly GuessedWord[], seed: number): WordsCompared {
  const shareBelow = (which: "general" | "own", limit: number): number =>
    guessed.length === 0 ? 0 : mean(guessed.map((one) => (one[which] < limit ? 1 : 0)));
  const figures = (which: "general" | "own") => ({
    first: shareBelow(which, 1),
    firstFive: shareBelow(which, 5),
  });
  const documents = [...Map.groupBy(guessed, ({ document }) => document).values()];
  // Documents are drawn, and each counts by its words, so that the mean is that over words.
  const wordsOfDocument = guessed.length / Math.max(1, documents.length);
  const gains = documents.map((words) => {
    const more = words.map(({ own, general }) => (own < 5 ? 1 : 0) - (general < 5 ? 1 : 0));
    return (words.length * mean(more)) / wordsOfDocument;
  });
  return {
    words: guessed.length,
    possible: guessed.filter(({ isPossible }) => isPossible).length,
    general: figures("general"),
    own: figures("own"),
    difference: pairedBootstrap(gains, createRandom(seed)),
  };
}
