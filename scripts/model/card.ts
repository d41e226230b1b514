/*
 * Measures the shipped weights and writes the model card.
 *   npm run model:card -- --source <directory of all-MiniLM-L6-v2>
 */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { maskingFor } from "../../src/learning/masked-lm-measure.ts";
import { fixedMasks } from "../../src/learning/masking.ts";
import type { Passage } from "../../src/learning/passages.ts";
import { createRandom } from "../../src/learning/random.ts";
import { encoderTensors, mlmHeadTensors, sentimentHeadTensors } from "../../src/plm/model-tensors.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { writeCard } from "./card-text.ts";
import { loadBuildData } from "./data.ts";
import { Measurer, type MlmMeasure, macroF1, toneAccuracy } from "./measure.ts";
import type { SentimentExample } from "./sentiment-sets.ts";
import { textKinds } from "./sources.ts";
import type { Weights } from "./start-weights.ts";
import { measureNeighbours } from "./tag-neighbours.ts";

const { values: options } = parseArgs({
  options: {
    source: { type: "string" },
    model: { type: "string", default: "models/idiolect-base" },
    data: { type: "string", default: "../shared/data" },
    corpora: { type: "string", default: "../shared/corpora" },
    work: { type: "string", default: ".cache/model-build" },
    threads: { type: "string", default: "2" },
  },
});
if (options.source === undefined) {
  throw new Error("Name the directory of all-MiniLM-L6-v2, to compare with: --source <dir>");
}
const threads = Number(options.threads);
const cache = join(options.work, "weights");
const model = await PretrainedModel.open(options.model, cache);
const original = await PretrainedModel.open(options.source, cache);
const data = loadBuildData({ dataPath: options.data, cachePath: options.work, tokenizer: model.tokenizer });
const masking = maskingFor(model);
const weights: Weights = Object.fromEntries(
  [
    ...encoderTensors(model.config),
    ...mlmHeadTensors(model.config),
    ...sentimentHeadTensors(model.config),
  ].map(([name]) => [name, model.directory.tensor(name).data]),
);
const measurer = new Measurer(model.config, weights, {
  masking,
  padId: model.tokenizer.specialIds.pad,
  threads,
});

const training = textKinds.flatMap((kind) => data.text[kind].train);
const masked: Record<string, { readonly model: MlmMeasure; readonly frequency: MlmMeasure }> = {};
const heldOut = {
  ...Object.fromEntries(textKinds.map((kind) => [kind, data.text[kind].heldOut])),
  "new writers": Object.values(data.newWriters).flatMap((passages) => passages.slice(0, 20)),
};
for (const [kind, passages] of Object.entries(heldOut)) {
  masked[kind] = { model: await measurer.mlm(passages), frequency: byFrequency(training, passages) };
  console.log(kind, masked[kind].model);
}
const tone: Record<string, { accuracy: number; macroF1: number; majority: number; texts: number }> = {};
for (const set of ["sst2", "mr", "goemotions3"] as const) {
  const examples = data.sentiment.test[set];
  const probabilities = await measurer.tone(examples);
  tone[set] = {
    accuracy: toneAccuracy(examples, probabilities),
    macroF1: macroF1(examples, probabilities),
    majority: majority(examples),
    texts: examples.length,
  };
  console.log(set, tone[set]);
}
await measurer.release();
const neighbours = await measureNeighbours(options.corpora, { original, "idiolect-base": model }, threads);
for (const { blog, embeddingKnn } of neighbours) {
  console.log(blog, embeddingKnn["original"]?.recallAt5, embeddingKnn["idiolect-base"]?.recallAt5);
}
const log = readFileSync(join(options.work, "build.log"), "utf8");
const machine = `${cpus()[0]!.model}, ${cpus().length} cores`;
const card = writeCard({ report: data.report, masked, tone, neighbours, log, machine });
writeFileSync(join(options.model, "README.md"), card);
console.log(`Wrote ${join(options.model, "README.md")}`);

/** The unigram model of the training text, on the same masked tokens. */
function byFrequency(text: readonly Passage[], passages: readonly Passage[]): MlmMeasure {
  const counts = new Float64Array(model.tokenizer.vocabularySize).fill(0.5);
  for (const { ids } of text) {
    for (let at = 1; at < ids.length - 1; at++) {
      counts[ids[at]!]! += 1;
    }
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  const likeliest = counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0));
  let [tokens, loss, right] = [0, 0, 0];
  for (const [row, mask] of fixedMasks(passages, masking, createRandom("measure")).entries()) {
    for (const position of mask.positions) {
      const target = passages[row]!.ids[position]!;
      loss -= Math.log(counts[target]! / total);
      right += target === likeliest ? 1 : 0;
      tokens++;
    }
  }
  return { masked: tokens, loss: loss / tokens, top1: right / tokens };
}

function majority(examples: readonly SentimentExample[]): number {
  const labels = [...new Set(examples.map(({ label }) => label))];
  const counts = labels.map((label) => examples.filter((example) => example.label === label).length);
  return Math.max(...counts) / examples.length;
}
