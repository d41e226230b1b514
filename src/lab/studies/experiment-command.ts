import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Argument, type Command } from "commander";
import { addCommonOptions, parseFile, parsePath } from "../../cli/common-options.ts";
import { UsageError } from "../../cli/errors.ts";
import { openReader } from "../../cli/open-session.ts";
import { parseAmount, parseCount, parseThresholds } from "../../cli/parse-number.ts";
import type { CommandSurroundings, Surroundings } from "../../cli/surroundings.ts";
import { createRandom } from "../../numbers/random.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import { threadCount } from "../../session/learning-options.ts";
import { packageRoot } from "../../session/package-root.ts";
import { commandOf, defaultTokens, type ExperimentOptions, machineName } from "./experiment-options.ts";
import { ExperimentProgress } from "./experiment-progress.ts";
import { conditionsOf, narrowStudy } from "./narrow-study.ts";
import { SentimentTask } from "./opinions/sentiment-task.ts";
import { runStudy } from "./run-study.ts";
import { studies } from "./studies.ts";
import type { Study, StudyPart, StudyTask } from "./study.ts";
import { describeParts, describeStudy, plotName, type StudyReport, studyReport } from "./study-report.ts";
import { fullSizes, quickSizes, type StudySizes } from "./study-sizes.ts";
import { hasLabels, openOpinions, openWriting, type StudySource } from "./study-source.ts";
import { summarisePart } from "./summarise-study.ts";
import { WordsTask } from "./words/words-task.ts";

/**
 * `idiolect lab experiment <name>`. With the environment variable IDIOLECT_EVALUATION_CACHE, a folder, fine-tuned
 * models are kept there, so that several studies train the same one once.
 */
export function addExperimentCommand(program: Command, surroundings: CommandSurroundings): void {
  const experiment = program
    .command("experiment")
    .description("run a study of the method and write a report; continues where it was interrupted")
    .addArgument(new Argument("<name>", "which study").choices(Object.keys(studies)))
    .option("--quick", "a small run, without --data on a made-up sample, to see that everything works")
    .option("--seeds <n>", "how often each condition is learned, from --seed on", parseAmount, 3)
    .option(
      "--data <file>",
      "JSON lines { writer, text, label or tags, time }, packed with gzip or not",
      parseFile,
    )
    .option(
      "--threshold <x,…>",
      "labels of --data are numbers; each class above the lowest begins here",
      parseThresholds,
    )
    .option("--label-field <name>", "field of --data that holds the label", "label")
    .option("--writers <n>", "how many writers to measure at most", parseAmount)
    .option(
      "--general-texts <n>",
      "how many of the other writers' texts the general model learns at most",
      parseCount,
    )
    .option("--only <task>", "sentiment or words")
    .option("--conditions <names>", "only these and the reference, separated by semicolons", parseNames)
    .option("--tokens <n>", "longest input with passages, in tokens", parseCount, defaultTokens)
    .option("--out <dir>", "where the report goes (default: experiments/<name>)", parsePath);
  addCommonOptions(experiment, "seed", "model").action(async (name: string, options: ExperimentOptions) => {
    const terminal = surroundings(options);
    const { report, folder } = await runExperiment(name, options, terminal);
    terminal.note(`written: ${join(folder, "report.md")}`);
    terminal.out(options.json ? JSON.stringify(report) : describeParts(report));
  });
}

async function runExperiment(
  name: string,
  options: ExperimentOptions,
  terminal: Surroundings,
): Promise<{ readonly report: StudyReport; readonly folder: string }> {
  const study = chosenStudy(name, options, terminal);
  const folder = options.out ?? resolve("experiments", name);
  mkdirSync(folder, { recursive: true });
  const { model } = await openReader(options, terminal);
  const seeds = Array.from({ length: options.seeds }, (_, at) => options.seed + at);
  const progress = new ExperimentProgress(terminal);
  try {
    const parts = await runStudy({
      study,
      seeds,
      cachePath: join(folder, "cells.jsonl"),
      listen: progress.listen,
      openTask: (part) => openTask(part, options, model, folder),
    });
    const random = createRandom(options.seed).fork("intervals");
    const head = { command: commandOf(name, options), machine: machineName(), model: model.id, seeds };
    const report = studyReport(
      study,
      parts.map((part) => summarisePart(part, random.fork(part.task.name))),
      head,
    );
    await writeReport(folder, study, report);
    return { report, folder };
  } finally {
    progress.stop();
  }
}

/** The study without what was not asked for, or what the data have no labels for. */
function chosenStudy(name: string, options: ExperimentOptions, { note }: Surroundings): Study {
  const study = studies[name]!({ isQuick: options.quick === true, tokens: options.tokens });
  const { only, conditions } = options;
  const known = conditionsOf(study);
  const unknown = conditions?.filter((condition) => !known.includes(condition)) ?? [];
  if (unknown.length > 0) {
    throw new UsageError(`No condition of ${name} is called "${unknown[0]}". They are: ${known.join("; ")}.`);
  }
  const tasks = study.parts.map(({ task }) => task).filter((task) => only === undefined || task === only);
  if (tasks.length === 0) throw new UsageError(`--only takes sentiment or words, not "${only}".`);
  const readable = tasks.filter((task) => task !== "sentiment" || hasLabels(sourceOf(options)));
  if (readable.length === 0) throw new UsageError(`${options.data} has no numbers in ${options.labelField}.`);
  if (readable.length < tasks.length) note(`${options.data} has no labels: only hidden words are studied`);
  return narrowStudy(study, { tasks: readable, ...(conditions === undefined ? {} : { conditions }) });
}

function sourceOf({ data, quick, threshold: thresholds, labelField }: ExperimentOptions): StudySource {
  if (data !== undefined) {
    const options = { labelField, ...(thresholds && { thresholds }) };
    return { kind: "file", path: data, options };
  }
  return quick ? { kind: "sample" } : { kind: "shared", folder: resolve(packageRoot(), "..", "shared") };
}

function sizesOf({ quick, writers, generalTexts }: ExperimentOptions): StudySizes {
  const sizes = quick ? quickSizes : fullSizes;
  const { sentiment } = sizes;
  return {
    ...sizes,
    writers: writers ?? sizes.writers,
    sentiment: { ...sentiment, generalTexts: generalTexts ?? sentiment.generalTexts },
  };
}

async function openTask(
  { task }: StudyPart,
  options: ExperimentOptions,
  base: PretrainedModel,
  folder: string,
): Promise<StudyTask> {
  const request = { base, sizes: sizesOf(options), seed: options.seed, threads: threadCount() };
  switch (task) {
    case "sentiment":
      return new SentimentTask({
        ...request,
        ...openOpinions(sourceOf(options)),
        folder: process.env["IDIOLECT_EVALUATION_CACHE"] ?? join(folder, "models"),
      });
    case "words":
      return new WordsTask({
        ...request,
        writers: await openWriting(sourceOf(options), base, request.sizes),
      });
    default:
      return task satisfies never;
  }
}

const parseNames = (names: string): readonly string[] => names.split(";").map((name) => name.trim());

async function writeReport(folder: string, study: Study, report: StudyReport): Promise<void> {
  writeFileSync(join(folder, "report.json"), `${JSON.stringify(report, undefined, 1)}\n`);
  writeFileSync(join(folder, "report.md"), describeStudy(report));
  // Drawing needs more code than all else here: it is loaded when there is something to draw.
  const { plotStudyPart } = await import("./plot-study.ts");
  report.parts.forEach((part, at) => {
    writeFileSync(join(folder, plotName(part)), plotStudyPart(part, study.parts[at]!.plot));
  });
}
