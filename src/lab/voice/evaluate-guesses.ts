import { basename } from "node:path";
import { UsageError } from "../../cli/errors.ts";
import type { Surroundings } from "../../cli/surroundings.ts";
import { areaUnderCurve } from "../../numbers/area-under-curve.ts";
import { mean, variance } from "../../numbers/mean.ts";
import { createRandom } from "../../numbers/random.ts";
import type { GeneralReader } from "../../profile/profile.ts";
import { evidenceFor, learnVoice } from "../../voice/learn-voice.ts";
import type { NamedBackground } from "../../voice/named-background.ts";
import { weigh } from "../../voice/ranker.ts";
import { PassageSpace } from "../../voice/voice-background.ts";
import { voicePassages } from "../../voice/voice-passages.ts";
import { type EvaluatedDocument, readForEvaluation } from "../evaluation/evaluated-document.ts";
import type { TuningChoice } from "../evaluation/tuning-options.ts";
import { type GuessedTexts, guessPassages } from "./guess-passages.ts";

/**
 * What is asked of a passage. `voice`: the product's score; `characters`: its strongest part. `guesses`: how much less
 * surprising its hidden words are with what was learned of the writer than in general; `impostors`: than with what was
 * learned of others. `both`: the product's score and `impostors`, each in standard deviations.
 */
export const guessMethods = ["voice", "characters", "guesses", "impostors", "both"] as const;
export type GuessMethod = (typeof guessMethods)[number];

/** The answer of `idiolect lab evaluate guesses --json`. */
export interface GuessEvaluation extends Pick<GuessedTexts, "method" | "bytesPerWriter" | "readMs"> {
  readonly version: 1;
  /** Areas under the curve: a passage of the writer against one of each other writer. */
  readonly writers: Readonly<Record<string, Readonly<Record<GuessMethod, number>>>>;
  readonly means: Readonly<Record<GuessMethod, number>>;
  readonly learnMsPerWriter: number;
  readonly passagesOfWriter: number;
}

export interface GuessEvaluationRequest {
  readonly folders: readonly string[];
  readonly background: NamedBackground;
  /** As the product learns, if absent. */
  readonly choice?: TuningChoice | undefined;
  /** Most passages that prompts, or what else is tuned, learn from. */
  readonly passages: number;
  /** Passages of each writer that are told apart. */
  readonly measured: number;
  /** How often words of a passage are hidden. */
  readonly draws: number;
  readonly seed: number;
}

/** Share of the documents, oldest first, that is learned from. */
const learnedShare = 0.9;
/** Passages that a voice is learned from, as the product does. */
const mostLearned = 600;

interface Writer {
  readonly name: string;
  readonly learned: readonly EvaluatedDocument[];
  /** Passages of the newest tenth of the documents. */
  readonly newest: readonly string[];
}

/** What a writer's own part of the language model adds to the voice, on passages that nothing was learned from. */
export async function evaluateGuesses(
  reader: GeneralReader,
  request: GuessEvaluationRequest,
  surroundings: Surroundings,
): Promise<GuessEvaluation> {
  const { folders, choice, passages, measured, draws, seed } = request;
  if (folders.length < 3)
    throw new UsageError("Give folders of three writers or more: two are no impostors.");
  const writers: Writer[] = [];
  for (const folder of folders) writers.push(await readWriter(reader, folder, measured, seed, surroundings));
  const texts = writers.flatMap(({ newest }) => newest);
  const guessed = await guessPassages(
    reader,
    {
      choice,
      writers: Object.fromEntries(writers.map(({ name, learned }) => [name, learned])),
      texts,
      passages,
      draws,
      seed,
    },
    surroundings,
  );
  const authors = writers.flatMap(({ name, newest }) => newest.map(() => name));
  const areas: Record<string, Readonly<Record<GuessMethod, number>>> = {};
  for (const writer of writers) {
    const voice = await voiceScores(writer, texts, request);
    areas[writer.name] = areasOf(writer.name, { authors, guessed, ...voice });
  }
  return {
    version: 1,
    writers: areas,
    means: figuresOf((method) => mean(Object.values(areas).map((own) => own[method]))),
    method: guessed.method,
    bytesPerWriter: guessed.bytesPerWriter,
    readMs: guessed.readMs,
    learnMsPerWriter: guessed.learnMs / writers.length,
    passagesOfWriter: measured,
  };
}

async function readWriter(
  { model }: GeneralReader,
  folder: string,
  measured: number,
  seed: number,
  surroundings: Surroundings,
): Promise<Writer> {
  const documents = await readForEvaluation(model, folder, surroundings);
  const cut = Math.min(documents.length - 1, Math.floor(learnedShare * documents.length));
  const random = createRandom(seed).fork(basename(folder));
  const newest = documents.slice(cut).flatMap((document) => passagesOf(document));
  return {
    name: basename(folder),
    learned: documents.slice(0, cut),
    newest: random.shuffle(newest).slice(0, measured),
  };
}

function passagesOf({ document: { sentences } }: EvaluatedDocument): string[] {
  return [...voicePassages(sentences.map(({ plain: text, paragraph }) => ({ text, paragraph })))];
}

/** The product's score of each text, and its strongest part alone. */
async function voiceScores(
  { name, learned }: Writer,
  texts: readonly string[],
  { background, seed }: GuessEvaluationRequest,
): Promise<Readonly<Record<"voice" | "characters", readonly number[]>>> {
  const space = new PassageSpace(background);
  const random = createRandom(seed).fork(name);
  const own = random
    .shuffle(
      learned.flatMap((document) => passagesOf(document).map((text) => ({ group: document.id, text }))),
    )
    .slice(0, mostLearned)
    .map(({ group, text }) => ({ group, vectors: space.vectors(text) }));
  const others = background.impostors.map(({ writer, terms }) => ({
    group: writer,
    vectors: space.vectors(terms),
  }));
  const voice = await learnVoice(own, others, background.assistant, random);
  const evidence = texts.map((text) => evidenceFor(voice, space.vectors(text)));
  return {
    voice: evidence.map((one) => weigh(voice.ranker, one)),
    characters: evidence.map(({ characters }) => characters),
  };
}

interface ScoredTexts extends Readonly<Record<"voice" | "characters", readonly number[]>> {
  /** Who wrote each text. */
  readonly authors: readonly string[];
  readonly guessed: GuessedTexts;
}

/**
 * The writer against each other one, and the mean of that: of two writers who are told apart neither is an impostor, so
 * that a stranger is never known.
 */
function areasOf(writer: string, texts: ScoredTexts): Readonly<Record<GuessMethod, number>> {
  const strangers = Object.keys(texts.guessed.byWriter).filter((name) => name !== writer);
  const against = strangers.map((stranger) => {
    const impostors = strangers.filter((name) => name !== stranger);
    const scores = scoresOf(writer, impostors, texts);
    const of = (author: string, method: GuessMethod): readonly number[] =>
      scores[method].filter((_, at) => texts.authors[at] === author);
    return figuresOf((method) => areaUnderCurve(of(writer, method), of(stranger, method)));
  });
  return figuresOf((method) => mean(against.map((areas) => areas[method])));
}

function scoresOf(
  writer: string,
  impostors: readonly string[],
  { authors, guessed: { byWriter, general }, voice, characters }: ScoredTexts,
): Readonly<Record<GuessMethod, readonly number[]>> {
  const own = byWriter[writer]!;
  const guesses = own.map((surprise, at) => general[at]! - surprise);
  const others = own.map(
    (surprise, at) => mean(impostors.map((impostor) => byWriter[impostor]![at]!)) - surprise,
  );
  // In the deviations of impostors' passages: those of the two who are told apart say nothing here.
  const known = authors.map((author) => impostors.includes(author));
  const inDeviations = (scores: readonly number[]): readonly number[] => {
    const theirs = scores.filter((_, at) => known[at]);
    const deviation = Math.sqrt(variance(theirs)) || 1;
    return scores.map((score) => (score - mean(theirs)) / deviation);
  };
  const [byVoice, byOthers] = [inDeviations(voice), inDeviations(others)];
  const both = byVoice.map((score, at) => score + byOthers[at]!);
  return { voice, characters, guesses, impostors: others, both };
}

function figuresOf(of: (method: GuessMethod) => number): Record<GuessMethod, number> {
  return Object.fromEntries(guessMethods.map((method) => [method, of(method)])) as Record<
    GuessMethod,
    number
  >;
}
