import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { Classifier } from "../../../learning/classifier.ts";
import type { ClassExample } from "../../../learning/objectives/classifier-objective.ts";
import { type TuningOptions, tuningRates } from "../../../learning/tuned-training.ts";
import { createRandom } from "../../../numbers/random.ts";
import { PretrainedModel } from "../../../plm/pretrained-model.ts";
import type { ClassCount } from "../../../tone/head/tone-classes.ts";
import { generalTuning, writeModel } from "../../sentiment/general-model.ts";
import { modelHeadOf } from "../../sentiment/model-head.ts";
import { weightTuning } from "../../tunings/weight-tuning.ts";
import { keyOf } from "../cell-cache.ts";

export interface FineTuning {
  readonly model: PretrainedModel;
  readonly classes: ClassCount;
  readonly options: TuningOptions;
  readonly threads: number;
  /** Fine-tuned models are kept here. */
  readonly folder: string;
  /** What the examples are made of, as plain data: a model of the same is taken from the folder. */
  readonly key: unknown;
  readonly examples: () => Promise<readonly ClassExample[]>;
  readonly listen: (fraction: number) => Promise<void>;
}

/**
 * Full fine-tuning without the embeddings (most words of a small set come up too seldom to move them well),
 * written as a model of its own, whose weights later graphs refer to in a file. The head looks at the
 * texts' own tokens.
 */
export async function fineTunedModel(tuning: FineTuning): Promise<PretrainedModel> {
  const { model, classes, options, folder, key } = tuning;
  const path = join(folder, `model-${keyOf([model.id, classes, options, key])}`);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    const draft = `${path}.${randomUUID()}.draft`;
    const values = await fineTune(tuning);
    writeModel(model, { ...values, ...modelHeadOf(values, classes) }, draft);
    renameSync(draft, path);
  }
  return PretrainedModel.open(path, join(folder, "unpacked"));
}

async function fineTune({ model, classes, options, threads, examples, listen }: FineTuning) {
  const random = createRandom(options.seed).fork("head");
  const classifier = new Classifier({
    model,
    threads,
    tokensPerRun: options.tokensPerRun,
    pools: "text",
    tuning: weightTuning(model, { embeddings: false }),
    head: { kind: "ordinal", classes, start: "model", random },
  });
  try {
    const training = classifier.start({ examples: await examples() }, options);
    const { loop } = training;
    await loop.finish(() => listen(loop.step / loop.totalSteps));
    return training.best.everyone;
  } finally {
    await classifier.release();
  }
}

/** As the general model of `evaluate sentiment` is trained. */
export function generalTraining(seed: number | string, epochs: number): TuningOptions {
  const { prompt } = tuningRates;
  return { ...generalTuning, rates: { ...generalTuning.rates, prompt }, epochs, seed };
}

/** For a model that has learned the task already. */
export function gentleTraining(seed: number | string, epochs: number): TuningOptions {
  return {
    ...generalTraining(seed, epochs),
    rates: { ...tuningRates, weight: 3e-5, head: 2e-4 },
    warmupSteps: 10,
  };
}
