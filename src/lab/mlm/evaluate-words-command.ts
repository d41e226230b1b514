import type { Command } from "commander";
import { addCommonOptions, type CommonOptions } from "../../cli/common-options.ts";
import { formatTable } from "../../cli/format-table.ts";
import { openReader } from "../../cli/open-session.ts";
import { parseAmount } from "../../cli/parse-number.ts";
import type { CommandSurroundings } from "../../cli/surroundings.ts";
import { maximumPassages } from "../../session/learning-options.ts";
import { formatCount, formatInterval, formatPercent, formatSigned } from "../../words/format.ts";
import { evaluateWords, type WordsEvaluation } from "./evaluate-words.ts";

interface WordsOptions extends CommonOptions<"seed" | "model"> {
  readonly words: number;
  readonly passages: number;
}

/** `idiolect lab evaluate words <folder>`. */
export function addEvaluateWords(evaluate: Command, surroundings: CommandSurroundings): void {
  const words = evaluate
    .command("words")
    .description("hide words of the newest 10 % of the documents, and see how often they are suggested")
    .argument("<folder>", "a writer's documents")
    .option("--words <n>", "how many words to hide at most", parseAmount, 1_000)
    .option("--passages <n>", "maximum number of passages to learn from", parseAmount, maximumPassages);
  addCommonOptions(words, "seed", "model").action(async (folder: string, options: WordsOptions) => {
    const terminal = surroundings(options);
    const reader = await openReader(options, terminal);
    const result = await evaluateWords(reader, { folder, ...options }, terminal);
    terminal.out(options.json ? JSON.stringify(result) : describeWordsEvaluation(result));
  });
}

function describeWordsEvaluation({ documents, passages, all, uncommon }: WordsEvaluation): string {
  const row = (name: string, { words, possible, general, own, difference }: WordsEvaluation["all"]) => [
    name,
    formatCount(words),
    formatPercent(possible / Math.max(1, words), 1),
    `${formatPercent(general.first, 1)}, ${formatPercent(general.firstFive, 1)}`,
    `${formatPercent(own.first, 1)}, ${formatPercent(own.firstFive, 1)}`,
    formatInterval(difference, (value) => formatSigned(100 * value, 1)),
  ];
  return [
    `learned from ${formatCount(passages)} passages; hidden in ${formatCount(documents)} later documents`,
    formatTable([
      ["", "words", "of one token", "general: first, first five", "own", "own − general, points"],
      row("all", all),
      row("uncommon", uncommon),
    ]),
  ].join("\n");
}
