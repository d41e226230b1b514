/*
 * Builds the shipped base: masked-LM and sentiment together from open sets, neighbours kept
 * (docs/models.md). Resumes from its last checkpoint. Run it as
 *   npm run model:build -- --source <directory of all-MiniLM-L6-v2> [--steps 2000] [--research] [--from <work folder>]
 * With --research it is trained on SST as well, and what comes out stays out of what is shipped. With --from it begins
 * with the weights of a build of open sets that has ended, in place of those of the source.
 */
import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createRandom } from "../../src/learning/random.ts";
import { readModelDirectory } from "../../src/plm/model-directory.ts";
import { loadTokenizer } from "../../src/plm/tokenizer.ts";
import { BuildBatches } from "./build-batches.ts";
import {
  openCheckpoint,
  readWeights,
  requireCheckpoint,
  restoreCheckpoint,
  saveCheckpoint,
} from "./checkpoint.ts";
import { loadBuildData } from "./data.ts";
import { measuredEvery, readLearningCurve } from "./learning-curve.ts";
import { MultiTaskTrainer } from "./multi-task-trainer.ts";
import { quickMeasure } from "./quick-measure.ts";
import { startWeights } from "./start-weights.ts";
import { refuseCommittedPlace, type TrainingKind, workFolder } from "./training-kind.ts";

const { values: options } = parseArgs({
  options: {
    source: { type: "string" },
    data: { type: "string", default: "../shared/data" },
    research: { type: "boolean", default: false },
    work: { type: "string" },
    from: { type: "string" },
    steps: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
    threads: { type: "string", default: "2" },
  },
});
if (options.source === undefined) {
  throw new Error(
    "Name the directory of all-MiniLM-L6-v2 (config.json, tokenizer.json, model.safetensors): --source <dir>",
  );
}
const kind: TrainingKind = options.research ? "research" : "open";
const work = options.work ?? workFolder(kind);
refuseCommittedPlace(work, kind);
openCheckpoint(work, kind);
const from = options.from === undefined ? undefined : requireCheckpoint(options.from, "open");
const totalSteps = Number(options.steps);
const threads = Number(options.threads);
const source = await readModelDirectory(options.source);
const tokenizer = await loadTokenizer(options.source);
mkdirSync(work, { recursive: true });
const logPath = join(work, "build.log");
const say = (line: string): void => {
  console.log(line);
  appendFileSync(logPath, `${line}\n`);
};

const data = loadBuildData({ dataPath: options.data, cachePath: work, tokenizer, kind, say });
const random = createRandom(options.seed);
const text = Object.values(data.text).flatMap(({ train }) => train);
const weights = startWeights(source, text, random.fork("heads"));
if (from !== undefined) readWeights(from, weights);
const padId = tokenizer.specialIds.pad;
// The ids below are reserved and special tokens of BERT's vocabulary.
const masking = {
  maskId: tokenizer.specialIds.mask,
  firstWordId: 999,
  vocabularySize: tokenizer.vocabularySize,
};
const batches = new BuildBatches(data, random.fork("batches"), masking, padId);
const trainer = await MultiTaskTrainer.create(source, weights, { batches, padId, totalSteps, threads });
const measureAfter = async (step: number): Promise<void> => {
  const figures = await quickMeasure(source.config, weights, data, { masking, padId, threads });
  say(JSON.stringify({ step, ...figures }));
};

const resumedAt = restoreCheckpoint(work, weights, trainer.adam, kind);
say(resumedAt === undefined ? "Starting" : `Resuming after step ${resumedAt}`);
// A build that ended between its checkpoint and its measure makes up for it.
if (resumedAt !== undefined && resumedAt % measuredEvery === 0) {
  const curve = readLearningCurve(readFileSync(logPath, "utf8"));
  if (!curve.some(({ step }) => step === resumedAt)) await measureAfter(resumedAt);
}
const startedMs = performance.now();
for (let step = (resumedAt ?? 0) + 1; step <= totalSteps; step++) {
  const { mlm, sentiment, distance, gradientNorm } = await trainer.step(step);
  if (step % 10 === 0) {
    const seconds = (performance.now() - startedMs) / 1000 / (step - (resumedAt ?? 0));
    say(
      `step ${step} mlm ${mlm.toFixed(3)} sentiment ${sentiment.toFixed(3)} distance ${distance.toFixed(4)} ` +
        `norm ${gradientNorm.toFixed(2)} ${seconds.toFixed(2)} s/step`,
    );
  }
  if (step % 100 === 0 || step === totalSteps) {
    saveCheckpoint(work, step, weights, trainer.adam, kind);
  }
  if (step % measuredEvery === 0 || step === totalSteps) {
    await measureAfter(step);
  }
}
await trainer.release();
say(`Done. Export with: npm run model:export --${options.research ? " --research" : ""} --source <dir>`);
