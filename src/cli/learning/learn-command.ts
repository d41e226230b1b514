import { type Command, InvalidArgumentError, Option } from "commander";
import { canonicalPath } from "../../corpus/files/canonical-path.ts";
import type { CorpusSettings, LearningOutcome } from "../../protocol/learner.ts";
import { type HashtagUse, hashtagUses, settingFrom, settings } from "../../protocol/settings.ts";
import { nameOfWriter } from "../../session/writer-name.ts";
import type { FileChoice } from "../../store/repositories/writers.ts";
import { formatBytes, formatPlural, formatSeconds } from "../../words/format.ts";
import { addCommonOptions, type CommonOptions } from "../common-options.ts";
import { UsageError } from "../errors.ts";
import { formatTable } from "../format-table.ts";
import { openSession } from "../open-session.ts";
import { languagesHelp, parseLanguages } from "../parse-languages.ts";
import { parseNumberWithin } from "../parse-number.ts";
import { describeSigns } from "../report/describe-report.ts";
import type { CommandSurroundings, Surroundings } from "../surroundings.ts";
import { runLearner } from "./run-learner.ts";

interface LearnOptions extends CommonOptions<"store" | "writer" | "seed" | "model"> {
  readonly cpuPercent: number;
  readonly pauseOnBattery?: boolean;
  readonly schedule?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly allFiles?: true;
  readonly author?: string;
  readonly coAuthors?: boolean;
  readonly languages?: readonly string[];
  readonly voice?: boolean;
  readonly hashtags?: HashtagUse;
}

const cpuPercent = settings["learning.cpuPercent"];

export function addLearnCommand(program: Command, surroundings: CommandSurroundings): void {
  const command = program
    .command("learn")
    .description("learn a writer from folders of documents")
    .argument("<folder...>", "folders or files that the writer wrote")
    .option(
      "--include <glob>",
      "read only files that match, relative to each folder; may be repeated",
      collected,
    )
    .option("--exclude <glob>", "leave out files that match; may be repeated", collected)
    .option(
      "--all-files",
      "go back to reading all files of kinds that are read, those that came later included",
    )
    .option("--languages <list>", languagesHelp, parseLanguages)
    .addOption(new Option("--hashtags <use>", "whether hashtags in the text are tags").choices(hashtagUses))
    .option("--author <name>", "whose documents to learn from, if others write there as well")
    .option("--co-authors", "also learn from documents that the author wrote together with others")
    .option("--no-co-authors", "go back to leaving those out")
    .option("--voice", "also learn how the writer sounds, for idiolect voice")
    .option("--no-voice", "go back to not learning that")
    .option(
      "--cpu-percent <n>",
      "share of processor time that learning may take",
      parseNumberWithin(cpuPercent.bounds),
      cpuPercent.inTerminal,
    )
    .option("--pause-on-battery", "wait for mains power while the machine runs on battery")
    .option("--schedule <hours>", "learn at these hours of the day only, such as 22:00-06:00", parseSchedule);
  addCommonOptions(command, "store", "writer", "seed", "model").action(
    async (folders: string[], options: LearnOptions) => {
      const terminal = surroundings(options);
      const { out, note } = terminal;
      const paths = folders.map((folder) => canonicalPath(folder));
      const writer = await writerOf(paths, options, terminal);
      const corpus = givenFiles(options);
      if (corpus === undefined) tellChosenFiles(writer, options, terminal);
      const request = { ...options, folders: paths, writer, ...(corpus && { corpus }) };
      const outcome = await runLearner(request, terminal);
      if (options.json) {
        out(JSON.stringify({ version: 1, ...outcome }));
        return;
      }
      out(describeOutcome(outcome));
      note(`\nNext: idiolect read <file>, idiolect tags <file>, idiolect report`);
    },
  );
}

function parseSchedule(given: string): string {
  const hours = settingFrom("learning.schedule", given);
  if (hours === undefined) throw new InvalidArgumentError("Write hours such as 22:00-06:00, or always.");
  return hours;
}

/** What the options say about files; undefined where they say nothing. */
function givenFiles({
  include,
  exclude,
  allFiles,
  languages,
  hashtags,
}: LearnOptions): CorpusSettings | undefined {
  if (allFiles && (include ?? exclude) !== undefined) {
    throw new UsageError("--all-files undoes --include and --exclude: use one or the other.");
  }
  if ((include ?? exclude ?? languages ?? hashtags) === undefined && !allFiles) return undefined;
  return {
    by: "terminal",
    ...(include && { include: [...include] }),
    ...(exclude && { exclude: [...exclude] }),
    ...(languages && { languages: [...languages] }),
    ...(hashtags && { hashtags }),
  };
}

function tellChosenFiles(name: string, options: LearnOptions, terminal: Surroundings): void {
  using store = openSession(options, terminal).store;
  const writer = store.writers.named(name);
  const { byFolder = {}, ...common } = (writer && store.writers.chosenFiles(writer.id)) ?? {};
  const own = Object.entries(byFolder);
  const parts =
    own.length === 0
      ? patternsIn(common)
      : own.flatMap(([folder, choice]) => patternsIn(choice).map((pattern) => `${pattern} in ${folder}`));
  if (parts.length > 0) {
    terminal.note(
      `Reading the files that were chosen before: ${parts.join("; ")}. To choose others, use --include, --exclude or --all-files.`,
    );
  }
}

const patternsIn = ({ include = [], exclude = [] }: FileChoice): readonly string[] => [
  ...(include.length === 0 ? [] : [`only ${include.join(", ")}`]),
  ...(exclude.length === 0 ? [] : [`not ${exclude.join(", ")}`]),
];

const collected = (glob: string, former: readonly string[] = []): readonly string[] => [...former, glob];

async function writerOf(
  paths: readonly string[],
  options: LearnOptions,
  terminal: Surroundings,
): Promise<string> {
  using store = openSession(options, terminal).store;
  return options.writer ?? (await nameOfWriter(store, paths, options.author));
}

/** What was learned, in a few lines. */
function describeOutcome({
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
  const gates = Object.entries(gate).flatMap(([task, state]) =>
    state === undefined ? [] : [[task, state.open ? "open" : "closed", state.reason]],
  );
  return [
    `${writer}: ${formatPlural(documents, "document")}, ${formatPlural(words, "word")}, ` +
      `${formatPlural(passages, "passage")}, ${formatPlural(tags, "tag")}.`,
    work,
    ...(drift === undefined ? [] : [`New documents and what was learned before: ${drift.reason}.`]),
    formatTable(gates),
    ...(signs.length === 0 ? [] : [describeSigns(signs)]),
  ].join("\n");
}
