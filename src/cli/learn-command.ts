import { resolve } from "node:path";
import type { Command } from "commander";
import { nameOfWriter } from "../learner/writer-name.ts";
import type { LearningOutcome } from "../protocol/learner-messages.ts";
import { settings } from "../protocol/settings.ts";
import { addCommonOptions, type CommonOptions } from "./common-options.ts";
import { describeSigns } from "./describe-report.ts";
import { formatBytes, formatPlural, formatSeconds, formatTable } from "./format.ts";
import { parseWithin } from "./number-arguments.ts";
import { openStoreAloud } from "./reading-session.ts";
import { runLearner } from "./run-learner.ts";
import type { CommandSurroundings, Surroundings } from "./surroundings.ts";

interface LearnOptions extends CommonOptions<"store" | "writer" | "seed" | "model"> {
  readonly cpuPercent: number;
}

const cpuPercent = settings["learning.cpuPercent"];

export function addLearnCommand(program: Command, surroundings: CommandSurroundings): void {
  const command = program
    .command("learn")
    .description("learn a writer from folders of documents")
    .argument("<folder...>", "folders or files that the writer wrote")
    .option(
      "--cpu-percent <n>",
      "share of time to compute in",
      parseWithin(cpuPercent.bounds),
      cpuPercent.inTerminal,
    );
  addCommonOptions(command, "store", "writer", "seed", "model").action(
    async (folders: string[], options: LearnOptions) => {
      const terminal = surroundings(options);
      const { out, note } = terminal;
      const paths = folders.map((folder) => resolve(folder));
      const writer = await writerOf(paths, options, terminal);
      const outcome = await runLearner({ ...options, folders: paths, writer }, terminal);
      if (options.json) {
        out(JSON.stringify({ version: 1, ...outcome }));
        return;
      }
      out(describeOutcome(outcome));
      note(`\nNext: idiolect read <file>, idiolect tags <file>, idiolect report`);
    },
  );
}

async function writerOf(
  paths: readonly string[],
  options: LearnOptions,
  terminal: Surroundings,
): Promise<string> {
  using store = openStoreAloud(options.store, terminal);
  return options.writer ?? (await nameOfWriter(store, paths));
}

/** What was learned, in a few lines. */
export function describeOutcome({
  writer,
  documents,
  words,
  passages,
  tags,
  learned,
  gate,
  signs,
  drift,
}: LearningOutcome): string {
  const { skipped, steps, seconds, peakMemoryBytes } = learned;
  const work = skipped
    ? "Nothing has changed since it was learned, so nothing was learned again."
    : `Learned in ${formatSeconds(seconds)}: ${formatPlural(steps, "step")}, peak memory ${formatBytes(peakMemoryBytes)}.`;
  const gates = Object.entries(gate).map(([task, { open, reason }]) => [
    task,
    open ? "open" : "closed",
    reason,
  ]);
  return [
    `${writer}: ${formatPlural(documents, "document")}, ${formatPlural(words, "word")}, ` +
      `${formatPlural(passages, "passage")}, ${formatPlural(tags, "tag")}.`,
    work,
    ...(drift === undefined ? [] : [`New documents and what was learned before: ${drift.reason}.`]),
    formatTable(gates),
    ...(signs.length === 0 ? [] : [describeSigns(signs)]),
  ].join("\n");
}
