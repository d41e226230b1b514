/*
 * A process that learns one writer's prompts as the learner does, and tells how well.
 *   node bench/peers/learn-prompts.ts <job.json>
 */
import { readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { onnxRuntimeVersion } from "../../src/graph/onnx-runtime.ts";
import { IntermediateLearning, intermediateDefaults } from "../../src/learning/intermediate-learning.ts";
import type { Passage } from "../../src/learning/passages.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { loadSharedPrompts } from "../../src/prompts/shared-prompts.ts";
import { defaultPromptLength, zeroPrompts } from "../../src/prompts/soft-prompts.ts";
import type { PromptJob } from "../prompt-job.ts";
import type { JobAnswer } from "./job-answer.ts";

const job = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as PromptJob;
const passages = (listed: PromptJob["train"]): readonly Passage[] =>
  listed.map(({ ids, words }) => ({ ids: Uint16Array.from(ids), words: Uint16Array.from(words) }));
const model = await PretrainedModel.open(job.model, job.cache);
const shared = loadSharedPrompts(model) ?? zeroPrompts(model.config, defaultPromptLength);
const { epochs, seed, threads } = job;
// All epochs are learned, so that both sides make as many steps; the best is kept all the same.
const options = { ...intermediateDefaults, minimumSteps: 1, epochs, patience: epochs, seed, threads };
const data = { train: passages(job.train), heldOut: passages(job.heldOut) };
const learning = await IntermediateLearning.create(model, shared, data, options);
while (!learning.loop.isFinished) {
  // The learner yields to its messages between runs, too.
  await learning.loop.advance(async () => {
    await setImmediate();
  });
}
const { curve, steps, paddingShare } = learning.result();
await learning.release();
const losses = curve.map(({ heldOut }) => heldOut!.loss);
const { user, system } = process.cpuUsage();
const answer: JobAnswer = {
  kind: "learned",
  name: `Idiolect (onnxruntime-node ${onnxRuntimeVersion()})`,
  steps,
  paddingShare,
  heldOutBefore: losses[0]!,
  heldOutAfter: Math.min(...losses),
  processorSeconds: (user + system) / 1e6,
};
process.stdout.write(JSON.stringify(answer));
