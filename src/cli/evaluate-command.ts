import { type Command, Option } from "commander";
import { PretrainedModel } from "../plm/pretrained-model.ts";
import { generalReader } from "../profile/profile.ts";
import type { TagEvaluation } from "../tasks/tags/evaluate-tags.ts";
import { addCommonOptions, type CommonOptions, modelCachePath, parsePath } from "./common-options.ts";
import { evaluateMlm, type MlmEvaluation, type TunedRequest, type WordsFigures } from "./evaluate-mlm.ts";
import { addEvaluateSentiment } from "./evaluate-sentiment.ts";
import { evaluateTagsOf } from "./evaluate-tags.ts";
import { formatBytes, formatCount, formatPlural, formatSigned, formatTable } from "./format.ts";
import { readRankerPrior } from "./ranker-prior-file.ts";
import type { CommandSurroundings } from "./surroundings.ts";
import { addTuningOptions, type TuningOptionValues, tuningChoice } from "./tuning-options.ts";
import { type WordsObjective, wordsObjectives } from "./words-task.ts";

interface TagOptions extends CommonOptions {
  readonly prior?: string;
}

interface MlmOptions extends CommonOptions, TuningOptionValues {
  readonly other: string;
  readonly objective?: WordsObjective;
  readonly generator?: string;
}

export function addEvaluateCommand(program: Command, surroundings: CommandSurroundings): void {
  const evaluate = program.command("evaluate").description("measure on a writer's folder; keeps nothing");
  const tags = evaluate
    .command("tags")
    .description("suggest tags for the newest 30 % of the documents, beside other methods")
    .argument("<folder>", "a writer's tagged documents");
  tags.option("--prior <file>", "ranker weights of other writers (default: the shipped ones)");
  addCommonOptions(tags).action(async (folder: string, options: TagOptions) => {
    const terminal = surroundings(options);
    const prior = options.prior === undefined ? undefined : await readRankerPrior(options.prior);
    const reader = generalReader(await PretrainedModel.open(options.model, modelCachePath()));
    const result = await evaluateTagsOf(reader, { folder, seed: options.seed, prior }, terminal);
    terminal.out(options.json ? JSON.stringify(result) : describeTagEvaluation(result));
  });
  const mlm = evaluate
    .command("mlm")
    .description(
      "guess hidden words of the newest 10 % of the documents, with and without the writer's prompts",
    )
    .argument("<folder>", "a writer's documents")
    .requiredOption("--other <folder>", "another writer's documents, for comparison")
    .addOption(
      new Option("--objective <what>", "what is learned (default: masked-words)").choices(wordsObjectives),
    )
    .option("--generator <dir>", "model that puts words in, for --objective replaced-tokens", parsePath);
  addCommonOptions(addTuningOptions(mlm)).action(async (folder: string, options: MlmOptions) => {
    const terminal = surroundings(options);
    const { other, seed } = options;
    const tuned = tunedRequest(options);
    const reader = generalReader(await PretrainedModel.open(options.model, modelCachePath()));
    const result = await evaluateMlm(reader, { folder, other, seed, ...(tuned && { tuned }) }, terminal);
    terminal.out(options.json ? JSON.stringify(result) : describeMlmEvaluation(result));
  });
  addEvaluateSentiment(evaluate, surroundings);
}

/** Undefined where everything is to be as the product has it. */
function tunedRequest(options: MlmOptions): TunedRequest | undefined {
  const { objective, generator } = options;
  const choice = tuningChoice(options);
  if (choice === undefined && objective === undefined && generator === undefined) return undefined;
  return {
    objective: objective ?? "masked-words",
    ...(choice && { choice }),
    ...(generator !== undefined && { generator }),
  };
}

function describeTagEvaluation({ documents, methods, bestOther, difference }: TagEvaluation): string {
  const rows = Object.entries(methods).map(([name, { known, all }]) => [
    name,
    ...[known, all].flatMap(({ mrr, recallAt5, precisionAt1 }) =>
      [mrr, recallAt5, precisionAt1].map((value) => value.toFixed(3)),
    ),
  ]);
  const head = ["", "known MRR", "recall@5", "prec@1", "all MRR", "recall@5", "prec@1"];
  return [
    `${formatPlural(documents, "document")}, the newest 30 % suggested tags from all before them`,
    formatTable([head, ...rows]),
    `  idiolect − ${bestOther}: recall@5 ${interval(difference)}`,
  ].join("\n");
}

function describeMlmEvaluation(result: MlmEvaluation<WordsFigures>): string {
  const { tokens, masked, none, shared, own, other, difference, differenceToOther, tuning } = result;
  const rows = Object.entries({ none, shared, own, other }).map(([name, figures]) => [
    name,
    figures.loss.toFixed(4),
    ...("perplexity" in figures
      ? [figures.perplexity.toFixed(2), `${(100 * figures.top1).toFixed(2)} %`]
      : [`${(100 * figures.accuracy).toFixed(2)} %`]),
  ]);
  const isMasked = tuning.objective === "masked-words";
  return [
    `${formatCount(tokens)} tokens held out, ${formatCount(masked)} of them ${isMasked ? "hidden" : "judged"}`,
    `${tuning.method}: ${formatBytes(tuning.bytesPerWriter)} a writer`,
    formatTable([["", "loss", ...(isMasked ? ["perplexity"] : []), "right"], ...rows]),
    `  own − shared: ${interval(difference)} nats`,
    `  own − other:  ${interval(differenceToOther)} nats`,
  ].join("\n");
}

function interval({
  mean,
  low,
  high,
}: {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}): string {
  return `${formatSigned(mean, 4)}, 95 % interval ${formatSigned(low, 4)} to ${formatSigned(high, 4)}`;
}
