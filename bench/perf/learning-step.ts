/*
 * A process that makes steps of prompt learning on one run of 512 tokens, on one thread and as this machine learns, and
 * tells what they cost.
 *   node bench/perf/learning-step.ts <model directory> <cache folder> <steps>
 */
import { median } from "simple-statistics";
import { maskedLmFeeds } from "../../src/learning/masked-lm-graph.ts";
import { Adam } from "../../src/learning/optimiser/adam.ts";
import { TrainingSession } from "../../src/learning/training-session.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { loadSharedPrompts } from "../../src/prompts/shared-prompts.ts";
import { zeroPrompts } from "../../src/prompts/soft-prompts.ts";
import { adamRates } from "../contestant.ts";
import { promptParameters, promptTraining } from "../peers/prompt-training.ts";
import { fullPassages, maskedBatch, passagesOf, sampleBlog } from "../texts.ts";

/** What the process prints. */
export interface LearningStepAnswer {
  readonly products: "rounded" | "full";
  /** Median of the steps after the first two. */
  readonly stepMs: number;
  readonly peakMemoryBytes: number;
}

const rows = 4;
const lengthTokens = 128;
const warmUps = 2;

const [modelPath = "", cachePath = "", steps = "6"] = process.argv.slice(2);
const model = await PretrainedModel.open(modelPath, cachePath);
const prompts = loadSharedPrompts(model) ?? zeroPrompts(model.config);
const products = model.largestCode === undefined ? "full" : "rounded";
const session = await TrainingSession.create(promptTraining(model, prompts, products), {
  threads: 1,
  compile: (bytes, given) => model.compileModel(bytes, given),
});
const passages = fullPassages(model, await passagesOf(model, sampleBlog), lengthTokens).slice(0, rows);
const feeds = maskedLmFeeds(maskedBatch(model, passages, createRandom("learning step")));
const parameters = promptParameters(prompts);
const adam = new Adam([{ parameters }]);
const times: number[] = [];
for (let at = -warmUps; at < Number(steps); at++) {
  const start = process.cpuUsage();
  const { gradients } = await session.step(parameters, feeds);
  adam.step(gradients, adamRates.prompts);
  const { user, system } = process.cpuUsage(start);
  if (at >= 0) times.push((user + system) / 1000);
}
await session.release();
const answer: LearningStepAnswer = {
  products,
  stepMs: median(times),
  peakMemoryBytes: 1024 * process.resourceUsage().maxRSS,
};
process.stdout.write(JSON.stringify(answer));
