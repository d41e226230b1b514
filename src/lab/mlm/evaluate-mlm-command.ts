import { type Command, Option } from "commander";
import { addCommonOptions, type CommonOptions, parsePath } from "../../cli/common-options.ts";
import { formatTable } from "../../cli/format-table.ts";
import { openReader } from "../../cli/open-session.ts";
import { parseAmount } from "../../cli/parse-number.ts";
import type { CommandSurroundings } from "../../cli/surroundings.ts";
import { formatBytes, formatCount, formatDifference, formatPercent } from "../../words/format.ts";
import { addTuningOptions, type TuningOptionValues, tuningChoice } from "../evaluation/tuning-options.ts";
import { evaluateMlm, type MlmEvaluation, type TunedRequest, type WordsFigures } from "./evaluate-mlm.ts";
import { type WordsObjective, wordsObjectives } from "./words-task.ts";

interface MlmOptions extends CommonOptions<"seed" | "model">, TuningOptionValues {
  readonly other: string;
  readonly objective?: WordsObjective;
  readonly generator?: string;
  readonly passages?: number;
}

/** `idiolect lab evaluate mlm <folder> --other <folder>`. */
export function addEvaluateMlm(evaluate: Command, surroundings: CommandSurroundings): void {
  const mlm = evaluate
    .command("mlm")
    .description(
      "guess hidden words in the newest 10 % of the documents, with and without the writer's prompts",
    )
    .argument("<folder>", "a writer's documents")
    .requiredOption("--other <folder>", "another writer's documents, for comparison")
    .addOption(
      new Option("--objective <what>", "what is learned (default: masked-words)").choices(wordsObjectives),
    )
    .option(
      "--generator <dir>",
      "model that puts in other words (a generator), for --objective replaced-tokens",
      parsePath,
    )
    .option("--passages <n>", "maximum number of passages per writer", parseAmount);
  addCommonOptions(addTuningOptions(mlm), "seed", "model").action(
    async (folder: string, options: MlmOptions) => {
      const terminal = surroundings(options);
      const { other, seed } = options;
      const tuned = tunedRequest(options);
      const reader = await openReader(options, terminal);
      const result = await evaluateMlm(reader, { folder, other, seed, ...(tuned && { tuned }) }, terminal);
      terminal.out(options.json ? JSON.stringify(result) : describeMlmEvaluation(result));
    },
  );
}

/** Undefined where everything is to be as the product has it. */
function tunedRequest(options: MlmOptions): TunedRequest | undefined {
  const { objective, generator, passages } = options;
  const choice = tuningChoice(options);
  const others = [objective, generator, passages];
  if (choice === undefined && others.every((option) => option === undefined)) return undefined;
  return {
    objective: objective ?? "masked-words",
    ...(choice && { choice }),
    ...(generator !== undefined && { generator }),
    ...(passages !== undefined && { passages }),
  };
}

function describeMlmEvaluation(result: MlmEvaluation<WordsFigures>): string {
  const { tokens, masked, none, shared, own, other, difference, differenceToOther, tuning } = result;
  const rows = Object.entries({ none, shared, own, other }).map(([name, figures]) => [
    name,
    figures.loss.toFixed(4),
    ...("perplexity" in figures
      ? [figures.perplexity.toFixed(2), formatPercent(figures.top1, 2)]
      : [formatPercent(figures.accuracy, 2)]),
  ]);
  const isMasked = tuning.objective === "masked-words";
  return [
    `${formatCount(tokens)} tokens held out, ${formatCount(masked)} of them ${isMasked ? "hidden" : "judged"}`,
    `${tuning.method}: ${formatBytes(tuning.bytesPerWriter)} a writer`,
    formatTable([["", "loss", ...(isMasked ? ["perplexity"] : []), "right"], ...rows]),
    `  own − shared: ${formatDifference(difference, 4)} nats`,
    `  own − other:  ${formatDifference(differenceToOther, 4)} nats`,
  ].join("\n");
}
