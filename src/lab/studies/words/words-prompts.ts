import type { MaskableText } from "../../../learning/objectives/masked-lm-objective.ts";
import { tuningRates } from "../../../learning/tuned-training.ts";
import type { PretrainedModel } from "../../../plm/pretrained-model.ts";
import { fromLayerViews, personalPrompts, type SoftPrompts } from "../../../prompts/soft-prompts.ts";
import { maskedLmLearning } from "../../objectives/objective-learning.ts";
import type { SoftPromptAdaptation } from "../adaptation.ts";
import {
  type LearnedWriter,
  learnShared,
  learnWriters,
  type OpenLearner,
  type Personal,
  type SharedPrompts,
  tuningOf,
} from "../personal-tuning.ts";
import type { CellListener } from "../study.ts";

/** A writer's passages: learned from the earlier ones, measured on the later ones. */
export type WordsWriter = LearnedWriter<MaskableText>;

/** How prompts are learned to guess hidden words. */
export interface WordsLearning {
  readonly base: PretrainedModel;
  readonly threads: number;
  readonly epochs: number;
  readonly seed: number;
  readonly listen: CellListener;
}

/** What all writers share is learned with it. */
export const wordsSharedOptions = { minimumSteps: 0, textsPerStep: 16, epochs: 1 } as const;

const sharedRate = 2e-2;
/** From which a writer's rate is chosen, on a writer who is not measured with it. */
const rates = [1e-2, 5e-2] as const;
/** Prompts start from hidden states of so many passages. */
const startTexts = 64;

/** Prompts that all start from, learned on other writers' passages. */
export function learnWordsShared(
  adaptation: SoftPromptAdaptation,
  items: readonly MaskableText[],
  { base, threads, seed, listen }: WordsLearning,
): Promise<SharedPrompts> {
  return learnShared(adaptation, {
    model: base,
    open: wordsLearners(base, threads),
    items,
    texts: items.slice(0, startTexts),
    options: { ...wordsSharedOptions, rates: { ...tuningRates, prompt: sharedRate } },
    seed,
    listen,
  });
}

/** Each writer's own prompts on top of the shared ones; `release` the learner. */
export function learnWordsWriters(
  { place }: SoftPromptAdaptation,
  { prompts, everyone }: SharedPrompts,
  { writers, others }: Readonly<Record<"writers" | "others", readonly WordsWriter[]>>,
  { base, threads, epochs, seed, listen }: WordsLearning,
): Promise<Personal<MaskableText>> {
  return learnWriters(tuningOf(place, prompts, "delta"), everyone, {
    open: wordsLearners(base, threads),
    writers,
    tuning: others.slice(0, 1),
    rates,
    options: { minimumSteps: 0, textsPerStep: 16, warmupSteps: 4, epochs },
    seed,
    listen,
  });
}

/** Each writer's multi-layer prompts: the shared ones and the writer's delta. */
export function promptsOfWriters(
  shared: SoftPrompts,
  { writers }: Personal<MaskableText>,
): ReadonlyMap<string, SoftPrompts> {
  return new Map(
    Object.entries(writers).map(([writer, values]) => [
      writer,
      personalPrompts(shared, fromLayerViews(shared, values)),
    ]),
  );
}

/** Ways of tuning a model to guess hidden words; the hidden words of a text list are always the same. */
export function wordsLearners(model: PretrainedModel, threads: number): OpenLearner<MaskableText> {
  return (tuning, trains) => {
    const learning = maskedLmLearning({ model, tuning, trains, threads, tokensPerRun: 1024 });
    return {
      train: async (examples, everyone, options, breathe) =>
        (await learning.train({ examples, values: { everyone } }, options, breathe)).values,
      measure: (texts, values, strength) => learning.measure(texts, values, { strength }),
      release: () => learning.release(),
    };
  };
}
