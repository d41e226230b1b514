import type { Command } from "commander";
import { PretrainedModel } from "../plm/pretrained-model.ts";
import { generalReader } from "../profile/profile.ts";
import type { TagEvaluation } from "../tasks/tags/evaluate-tags.ts";
import { addCommonOptions, type CommonOptions, modelCachePath } from "./common-options.ts";
import { evaluateMlm, type MlmEvaluation } from "./evaluate-mlm.ts";
import { addEvaluateSentiment } from "./evaluate-sentiment.ts";
import { evaluateTagsOf } from "./evaluate-tags.ts";
import { formatCount, formatPlural, formatSigned, formatTable } from "./format.ts";
import { readRankerPrior } from "./ranker-prior-file.ts";
import type { CommandSurroundings } from "./surroundings.ts";

interface TagOptions extends CommonOptions {
  readonly prior?: string;
}

interface MlmOptions extends CommonOptions {
  readonly other: string;
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
    .requiredOption("--other <folder>", "another writer's documents, for comparison");
  addCommonOptions(mlm).action(async (folder: string, options: MlmOptions) => {
    const terminal = surroundings(options);
    const reader = generalReader(await PretrainedModel.open(options.model, modelCachePath()));
    const result = await evaluateMlm(reader, { folder, other: options.other, seed: options.seed }, terminal);
    terminal.out(options.json ? JSON.stringify(result) : describeMlmEvaluation(result));
  });
  addEvaluateSentiment(evaluate, surroundings);
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

function describeMlmEvaluation(result: MlmEvaluation): string {
  const { tokens, masked, none, shared, own, other, difference, differenceToOther } = result;
  const rows = Object.entries({ "no prompt": none, shared, own, other }).map(([name, figures]) => [
    name,
    figures.loss.toFixed(4),
    figures.perplexity.toFixed(2),
    `${(100 * figures.top1).toFixed(2)} %`,
  ]);
  return [
    `${formatCount(tokens)} tokens held out, ${formatCount(masked)} of them hidden`,
    formatTable([["", "loss", "perplexity", "right"], ...rows]),
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
