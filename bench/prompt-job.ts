import { join } from "node:path";
import { readForEvaluation } from "../src/lab/evaluation/evaluated-document.ts";
import { makeBatches } from "../src/learning/batching.ts";
import { drawEvenly } from "../src/learning/cut-document.ts";
import { intermediateDefaults, plannedEpochs, stoppingMasks } from "../src/learning/intermediate-learning.ts";
import { maskingFor } from "../src/learning/masked-lm-measure.ts";
import { fixedMasks, type MaskingOptions } from "../src/learning/masking.ts";
import { noWord, type Passage } from "../src/learning/passages.ts";
import { createRandom } from "../src/numbers/random.ts";
import type { ModelConfig } from "../src/plm/files/model-config.ts";
import { writePeerWeights } from "./peers/peer-commands.ts";
import { say } from "./say.ts";
import type { Workplace } from "./workplace.ts";

interface JobPassage {
  readonly ids: readonly number[];
  /** Which word each token belongs to; `noWord` of the job for none. */
  readonly words: readonly number[];
}

/** A passage with the same words hidden for everybody. */
interface HiddenPassage extends JobPassage {
  readonly positions: readonly number[];
  readonly shown: readonly number[];
}

/** All that a process needs to learn one writer's prompts; it gets the path of a JSON file with this. */
export interface PromptJob {
  /** For this project: model directory and the cache of its weights. */
  readonly model: string;
  readonly cache: string;
  /** For the others: the same weights and prompts as float32. */
  readonly weights: string;
  readonly config: ModelConfig;
  readonly training: "prompts";
  readonly train: readonly JobPassage[];
  readonly heldOut: readonly HiddenPassage[];
  readonly masking: Required<MaskingOptions>;
  readonly noWord: number;
  readonly padId: number;
  readonly epochs: number;
  /** As many as the product's batches make; all learn in as many. */
  readonly stepsPerEpoch: number;
  readonly rate: number;
  readonly warmupSteps: number;
  readonly seed: number;
  readonly threads: number;
}

/** Share of the documents, the newest, that is held out as the learner does it. */
const heldOutShare = 0.1;
/** Held-out passages for each that is learned from. */
const heldOutPerPassage = 1 / 8;
const hiddenShare = 0.15;

/** The job that the learner would make of a folder, without what follows from the writer's labels and tags. */
export async function prepareJob(place: Workplace, folder: string): Promise<PromptJob> {
  const { model, settings } = place;
  const documents = await readForEvaluation(model, folder, { warn: say });
  const cut = documents.length - Math.max(1, Math.round(heldOutShare * documents.length));
  const draw = (chosen: typeof documents, limit: number) =>
    drawEvenly(
      chosen.map(({ passages }) => passages),
      Math.ceil(limit),
      createRandom("job"),
    );
  const train = draw(documents.slice(0, cut), settings.jobPassages);
  const heldOut = draw(documents.slice(cut), heldOutPerPassage * settings.jobPassages);
  const { peakRate, warmupSteps, tokensPerStep } = intermediateDefaults;
  const steps = makeBatches(train, { tokensPerBatch: tokensPerStep, random: createRandom("count") });
  const masking = maskingFor(model);
  const masks = fixedMasks(heldOut, masking, createRandom(stoppingMasks));
  return {
    model: settings.modelPath,
    cache: join(place.folder, "cache"),
    weights: writePeerWeights(place),
    config: model.config,
    training: "prompts",
    train: train.map(numbersOf),
    heldOut: heldOut.map((passage, at) => ({
      ...numbersOf(passage),
      positions: [...masks[at]!.positions],
      shown: [...masks[at]!.shown],
    })),
    masking: { ...masking, share: hiddenShare },
    noWord,
    padId: model.tokenizer.specialIds.pad,
    epochs: plannedEpochs(train, intermediateDefaults),
    stepsPerEpoch: steps.batches.length,
    rate: peakRate,
    warmupSteps,
    seed: 0,
    threads: settings.threads,
  };
}

const numbersOf = ({ ids, words }: Passage): JobPassage => ({ ids: [...ids], words: [...words] });

/** One step on the first passages: what loads both sides' programs before any is timed. */
export const shortened = (job: PromptJob): PromptJob => ({
  ...job,
  train: job.train.slice(0, 2),
  heldOut: job.heldOut.slice(0, 2),
  epochs: 1,
  stepsPerEpoch: 1,
});
