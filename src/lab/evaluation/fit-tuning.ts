import type { Surroundings } from "../../cli/surroundings.ts";
import { intermediateDefaults } from "../../learning/intermediate-learning.ts";
import type { MaskableText } from "../../learning/objectives/masked-lm-objective.ts";
import type { TextLearning, TrainingOptions } from "../../learning/text-learning.ts";
import { type Arrays, soleWriter, type TunedValues } from "../../learning/tuned-parameters.ts";
import { tuningRates } from "../../learning/tuned-training.ts";
import { narrowToFloat16, widenFloat16 } from "../../plm/files/floats.ts";
import type { Tuning, ValueGroup } from "../../prompts/tuning.ts";
import { threadCount } from "../../session/learning-options.ts";
import type { TextFigures } from "../objectives/objective-learning.ts";
import type { EvaluatedDocument } from "./evaluated-document.ts";
import { finishWithBar } from "./finish-with-bar.ts";
import { drawPassages } from "./fit-prompts.ts";
import type { TuningChoice } from "./tuning-options.ts";

/** Highest rates where hidden words are learned; docs/decisions.md has what was tried. */
const wordRates: Readonly<Record<ValueGroup, number>> = {
  ...tuningRates,
  prompt: intermediateDefaults.peakRate,
  lowRank: 2e-3,
  bias: 3e-3,
  weight: 1e-4,
};

/** A learning of texts, and the tuning that learns in it. */
export interface TunedLearning {
  readonly learning: TextLearning<MaskableText, TextFigures>;
  readonly tuning: Tuning;
}

export interface TuningFit extends TunedLearning {
  /** Where learning starts, such as a head that was learned before. */
  readonly values?: Partial<TunedValues>;
  /** Oldest first; the newest tenth of them says when to stop. */
  readonly documents: readonly EvaluatedDocument[];
  readonly choice: TuningChoice;
  /** Most passages that are learned from; an eighth as many more say when to stop. */
  readonly passages: number;
  readonly seed: number;
  /** What the progress bar calls this. */
  readonly title: string;
}

/**
 * Learns from one writer's documents as `learn` does, in any way of tuning, and gives all values as they are
 * read with: networks that only learning needs are dropped, a writer's values rounded to 16 bits.
 */
export async function fitTuning(fit: TuningFit, surroundings: Surroundings): Promise<TunedValues> {
  const { learning, tuning, values, documents, choice, passages, seed, title } = fit;
  const { train, heldOut } = drawPassages(documents, passages, seed);
  const data = { examples: train, heldOut, ...(values && { values }) };
  const training = learning.start(data, trainingOptions(choice, seed));
  await finishWithBar(training.loop, title, surroundings);
  return asRead(tuning, training.best);
}

function trainingOptions({ rates, epochs, writerDropout, l2 }: TuningChoice, seed: number): TrainingOptions {
  const { epochs: usualEpochs, minimumSteps, warmupSteps, patience, tokensPerRun } = intermediateDefaults;
  return {
    seed,
    writerDropout,
    l2,
    minimumSteps,
    warmupSteps,
    patience,
    tokensPerRun,
    epochs: epochs ?? usualEpochs,
    textsPerStep: 16,
    rates: { ...wordRates, ...rates },
  };
}

/** How learning runs, whatever is tuned. */
export function learningRhythm() {
  return { threads: threadCount(), tokensPerRun: intermediateDefaults.tokensPerRun };
}

/** A sole writer's learned values as they are read with and kept: see `fitTuning`. */
export function asRead({ afterTraining }: Tuning, { everyone, writers }: TunedValues): TunedValues {
  const learned = writers[soleWriter] ?? {};
  return { everyone, writers: { [soleWriter]: inHalves(afterTraining?.values(learned) ?? learned) } };
}

/** Rounded to 16 bits, as values are kept. */
export function inHalves(arrays: Arrays): Arrays {
  const rounded = ([name, numbers]: readonly [string, Float32Array]) => {
    const floats = new Float32Array(numbers.length);
    widenFloat16(narrowToFloat16(numbers), floats);
    return [name, floats] as const;
  };
  return Object.fromEntries(Object.entries(arrays).map(rounded));
}
