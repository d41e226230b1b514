import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { addCommonOptions, type CommonOptions, parseFile } from "../../cli/common-options.ts";
import { UsageError } from "../../cli/errors.ts";
import { openReader } from "../../cli/open-session.ts";
import { parseAmount, parseShare, parseThresholds } from "../../cli/parse-number.ts";
import { progressBar } from "../../cli/progress-bar.ts";
import type { CommandSurroundings, Surroundings } from "../../cli/surroundings.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import { ModelWithoutToneError } from "../../profile/errors.ts";
import { threadCount } from "../../session/learning-options.ts";
import { describeChoices, describeSentimentStudy } from "./describe-sentiment-study.ts";
import { type OpinionSet, readOpinions } from "./opinion-texts.ts";
import type { MethodScores } from "./score-methods.ts";
import {
  type SentimentStage,
  type SentimentStudy,
  type SentimentStudyRequest,
  studySentiment,
} from "./sentiment-study.ts";
import {
  addSentimentTuning,
  type SentimentTuning,
  type SentimentTuningValues,
  tunedOpinions,
  tuningTold,
} from "./sentiment-tuning.ts";
import type { SplitOptions } from "./writer-split.ts";

interface SentimentOptions extends CommonOptions<"seed" | "model">, SentimentTuningValues {
  readonly min: number;
  readonly targets: number;
  readonly targetWriters?: string;
  readonly threshold?: readonly number[];
  readonly labelField: string;
}

/** The answer of `idiolect lab evaluate sentiment --json`. */
export interface SentimentEvaluation {
  readonly version: 1;
  /** New writers that were measured. */
  readonly writers: number;
  readonly methods: MethodScores;
  /** What the method `prompts` tuned; absent where it was the product's prompts. */
  readonly tuning?: SentimentTuning;
}

/** `idiolect lab evaluate sentiment <file>`. */
export function addEvaluateSentiment(evaluate: Command, surroundings: CommandSurroundings): void {
  const sentiment = evaluate
    .command("sentiment")
    .description("read new writers' later texts, with and without learning from their earlier labels")
    .argument("<file>", "JSON lines { writer, time, text, label }, packed with gzip or not", parseFile)
    .option("--min <n>", "how many texts a measured writer must have", parseAmount, 40)
    .option("--targets <share>", "share of the writers to treat as new", parseShare, 0.2)
    .option(
      "--target-writers <file>",
      "names of the new writers, one per line, instead of a share",
      parseFile,
    )
    .option(
      "--threshold <x,…>",
      "labels are numbers; each class above the lowest begins here",
      parseThresholds,
    )
    .option("--label-field <name>", "field that holds the label", "label");
  addCommonOptions(addSentimentTuning(sentiment), "seed", "model").action(
    async (file: string, options: SentimentOptions) => {
      const terminal = surroundings(options);
      const tuned = tunedOpinions(options);
      const opinions = opinionsOf(file, options);
      const base = await openReader(options, terminal);
      if (tuned !== undefined && tuned.maskedLmWeight > 0) requireMaskedLm(base.model);
      requireTone(base.model);
      const split = { minimumTexts: options.min, targets: targetsOf(options) };
      const request = { base, opinions, split, seed: options.seed, ...(tuned && { tuned }) };
      const study = await runStudy(request, terminal);
      for (const line of describeChoices(study)) terminal.note(line);
      const { writers, methods } = study;
      const tuning = tuned && tuningTold(tuned);
      const answer: SentimentEvaluation = { version: 1, writers, methods, ...(tuning && { tuning }) };
      terminal.out(options.json ? JSON.stringify(answer) : describeSentimentStudy(study, tuning));
    },
  );
}

/** Before minutes of fine-tuning are spent: the general model starts from the head. */
function requireTone({ directory }: PretrainedModel): void {
  if (!directory.heads.sentiment) throw new ModelWithoutToneError(directory.path);
}

/** Before minutes of fine-tuning are spent. Throws UsageError. */
function requireMaskedLm({ directory }: PretrainedModel): void {
  if (directory.heads.mlm) return;
  throw new UsageError(
    `${directory.path} has no head that guesses hidden words. Leave --masked-lm-weight out, or give a --model with one.`,
  );
}

/**
 * Fine-tunes a general model on the other writers and measures the new ones. With the environment variable
 * IDIOLECT_EVALUATION_CACHE, a folder, fine-tuned models are kept there and taken from there.
 */
async function runStudy(
  request: Omit<SentimentStudyRequest, "folder" | "threads">,
  { hasTerminal }: Surroundings,
): Promise<SentimentStudy> {
  const cache = process.env["IDIOLECT_EVALUATION_CACHE"];
  const folder = cache ?? mkdtempSync(join(tmpdir(), "idiolect-sentiment-"));
  mkdirSync(folder, { recursive: true });
  const bar = progressBar(hasTerminal, "  {bar} {percentage} %  {stage}");
  bar?.start(100, 0, { stage: stageNames.general });
  try {
    return await studySentiment({ ...request, folder, threads: threadCount() }, async (stage, fraction) => {
      bar?.update(Math.floor(100 * fraction), { stage: stageNames[stage] });
    });
  } finally {
    bar?.stop();
    if (cache === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

function opinionsOf(file: string, { threshold: thresholds, labelField }: SentimentOptions): OpinionSet {
  return readOpinions(file, { labelField, ...(thresholds && { thresholds }) });
}

function targetsOf({ targets, targetWriters }: SentimentOptions): SplitOptions["targets"] {
  if (targetWriters === undefined) return { kind: "share", share: targets };
  const names = readFileSync(targetWriters, "utf8").split(/\r?\n/);
  return { kind: "named", writers: new Set(names.map((name) => name.trim()).filter((name) => name !== "")) };
}

const stageNames: Readonly<Record<SentimentStage, string>> = {
  general: "learning the general reading from other writers",
  head: "learning a softmax head from other writers",
  reading: "reading",
  priors: "learning how writers differ",
  prompts: "choosing how prompts are tuned",
  targets: "tuning new writers' prompts",
};
