import type { Command } from "commander";
import { addCommonOptions, type CommonOptions } from "../../cli/common-options.ts";
import { formatTable } from "../../cli/format-table.ts";
import { openReader } from "../../cli/open-session.ts";
import { parseAmount } from "../../cli/parse-number.ts";
import type { CommandSurroundings } from "../../cli/surroundings.ts";
import { maximumPassages } from "../../session/learning-options.ts";
import { openVoiceBackground } from "../../session/voice-background.ts";
import { formatBytes } from "../../words/format.ts";
import { addTuningOptions, type TuningOptionValues, tuningChoice } from "../evaluation/tuning-options.ts";
import { evaluateGuesses, type GuessEvaluation, guessMethods } from "./evaluate-guesses.ts";

interface GuessesOptions extends CommonOptions<"seed" | "model">, TuningOptionValues {
  readonly passages: number;
  readonly measured: number;
  readonly draws: number;
}

/** `idiolect lab evaluate guesses <folder...>`. */
export function addEvaluateGuesses(evaluate: Command, surroundings: CommandSurroundings): void {
  const guesses = evaluate
    .command("guesses")
    .description("see what the language model, as it was learned of a writer, adds to the writer's voice")
    .argument("<folders...>", "writers' documents, a folder each, three or more")
    .option("--passages <n>", "maximum number of passages to learn from", parseAmount, maximumPassages)
    .option("--measured <n>", "passages of each writer to tell apart", parseAmount, 50)
    .option("--draws <n>", "how often words of a passage are hidden, others each time", parseAmount, 4);
  addCommonOptions(addTuningOptions(guesses), "seed", "model").action(
    async (folders: readonly string[], options: GuessesOptions) => {
      const terminal = surroundings(options);
      const { passages, measured, draws, seed } = options;
      const choice = tuningChoice(options);
      const background = openVoiceBackground();
      const reader = await openReader(options, terminal);
      const request = { folders, background, choice, passages, measured, draws, seed };
      const answer = await evaluateGuesses(reader, request, terminal);
      terminal.out(options.json ? JSON.stringify(answer) : describeGuesses(answer));
    },
  );
}

function describeGuesses({ writers, means, ...costs }: GuessEvaluation): string {
  const row = (name: string, areas: GuessEvaluation["means"]) => [
    name,
    ...guessMethods.map((method) => areas[method].toFixed(3)),
  ];
  const rows = Object.entries(writers).map(([name, areas]) => row(name, areas));
  return [
    `${costs.method}: ${formatBytes(costs.bytesPerWriter)} a writer; processor time ${(costs.learnMsPerWriter / 60_000).toFixed(1)} minutes to learn, ${costs.readMs.toFixed(0)} ms to read a passage once`,
    formatTable([["", ...guessMethods], ...rows, row("mean", means)]),
  ].join("\n");
}
