import { createHash, randomUUID } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { Classifier } from "../../learning/classifier.ts";
import { cutSentence } from "../../learning/cut-document.ts";
import type { ClassExample } from "../../learning/objectives/classifier-objective.ts";
import { type TuningOptions, tuningRates } from "../../learning/tuned-training.ts";
import { createRandom } from "../../numbers/random.ts";
import { writeSafetensors } from "../../plm/files/write-safetensors.ts";
import { PretrainedModel } from "../../plm/pretrained-model.ts";
import type { GeneralReader } from "../../profile/profile.ts";
import { promptTuning } from "../../prompts/prompt-tuning.ts";
import { loadSharedPrompts, saveSharedPrompts } from "../../prompts/shared-prompts.ts";
import { layerViews, type SoftPrompts } from "../../prompts/soft-prompts.ts";
import { combineTunings } from "../../prompts/tuning.ts";
import type { ClassCount } from "../../tone/head/tone-classes.ts";
import { startPrompts } from "../tunings/prompt-start.ts";
import { weightTuning } from "../tunings/weight-tuning.ts";
import { modelHeadOf } from "./model-head.ts";
import type { OpinionText } from "./opinion-texts.ts";

export interface GeneralModelRequest {
  readonly base: GeneralReader;
  readonly texts: readonly OpinionText[];
  readonly classes: ClassCount;
  /** Fine-tuned models are kept here, one for each base, set of texts and options. */
  readonly folder: string;
  readonly seed: number;
  readonly threads: number;
}

/** A fine-tuned model with the prompts that were trained along: where every writer's own start. */
export interface GeneralModel {
  readonly model: PretrainedModel;
  readonly prompts: SoftPrompts;
}

/** Told how far training is, 0 to 1, between runs of the model; may throw to cancel. */
export type FractionListener = (fraction: number) => Promise<void>;

/** Texts whose activations the prompts of a model that ships without are made of. */
const promptTexts = 64;

/**
 * The word and position embeddings stay: most words of a small set come up too seldom to move them well.
 * Head and prompts learn faster than the encoder.
 */
export const generalTuning: Omit<TuningOptions, "seed"> = {
  rates: { ...tuningRates, weight: 1e-4, head: 5e-4, prompt: 1e-3 },
  weightDecay: 0.01,
  l2: 0,
  epochs: 2,
  minimumSteps: 0,
  textsPerStep: 32,
  tokensPerRun: 2048,
  warmupSteps: 60,
  patience: 2,
  writerDropout: 0,
};

/**
 * The general reading of one kind of text: the base with its prompts and head, fine-tuned on other
 * writers' labelled texts. A model that was made of the same before is taken from the folder.
 */
export async function trainGeneralModel(
  request: GeneralModelRequest,
  listen: FractionListener = async () => undefined,
): Promise<GeneralModel> {
  const path = join(request.folder, `general-${requestKey(request)}`);
  if (!existsSync(path)) {
    const draft = `${path}.${randomUUID()}.draft`;
    await fineTune(request, draft, listen);
    renameSync(draft, path);
  }
  const model = await PretrainedModel.open(path, join(request.folder, "unpacked"));
  return { model, prompts: loadSharedPrompts(model)! };
}

/** A text that is too long for the model is learned from in its parts. */
export function examplesOf(
  model: PretrainedModel,
  { text, label, writer }: OpinionText,
): readonly ClassExample[] {
  return cutSentence(model, text).map(({ ids, words }) => ({ ids, words, label, writer }));
}

async function fineTune(
  { base, texts, classes, seed, threads }: GeneralModelRequest,
  to: string,
  listen: FractionListener,
): Promise<void> {
  const { model } = base;
  const examples = texts.flatMap((text) => examplesOf(model, text));
  const start = { kind: "text", texts: examples.slice(0, promptTexts) } as const;
  const shared = base.prompts ?? (await startPrompts(model, start));
  const head = { kind: "ordinal", classes, start: "model", random: createRandom(seed).fork("head") } as const;
  const both = combineTunings(
    weightTuning(model, { embeddings: false }),
    promptTuning({ shared, trains: "shared" }),
  );
  const { tokensPerRun } = generalTuning;
  const classifier = new Classifier({ model, tuning: both, head, threads, tokensPerRun });
  try {
    const training = classifier.start({ examples }, { ...generalTuning, seed });
    const { loop } = training;
    await loop.finish(() => listen(loop.step / loop.totalSteps));
    const values = training.best.everyone;
    writeModel(model, { ...values, ...modelHeadOf(values, classes) }, to);
    saveSharedPrompts(to, promptsFrom(shared, values));
  } finally {
    await classifier.release();
  }
}

function promptsFrom(shared: SoftPrompts, values: Readonly<Record<string, Float32Array>>): SoftPrompts {
  const prompts = { ...shared, values: new Float32Array(shared.values.length) };
  Object.values(layerViews(prompts)).forEach((view, layer) => {
    view.set(values[`shared.${layer}`]!);
  });
  return prompts;
}

/** Changes with everything that the trained model depends on. */
function requestKey({ base, texts, classes, seed, threads }: GeneralModelRequest): string {
  const hash = createHash("sha256").update(JSON.stringify([base.id, classes, seed, threads, generalTuning]));
  for (const { text, label } of texts) hash.update(`${label}\0${text}\0`);
  return hash.digest("hex").slice(0, 16);
}

/** The base's directory with what was trained in the place of its own. */
export function writeModel(
  { directory }: PretrainedModel,
  trained: Readonly<Record<string, Float32Array>>,
  to: string,
): void {
  mkdirSync(to, { recursive: true });
  const tensors = directory.tensorNames().map((name) => {
    const { shape, data } = directory.tensor(name);
    return { name, shape, type: "F32", data: trained[name] ?? data } as const;
  });
  writeSafetensors(join(to, "model.safetensors"), tensors);
  for (const name of ["config.json", "tokenizer.json"]) {
    copyFileSync(join(directory.path, name), join(to, name));
  }
}
