import { z } from "zod";
import { Classifier } from "../../learning/classifier.ts";
import { type TuningOptions, tuningRates } from "../../learning/tuned-training.ts";
import { createRandom } from "../../numbers/random.ts";
import { promptTuning } from "../../prompts/prompt-tuning.ts";
import type { Numbers } from "../../prompts/tuning.ts";
import { classShares, type OrdinalScale } from "../../tone/head/ordinal-scale.ts";
import { type ClassCount, labelShares } from "../../tone/head/tone-classes.ts";
import { examplesOf } from "./general-model.ts";
import { floatsShape, keepResult } from "./kept-results.ts";
import type { OpinionText } from "./opinion-texts.ts";
import type { OpinionReader } from "./read-writers.ts";

export interface SoftmaxHeadRequest {
  readonly reader: OpinionReader;
  /** What the general model was fine-tuned on. */
  readonly texts: readonly OpinionText[];
  readonly seed: number;
  readonly threads: number;
}

/** A head of random numbers needs some steps, however few texts there are. */
const options: Omit<TuningOptions, "seed" | "patience"> = {
  rates: tuningRates,
  weightDecay: 0.01,
  l2: 0,
  epochs: 2,
  minimumSteps: 100,
  textsPerStep: 32,
  tokensPerRun: 2048,
  warmupSteps: 20,
  writerDropout: 0,
};

/**
 * A softmax head in the place of the general model's ordinal one: it starts from that one's hidden layer and
 * learns the same texts, with encoder and prompts as they are. Values of `headTuning` by name.
 */
export function learnSoftmaxHead(
  request: SoftmaxHeadRequest,
  listen: (fraction: number) => Promise<void>,
): Promise<Numbers> {
  const { reader, texts, seed, threads } = request;
  const { model, prompts, classes, folder } = reader;
  const dependsOn = [model.id, [...prompts.values], classes, texts, seed, threads, options];
  const kept = { name: "softmax", dependsOn, shape: z.record(z.string(), floatsShape) };
  return keepResult(folder, kept, () => learnHead(request, listen));
}

async function learnHead(
  { reader, texts, seed, threads }: SoftmaxHeadRequest,
  listen: (fraction: number) => Promise<void>,
): Promise<Record<string, Float32Array>> {
  const { model, prompts: shared, classes } = reader;
  const random = createRandom(seed).fork("softmax");
  const classifier = new Classifier({
    model,
    threads,
    tuning: promptTuning({ shared }),
    trains: "everyone",
    head: { kind: "softmax", classes, start: "model", random },
    tokensPerRun: options.tokensPerRun,
  });
  try {
    const examples = texts.flatMap((text) => examplesOf(model, text));
    const training = classifier.start({ examples }, { ...options, seed });
    const { loop } = training;
    await loop.finish(() => listen(loop.step / loop.totalSteps));
    return { ...training.best.everyone };
  } finally {
    await classifier.release();
  }
}

/**
 * The latent valence at which an ordinal head expects the same label, Σ k·pₖ, as these shares of labels do, by
 * bisection: what they say for a blend with readings that are one number. For two labels nothing is lost.
 */
export function latentOfShares(shares: readonly number[], scale: OrdinalScale, classes: ClassCount): number {
  const expected = (parts: readonly number[]): number => parts.reduce((sum, part, k) => sum + k * part, 0);
  const wanted = expected(shares);
  const margin = 12 * scale.temperature;
  let [low, high] = [scale.thresholds[0] - margin, scale.thresholds[3] + margin];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (expected(labelShares(classShares(middle, scale), classes)) < wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
