import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SingleBar } from "cli-progress";
import { type Command, InvalidArgumentError } from "commander";
import { readOpinions } from "../evaluation/studies/sentiment/opinion-texts.ts";
import type { MethodScores } from "../evaluation/studies/sentiment/score-methods.ts";
import {
  type SentimentStage,
  type SentimentStudy,
  type StageListener,
  studySentiment,
} from "../evaluation/studies/sentiment/sentiment-study.ts";
import type { TunedOpinions } from "../evaluation/studies/sentiment/writer-prompts.ts";
import type { SplitOptions } from "../evaluation/studies/sentiment/writer-split.ts";
import { threadCount } from "../learner/learning-defaults.ts";
import { PretrainedModel } from "../plm/pretrained-model.ts";
import { generalReader } from "../profile/profile.ts";
import {
  addCommonOptions,
  type CommonOptions,
  modelCachePath,
  parseCount,
  parsePath,
} from "./common-options.ts";
import { UsageError } from "./errors.ts";
import { productsFor } from "./fit-tuning.ts";
import { formatCount, formatPlural, formatSigned, formatTable } from "./format.ts";
import type { CommandSurroundings, Surroundings } from "./surroundings.ts";
import { addTuningOptions, type TuningOptionValues, tuningChoice } from "./tuning-options.ts";

interface SentimentOptions extends CommonOptions, TuningOptionValues {
  readonly min: number;
  readonly targets: number;
  readonly targetWriters?: string;
  readonly threshold?: number;
  readonly labelField: string;
}

/** The answer of `idiolect evaluate sentiment --json`. */
export interface SentimentEvaluation {
  readonly version: 1;
  /** New writers that were measured. */
  readonly writers: number;
  readonly methods: MethodScores;
}

/** `idiolect evaluate sentiment <file>`. */
export function addEvaluateSentiment(evaluate: Command, surroundings: CommandSurroundings): void {
  const sentiment = evaluate
    .command("sentiment")
    .description("read new writers' later texts, with and without what their earlier labels say")
    .argument("<file>", "JSON lines { writer, time, text, label }, packed with gzip or not", parsePath)
    .option("--min <n>", "texts that a measured writer must have", parseCount, 40)
    .option("--targets <share>", "share of the writers that are new ones", parseShare, 0.2)
    .option("--target-writers <file>", "names of the new writers, one a line, in place of a share", parsePath)
    .option("--threshold <x>", "labels are numbers, positive from here on", parseNumber)
    .option("--label-field <name>", "field that holds the label", "label");
  addCommonOptions(addTuningOptions(sentiment)).action(async (file: string, options: SentimentOptions) => {
    const terminal = surroundings(options);
    const study = await evaluateSentiment(file, options, terminal);
    const { writers, methods } = study;
    const answer: SentimentEvaluation = { version: 1, writers, methods };
    terminal.out(options.json ? JSON.stringify(answer) : describeStudy(study));
  });
}

/**
 * Fine-tunes a general model on the other writers and measures the new ones. With the environment variable
 * IDIOLECT_EVALUATION_CACHE, a folder, fine-tuned models are kept there and taken from there.
 */
async function evaluateSentiment(
  file: string,
  options: SentimentOptions,
  terminal: Surroundings,
): Promise<SentimentStudy> {
  const { threshold, labelField, seed, model } = options;
  const tuned = await tunedOpinions(options);
  const opinions = readOpinions(file, { labelField, ...(threshold === undefined ? {} : { threshold }) });
  const base = generalReader(await PretrainedModel.open(model, modelCachePath()));
  const cache = process.env["IDIOLECT_EVALUATION_CACHE"];
  const folder = cache ?? mkdtempSync(join(tmpdir(), "idiolect-sentiment-"));
  mkdirSync(folder, { recursive: true });
  const bar = new StageBar(terminal.hasTerminal);
  try {
    const split = { minimumTexts: options.min, targets: targetsOf(options) };
    const request = { base, opinions, split, folder, seed, threads: threadCount(), ...(tuned && { tuned }) };
    const study = await studySentiment(request, bar.listen);
    bar.stop();
    for (const line of describeChoices(study)) terminal.note(line);
    return study;
  } finally {
    bar.stop();
    if (cache === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** What the method `prompts` tunes where it is not to be the product's prompts. */
async function tunedOpinions(options: SentimentOptions): Promise<TunedOpinions | undefined> {
  const choice = tuningChoice(options);
  if (choice === undefined) return undefined;
  if (choice.epochs !== undefined || options.rates !== undefined) {
    throw new UsageError("--rates and --epochs are chosen on other writers here. Leave them out.");
  }
  const { way, writerDropout, strength } = choice;
  const products = options.products === "rounded" ? await productsFor(choice) : "full";
  return { way, writerDropout, strength, products };
}

function targetsOf({ targets, targetWriters }: SentimentOptions): SplitOptions["targets"] {
  if (targetWriters === undefined) return { kind: "share", share: targets };
  const names = readFileSync(targetWriters, "utf8").split(/\r?\n/);
  return { kind: "named", writers: new Set(names.map((name) => name.trim()).filter((name) => name !== "")) };
}

const stageNames: Readonly<Record<SentimentStage, string>> = {
  general: "learning the general reading from other writers",
  reading: "reading",
  priors: "learning how writers differ",
  prompts: "choosing how prompts are tuned",
  targets: "tuning new writers' prompts",
};

class StageBar {
  readonly #bar: SingleBar | undefined;

  constructor(hasTerminal: boolean) {
    this.#bar = hasTerminal
      ? new SingleBar({
          format: "  {bar} {percentage} %  {stage}",
          clearOnComplete: true,
          stream: process.stderr,
        })
      : undefined;
    this.#bar?.start(100, 0, { stage: stageNames.general });
  }

  readonly listen: StageListener = async (stage, fraction) => {
    this.#bar?.update(Math.floor(100 * fraction), { stage: stageNames[stage] });
  };

  stop(): void {
    this.#bar?.stop();
  }
}

function describeStudy({ writers, methods, gated, openGates, counts }: SentimentStudy): string {
  const rows = Object.entries({ ...methods, "under the gate": gated }).map(
    ([name, { accuracy, difference, writersWorse }]) => [
      name,
      percent(accuracy),
      points(difference.mean),
      `${points(difference.low)} to ${points(difference.high)}`,
      percent(writersWorse),
    ],
  );
  return [
    `${formatPlural(writers, "new writer")}, ${formatCount(counts.measuredTexts)} later texts read, ` +
      `${formatCount(counts.knownTexts)} earlier ones known`,
    formatTable([["", "right", "− general", "95 % interval", "writers worse"], ...rows]),
    `  the gate is open for ${formatPlural(openGates, "writer")}`,
  ].join("\n");
}

function describeChoices({ counts, choices, calibration }: SentimentStudy): readonly string[] {
  const { scale, priors, blend } = choices;
  const { bias, spread, taste, near, reach } = priors.field;
  const sure = Object.entries(calibration).map(
    ([
      name,
      {
        expectedCalibrationError,
        risk,
        sure: { coverage, risk: riskOfSure },
      },
    ]) =>
      `${name} ${expectedCalibrationError.toFixed(3)} (wrong: ${percent(risk)} of all, ` +
      `${percent(riskOfSure)} of the surest ${percent(coverage)})`,
  );
  return [
    `The general model learned ${formatCount(counts.trainingTexts)} texts; all choices were made on ` +
      `${formatPlural(counts.tuningWriters, "other writer")}; ` +
      `near copies left out: ${formatCount(counts.nearCopies)}.`,
    `Variances over writers: bias ${bias}, spread ${spread}, taste ${taste}, near ${near} (reach ${reach}); ` +
      `temperature ${scale.temperature.toFixed(2)}.`,
    `Blend: ${percent(blend.prompts)} of the prompts' shift, ${percent(blend.field)} of the labels'.`,
    `Expected calibration error: ${sure.join("; ")}.`,
  ];
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const points = (difference: number): string => formatSigned(100 * difference, 1);

function parseNumber(text: string): number {
  const number = Number(text);
  if (!Number.isFinite(number) || text.trim() === "") throw new InvalidArgumentError("A number is needed.");
  return number;
}

function parseShare(text: string): number {
  const share = parseNumber(text);
  if (share <= 0 || share >= 1) throw new InvalidArgumentError("A number between 0 and 1 is needed.");
  return share;
}
