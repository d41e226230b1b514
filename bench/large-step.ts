/*
 * A process that makes optimiser steps of prompt learning, each of several runs of one long sequence, and tells how
 * long they took and how much memory the whole needed.
 *   node bench/large-step.ts <model directory> <cache folder> <threads> <full|rounded> <runs a step> <steps>
 */

import { maskedLmFeeds } from "../src/learning/masked-lm-graph.ts";
import { Adam } from "../src/learning/optimiser/adam.ts";
import { TrainingSession } from "../src/learning/training-session.ts";
import { createRandom } from "../src/numbers/random.ts";
import { PretrainedModel } from "../src/plm/pretrained-model.ts";
import { zeroPrompts } from "../src/prompts/soft-prompts.ts";
import { promptParameters, promptTraining } from "./peers/prompt-training.ts";
import { fullPassages, maskedBatch, passagesOf, sampleBlog } from "./texts.ts";

const [modelPath = "", cachePath = "", threads = "2", products = "full", runs = "4", steps = "2"] =
  process.argv.slice(2);
const rate = 1e-2;
const model = await PretrainedModel.open(modelPath, cachePath);
const openedMs = performance.now();
const prompts = zeroPrompts(model.config);
const graph = promptTraining(model, prompts, products === "rounded" ? "rounded" : "full");
const session = await TrainingSession.create(graph, {
  threads: Number(threads),
  compile: (bytes, given) => model.compileModel(bytes, given),
});
const compileMs = performance.now() - openedMs;
const running = await passagesOf(model, sampleBlog);
const passages = fullPassages(model, running, model.config.max_position_embeddings).slice(0, Number(runs));
const random = createRandom("large step");
const batches = passages.map((passage) => maskedBatch(model, [passage], random));
const parameters = promptParameters(prompts);
const adam = new Adam([{ parameters }]);
const stepMs: number[] = [];
const losses: number[] = [];
for (let step = 0; step < Number(steps); step++) {
  const startMs = performance.now();
  for (const batch of batches) {
    const { loss, gradients } = await session.step(parameters, maskedLmFeeds(batch));
    losses.push(loss);
    // A run's gradients stand for the step's: their sum costs nothing beside the runs.
    adam.step(gradients, rate / batches.length);
  }
  stepMs.push(performance.now() - startMs);
}
await session.release();
const peakMemoryBytes = 1024 * process.resourceUsage().maxRSS;
const tokensPerStep = passages.reduce((sum, { ids }) => sum + ids.length, 0);
process.stdout.write(JSON.stringify({ compileMs, stepMs, losses, tokensPerStep, peakMemoryBytes }));
