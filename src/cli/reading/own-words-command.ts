import type { Command } from "commander";
import type { Gate } from "../../numbers/gate.ts";
import { reportShape } from "../../profile/report.ts";
import { learnedPromptsOf } from "../../profile/versions.ts";
import { findOwnWords, type OwnWords } from "../../profile/watching/own-words.ts";
import { ownWordsMaterial } from "../../profile/watching/own-words-material.ts";
import { threadCount } from "../../session/learning-options.ts";
import type { ReadingSession } from "../../session/session.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import { formatPlural, formatRange } from "../../words/format.ts";
import { answerJson } from "../answer-json.ts";
import { chooseWriter } from "../choose-writer.ts";
import { addCommonOptions, type CommonOptions } from "../common-options.ts";
import { NoProfileError, otherModelLearned } from "../errors.ts";
import { formatTable } from "../format-table.ts";
import { withReadingSession } from "../open-session.ts";
import { parseAmount } from "../parse-number.ts";
import { activeVersion } from "../report/profile-command.ts";
import type { CommandSurroundings } from "../surroundings.ts";

interface OwnWordsOptions extends CommonOptions<"store" | "writer" | "seed" | "model"> {
  readonly limit: number;
  readonly other?: string;
}

/** The words, or why none are told. */
type Answer = { readonly gate: Gate } & Partial<OwnWords>;

export function addOwnWordsCommand(program: Command, surroundings: CommandSurroundings): void {
  const command = program
    .command("own-words")
    .description("list words that the writer uses in a personal way, with examples")
    .option(
      "--other <name>",
      "a writer in the store to compare with (default: any other; if there is none, random prompts alone)",
    )
    .option("--limit <n>", "how many words to show at most", parseAmount, 20);
  addCommonOptions(command, "store", "writer", "seed", "model").action(async (options: OwnWordsOptions) => {
    const terminal = surroundings(options);
    const { writer, answer } = await withReadingSession(options, terminal, async (session) => {
      const found = chooseWriter(session.store, options.writer);
      return { writer: found, answer: await ownWordsOf(session, found, options) };
    });
    const { words = [], ...rest } = answer;
    const shown = { ...rest, words: words.slice(0, options.limit) };
    terminal.out(
      options.json
        ? answerJson({ version: 1, writer: writer.name, ...shown })
        : describeOwnWords(writer.name, shown),
    );
  });
}

async function ownWordsOf(
  { store, reader }: ReadingSession,
  writer: Writer,
  { other: name, seed }: OwnWordsOptions,
): Promise<Answer> {
  const active = activeVersion(store, writer);
  if (active.baseModelId !== reader.id) throw otherModelLearned(writer);
  const gate = reportShape.parse(active.report).gate.masking;
  const prompts = learnedPromptsOf(store, active);
  const named = name === undefined ? undefined : chooseWriter(store, name);
  if (!gate.open) {
    return { gate };
  }
  if (prompts === undefined) {
    throw new NoProfileError(`${writer.name} was learned by an earlier version of Idiolect.`);
  }
  const compared = named === undefined ? undefined : [named];
  const found = await findOwnWords({
    reader,
    ...ownWordsMaterial(store, reader, writer, prompts, compared),
    seed,
    options: { threads: threadCount() },
  });
  return { gate, ...found };
}

function describeOwnWords(writer: string, { gate, control, measured = 0, words = [] }: Answer): string {
  if (control === undefined) {
    return `no distinctive words to report: the masking gate (does what was learned help to guess hidden words?) is closed: ${gate.reason}`;
  }
  const against =
    control === "otherWriter" ? "another writer's prompts and random prompts" : "random prompts";
  const rows = words.map(({ word, uses, distance, control: usual, excess }) => [
    word,
    String(uses),
    distance.toFixed(4),
    usual.toFixed(4),
    formatRange(excess, 4),
  ]);
  const head = ["word", "uses", "moved by", "usual", "95 % interval of the difference, by document"];
  const examples = words.flatMap(({ word, examples: [example] }) =>
    example === undefined ? [] : [`  ${word}: ${example.text}`],
  );
  return [
    `${writer}: ${formatPlural(words.length, "word")} shown of ${measured} measured, against ${against}`,
    formatTable([head, ...rows]),
    ...examples,
  ].join("\n");
}
