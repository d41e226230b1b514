/*
 * Builds the shipped base: masked words, tone and neighbours together from open sets (docs/models.md). Resumes from
 * its last checkpoint. Run it as
 *   npm run model:build -- --source <start weights> --teacher <directory of all-MiniLM-L6-v2> [--steps 2400]
 * `--teacher` says which texts are neighbours; the start weights do where it is absent. With --from it begins with the
 * weights of an earlier stage of open sets (its work folder, or what --keep wrote), in place of those of the source.
 * --keep writes the weights at the end as a small model directory. With --student the source is such a directory: what
 * is built has every second of its layers, and the source is its teacher. With --tone-teacher, which can be given several
 * times, finished models teach how texts without a label read. --dropout leaves out this share of the numbers between
 * the layers at each step, --masked and --neighbours weigh these losses beside tone, which counts 1. With --research it is trained on SST as well, and
 * what comes out stays out of what is shipped.
 */
import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createRandom } from "../../src/numbers/random.ts";
import { readModelDirectory } from "../../src/plm/files/model-directory.ts";
import { loadTokenizer } from "../../src/plm/tokens/tokenizer.ts";
import { BuildBatches } from "./build-batches.ts";
import { readStage, writeBuiltModel } from "./built-model.ts";
import { openCheckpoint, requireDropout, restoreCheckpoint, saveCheckpoint } from "./checkpoint.ts";
import { loadBuildData } from "./data.ts";
import { Dropout } from "./dropout.ts";
import { measuredEvery, readLearningCurve } from "./learning-curve.ts";
import { MultiTaskTrainer, usualWeights } from "./multi-task-trainer.ts";
import { quickMeasure } from "./quick-measure.ts";
import { builtConfig, startWeights } from "./start-weights.ts";
import { studentConfig, studentWeights } from "./student.ts";
import { requireTeacher } from "./teacher.ts";
import { ToneTeachers } from "./tone-teachers.ts";
import { refuseCommittedPlace, type TrainingKind, workFolder } from "./training-kind.ts";

const { values: options } = parseArgs({
  options: {
    source: { type: "string" },
    teacher: { type: "string" },
    data: { type: "string", default: "../shared/data" },
    research: { type: "boolean", default: false },
    work: { type: "string" },
    from: { type: "string" },
    keep: { type: "string" },
    student: { type: "boolean", default: false },
    "tone-teacher": { type: "string", multiple: true },
    steps: { type: "string", default: "2400" },
    text: { type: "string", default: "6" },
    tone: { type: "string" },
    masked: { type: "string", default: String(usualWeights.masked) },
    neighbours: { type: "string", default: String(usualWeights.neighbours) },
    dropout: { type: "string", default: "0" },
    rate: { type: "string", default: "1e-4" },
    seed: { type: "string", default: "1" },
    threads: { type: "string", default: "2" },
  },
});
if (options.source === undefined) {
  throw new Error(
    "Name the directory of the start weights (config.json, tokenizer.json, model.safetensors): --source <dir>",
  );
}
/** Less than this is lost where a build is stopped. */
const savedEveryMs = 5 * 60_000;
const kind: TrainingKind = options.research ? "research" : "open";
const work = options.work ?? workFolder(kind);
refuseCommittedPlace(work, kind);
if (options.keep !== undefined) refuseCommittedPlace(options.keep, kind);
const random = createRandom(options.seed);
const dropoutRate = Number(options.dropout);
const dropout = dropoutRate === 0 ? undefined : new Dropout(dropoutRate, random.fork("dropout"));
requireDropout(work, openCheckpoint(work, kind), dropoutRate);
const totalSteps = Number(options.steps);
const threads = Number(options.threads);
const source = await readModelDirectory(options.source);
const config = builtConfig(options.student ? studentConfig(source.config) : source.config);
const tokenizer = await loadTokenizer(options.source, { namesEmoji: config.names_emoji });
const teacher = await requireTeacher(options.teacher ?? options.source, source, tokenizer);
mkdirSync(work, { recursive: true });
const logPath = join(work, "build.log");
const say = (line: string): void => {
  console.log(line);
  appendFileSync(logPath, `${line}\n`);
};

const data = loadBuildData({ dataPath: options.data, cachePath: work, tokenizer, kind, say });
const text = Object.values(data.text).flatMap(({ train }) => train);
const sets = BuildBatches.sets.length;
const weights = options.student
  ? studentWeights(source, sets)
  : startWeights(source, config, { text, sets, random: random.fork("heads") });
if (options.from !== undefined) readStage(options.from, weights);
const padId = tokenizer.specialIds.pad;
// The ids below are reserved and special tokens of BERT's vocabulary.
const masking = {
  maskId: tokenizer.specialIds.mask,
  firstWordId: 999,
  vocabularySize: tokenizer.vocabularySize,
};
const enders = [".", "!", "?"].flatMap((mark) => tokenizer.encodeWords(mark).ids);
const batches = new BuildBatches(data, random.fork("batches"), { masking, padId, enders });
const teacherPaths = options["tone-teacher"];
const toneTeachers = teacherPaths && (await ToneTeachers.open(teacherPaths, join(work, "weights"), threads));
const sizes =
  options.student || toneTeachers !== undefined
    ? { text: Number(options.text), tone: Number(options.tone ?? 16), unlabelled: 48 }
    : { text: Number(options.text), tone: Number(options.tone ?? 32), unlabelled: 0 };
const trainer = await MultiTaskTrainer.create(config, teacher, weights, {
  batches,
  padId,
  sizes,
  toneTeachers,
  weigh: { ...usualWeights, masked: Number(options.masked), neighbours: Number(options.neighbours) },
  dropout,
  totalSteps,
  peakRate: Number(options.rate),
  threads,
});
const measureAfter = async (step: number): Promise<void> => {
  const figures = await quickMeasure(config, weights, data, { masking, padId, threads });
  say(JSON.stringify({ step, ...figures }));
};

if (dropout !== undefined) say(`With a dropout of ${dropout.rate}`);
const resumedAt = restoreCheckpoint(work, weights, trainer.adam, kind);
say(resumedAt === undefined ? "Starting" : `Resuming after step ${resumedAt}`);
// A build that ended between its checkpoint and its measure makes up for it.
if (resumedAt !== undefined && resumedAt % measuredEvery === 0) {
  const curve = readLearningCurve(readFileSync(logPath, "utf8"));
  if (!curve.some(({ step }) => step === resumedAt)) await measureAfter(resumedAt);
}
const startedMs = performance.now();
let savedMs = startedMs;
for (let step = (resumedAt ?? 0) + 1; step <= totalSteps; step++) {
  const { mlm, sentiment, soft, distance, gradientNorm } = await trainer.step(step);
  if (step % 10 === 0) {
    const seconds = (performance.now() - startedMs) / 1000 / (step - (resumedAt ?? 0));
    say(
      `step ${step} mlm ${mlm?.toFixed(3)} sentiment ${sentiment.toFixed(3)} distance ${distance.toFixed(4)} ` +
        `${soft === undefined ? "" : `soft ${soft.toFixed(3)} `}` +
        `norm ${gradientNorm.toFixed(2)} ${seconds.toFixed(2)} s/step`,
    );
  }
  const isMeasured = step % measuredEvery === 0 || step === totalSteps;
  if (isMeasured || performance.now() - savedMs > savedEveryMs) {
    saveCheckpoint(work, { step, weights, adam: trainer.adam, kind, dropout: dropoutRate });
    savedMs = performance.now();
  }
  if (isMeasured) await measureAfter(step);
}
await trainer.release();
await toneTeachers?.release();
if (options.keep !== undefined) {
  const { tokenizerPath } = source;
  writeBuiltModel(options.keep, {
    config,
    weights,
    tokenizerPath,
    step: totalSteps,
    kind,
    dropout: dropoutRate,
    withOffsets: true,
  });
  say(`Kept in ${options.keep}`);
}
say(`Done. Export with: npm run model:export --${options.research ? " --research" : ""} --source <dir>`);
