import { type Command, Option } from "commander";
import { addCommonOptions, type CommonOptions, parseFile } from "../../cli/common-options.ts";
import { UsageError } from "../../cli/errors.ts";
import { formatTable } from "../../cli/format-table.ts";
import { openReader } from "../../cli/open-session.ts";
import type { CommandSurroundings } from "../../cli/surroundings.ts";
import { formatBytes, formatDifference, formatPlural } from "../../words/format.ts";
import {
  addTuningOptions,
  type TuningOptionValues,
  tuningChoice,
  usualChoice,
} from "../evaluation/tuning-options.ts";
import type { TagVectorComparison } from "./compare-tag-vectors.ts";
import { evaluateTagFolder, type TagTuning } from "./evaluate-tag-folder.ts";
import type { TagEvaluation, TagMethodMetrics } from "./evaluate-tags.ts";
import { readRankerPrior } from "./fit-ranker-prior.ts";
import { checkWay, type VectorLossKind, vectorLossKinds } from "./fit-vectors.ts";

interface TagOptions extends CommonOptions<"seed" | "model">, TuningOptionValues {
  readonly prior?: string;
  readonly tune?: VectorLossKind;
}

/** `idiolect lab evaluate tags <folder>`. */
export function addEvaluateTags(evaluate: Command, surroundings: CommandSurroundings): void {
  const tags = evaluate
    .command("tags")
    .description("suggest tags for the newest 30 % of the documents, and compare with other methods")
    .argument("<folder>", "a writer's tagged documents")
    .option("--prior <file>", "ranker weights from other writers (default: the shipped ones)", parseFile)
    .addOption(
      new Option(
        "--tune <loss>",
        "also learn vectors from tags: by documents with a tag in common, or by the tags' own vectors",
      ).choices(vectorLossKinds),
    );
  addCommonOptions(addTuningOptions(tags), "seed", "model").action(
    async (folder: string, options: TagOptions) => {
      const terminal = surroundings(options);
      const tuning = requestedTuning(options);
      const prior = options.prior === undefined ? undefined : await readRankerPrior(options.prior);
      const reader = await openReader(options, terminal);
      const request = { folder, seed: options.seed, prior, ...(tuning && { tuning }) };
      const result = await evaluateTagFolder(reader, request, terminal);
      const lines = [describeTagEvaluation(result), ...(result.tuned ? [describeTuned(result.tuned)] : [])];
      terminal.out(options.json ? JSON.stringify(result) : lines.join("\n"));
    },
  );
}

function requestedTuning(options: TagOptions): TagTuning | undefined {
  const { tune: loss } = options;
  const choice = tuningChoice(options);
  if (loss !== undefined) {
    checkWay(choice ?? usualChoice);
    return { loss, choice: choice ?? usualChoice };
  }
  if (choice !== undefined) {
    throw new UsageError(
      "A way of tuning needs a loss that it learns tags with: --tune contrastive or --tune labels.",
    );
  }
  return undefined;
}

const measures = ["mrr", "recallAt5", "precisionAt1"] as const;
const head = ["", "known MRR", "recall@5", "prec@1", "all MRR", "recall@5", "prec@1"];

const cells = ({ known, all }: TagMethodMetrics): readonly string[] =>
  [known, all].flatMap((metrics) => measures.map((measure) => metrics[measure].toFixed(3)));

function describeTagEvaluation({ documents, methods, bestOther, difference }: TagEvaluation): string {
  const rows = Object.entries(methods).map(([name, metrics]) => [name, ...cells(metrics)]);
  return [
    `${formatPlural(documents, "document")}, the newest 30 % suggested tags from all before them`,
    formatTable([head, ...rows]),
    `  idiolect − ${bestOther}: recall@5 ${formatDifference(difference, 4)}`,
  ].join("\n");
}

function describeTuned({ loss, method, bytesPerWriter, documents, methods }: TagVectorComparison): string {
  const rows = Object.entries(methods).flatMap(([name, { without, tuned }]) => [
    [name, ...cells(without)],
    [`${name}, tuned`, ...cells(tuned)],
  ]);
  return [
    `${method}, tuned for tags (${loss}) on the oldest ${formatPlural(documents, "document")}: ` +
      `${formatBytes(bytesPerWriter)} a writer`,
    formatTable([head, ...rows]),
    ...Object.entries(methods).map(
      ([name, { difference }]) => `  ${name}, tuned − without: recall@5 ${formatDifference(difference, 4)}`,
    ),
  ].join("\n");
}
