import { UsageError } from "../../cli/errors.ts";
import type { MaskedLmScore } from "../../learning/masked-lm-measure.ts";
import type { MaskableText } from "../../learning/objectives/masked-lm-objective.ts";
import type { Passage } from "../../learning/passages.ts";
import type { TextLearning } from "../../learning/text-learning.ts";
import type { TunedValues } from "../../learning/tuned-parameters.ts";
import { weightCachePath } from "../../plm/cache/weight-cache-path.ts";
import { openGenerator, openGeneratorAt } from "../../plm/heads/generator.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import { comparisonSeed } from "../../profile/compare-masked-lm.ts";
import type { Numbers, Tuning, ValueOwner } from "../../prompts/tuning.ts";
import type { EvaluatedDocument } from "../evaluation/evaluated-document.ts";
import { inHalves, learningRhythm } from "../evaluation/fit-tuning.ts";
import { maskedLmLearning, type TextFigures } from "../objectives/objective-learning.ts";
import { ReplacedTokenMeasure } from "../objectives/replaced-token-measure.ts";
import { replacedTokenLearning } from "../objectives/replaced-token-objective.ts";
import { TunedMaskedLmMeasure, type TunedReading } from "../objectives/tuned-masked-lm-measure.ts";
import { countWords, expectedWords } from "../tunings/expected-words.ts";
import { logMarginals, marginalTuning, marginalValues } from "../tunings/marginal-tuning.ts";
import {
  ownMaskedLmHeadTuning,
  ownReplacedTokenHeadTuning,
  replacedTokenBiasTuning,
  vocabularyBiasTuning,
} from "../tunings/weight-changes.ts";

/** What is learned from a writer's words: to guess hidden ones, or to tell those that a generator put in. */
export const wordsObjectives = ["masked-words", "replaced-tokens"] as const;
export type WordsObjective = (typeof wordsObjectives)[number];

/** Scores passages read with values of the tuning that it was made for; `release` it. */
export interface PassageMeasure {
  scores(passages: readonly Passage[], reading: TunedReading): Promise<readonly MaskedLmScore[]>;
  release(): Promise<void>;
}

/** Seed of the masks that expectations are taken with. */
const expectationSeed = "expectation";

/** How a tuning learns. */
export interface LearningChoice {
  readonly products: "rounded" | "full";
  /** Whose values learn. */
  readonly trains: ValueOwner;
}

/** A writer's word frequencies, and how often the model expects each word. */
export interface MarginalsTask {
  readonly tuning: Tuning;
  /** Share of each word where words of these passages are hidden, [vocabulary], with the way as it stands. */
  readonly expected: (
    way: Tuning,
    values: Partial<TunedValues>,
    passages: readonly Passage[],
  ) => Promise<Float64Array>;
}

/** An objective with a model: what a writer's own head and bias are, how a tuning learns and is measured. */
export interface WordsTask {
  readonly objective: WordsObjective;
  readonly head: Tuning;
  readonly bias: Tuning;
  /** How often a writer uses each word, where words are guessed. */
  readonly marginals?: MarginalsTask;
  readonly learning: (tuning: Tuning, options: LearningChoice) => TextLearning<MaskableText, TextFigures>;
  readonly measure: (tuning: Tuning) => PassageMeasure;
}

/** @param generator directory of the model that puts words in; `generator` within the model's if absent. */
export async function openWordsTask(
  model: PretrainedModel,
  objective: WordsObjective,
  generator: string | undefined,
): Promise<WordsTask> {
  switch (objective) {
    case "masked-words":
      if (generator !== undefined) throw new UsageError("--generator needs --objective replaced-tokens.");
      return maskedWords(model);
    case "replaced-tokens":
      return replacedTokens(model, await generatorOf(model, generator));
    default:
      return objective satisfies never;
  }
}

function maskedWords(model: PretrainedModel): WordsTask {
  const { threads } = learningRhythm();
  return {
    objective: "masked-words",
    head: ownMaskedLmHeadTuning(model.config),
    bias: vocabularyBiasTuning(model.config),
    marginals: {
      tuning: marginalTuning(model.config),
      expected: (tuning, values, passages) =>
        expectedWords({ model, tuning, values, threads }, passages, expectationSeed),
    },
    learning: (tuning, how) => maskedLmLearning({ model, tuning, ...how, ...learningRhythm() }),
    measure: (tuning) => {
      const measure = new TunedMaskedLmMeasure(model, tuning, threads);
      return {
        scores: (passages, reading) => measure.scores(passages, reading, comparisonSeed),
        release: () => measure.release(),
      };
    },
  };
}

function replacedTokens(model: PretrainedModel, generator: PretrainedModel): WordsTask {
  const options = { model, generator, ...learningRhythm() };
  return {
    objective: "replaced-tokens",
    head: ownReplacedTokenHeadTuning(model.config),
    bias: replacedTokenBiasTuning(),
    learning: (tuning, how) => replacedTokenLearning({ ...options, tuning, ...how }),
    measure: (tuning) => new ReplacedTokenMeasure({ ...options, tuning }),
  };
}

async function generatorOf(model: PretrainedModel, path: string | undefined): Promise<PretrainedModel> {
  if (!model.directory.heads.replacedTokens) {
    throw new UsageError(
      `${model.directory.path} cannot tell replaced words: it is no ELECTRA discriminator. ` +
        "Give one with --model, or learn masked words.",
    );
  }
  if (path !== undefined) return openGeneratorAt(path, model, weightCachePath());
  const generator = await openGenerator(model, weightCachePath());
  if (generator === undefined) {
    throw new UsageError(
      `${model.directory.path} has no generator. Name its directory with --generator <dir>.`,
    );
  }
  return generator;
}

/** What is counted in some of a writer's documents, as the writer's values; none where a tuning has no counts. */
export type WordCounter = (documents: readonly EvaluatedDocument[]) => Numbers;

/**
 * Counts words for a tuning that has such values.
 * @param values of the tuning as it stands
 * @param passages of the writer, from which it is taken how often the model expects each word
 */
export async function wordCounter(
  marginals: MarginalsTask | undefined,
  tuning: Tuning,
  values: Partial<TunedValues>,
  passages: readonly Passage[],
): Promise<WordCounter> {
  if (marginals === undefined || tuning.values.every(({ group }) => group !== "counted")) return () => ({});
  const shares = await marginals.expected(tuning, values, passages);
  return (documents) => {
    const words = documents.flatMap((document) => document.passages);
    return inHalves(marginalValues(logMarginals(countWords(words, shares.length), shares)));
  };
}
