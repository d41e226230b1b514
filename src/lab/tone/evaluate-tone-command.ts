import { join } from "node:path";
import type { Command } from "commander";
import { addCommonOptions, type CommonOptions, parseFile, parsePath } from "../../cli/common-options.ts";
import { parseCount } from "../../cli/parse-number.ts";
import type { CommandSurroundings, Surroundings } from "../../cli/surroundings.ts";
import { weightCachePath } from "../../plm/cache/weight-cache-path.ts";
import { PretrainedModel } from "../../plm/pretrained-model.ts";
import { type GeneralReader, generalReader } from "../../profile/profile.ts";
import { threadCount } from "../../session/learning-options.ts";
import type { ToneReading } from "../../tone/reading/tone-reading.ts";
import { readSidedTexts } from "../studies/opinions/sided-texts.ts";
import { describeSides, describeToneTable } from "./describe-tone-table.ts";
import { measureSides, type SidedText, type SideReport } from "./measure-sides.ts";
import { type ReadTone, readTones, readTonesInContext } from "./read-tones.ts";
import { type ToneTable, toneTable } from "./tone-table.ts";

interface ToneOptions extends CommonOptions<"model"> {
  readonly data?: string;
  readonly before: number;
  readonly sets: string;
}

/** The answer of `idiolect lab evaluate tone --data <file> --json`. */
export interface ToneEvaluation extends SideReport {
  readonly version: 1;
  readonly texts: number;
  /** Lines of which no side can be told; they count neither as right nor as wrong. */
  readonly leftOut: number;
  /** One for each text that counts, in order. */
  readonly readings: readonly ToneReading[];
}

/** The answer without a file. */
export interface ToneTableEvaluation extends ToneTable {
  readonly version: 1;
}

/** `idiolect lab evaluate tone [--data <file>]`. */
export function addEvaluateTone(evaluate: Command, surroundings: CommandSurroundings): void {
  const tone = evaluate
    .command("tone")
    .description("read labelled texts, each alone, and report how often the tone that is shown is right")
    .option(
      "--data <file>",
      "JSON lines { text, label } or { text, side }, packed with gzip or not; without it the table of all sets",
      parseFile,
    )
    .option(
      "--before <count>",
      "sentences before each text (its `before`) that are read with it as a hard prompt",
      parseCount,
      0,
    )
    .option("--sets <dir>", "the folder with the sets of the table", parsePath, join("..", "shared", "data"));
  addCommonOptions(tone, "model").action(async (options: ToneOptions) => {
    const terminal = surroundings(options);
    const file = options.data === undefined ? undefined : readSidedTexts(options.data);
    const reader = generalReader(await PretrainedModel.open(options.model, weightCachePath()));
    if (file === undefined) {
      const table: ToneTableEvaluation = { version: 1, ...(await readTable(reader, options.sets, terminal)) };
      terminal.out(options.json ? JSON.stringify(table) : describeToneTable(table));
      return;
    }
    const { texts, leftOut } = file;
    const read = await readSided(reader, texts, options.before);
    const report = measureSides(texts, read);
    const readings = read.map(({ reading }) => reading);
    const answer: ToneEvaluation = { version: 1, texts: texts.length, leftOut, ...report, readings };
    terminal.out(options.json ? JSON.stringify(answer) : describeSides(report));
  });
}

function readTable(reader: GeneralReader, sets: string, { note }: Surroundings): Promise<ToneTable> {
  return toneTable(reader, sets, threadCount(), (set, read, of) => {
    if (read === of) note(`${set}: ${of} texts read`);
  });
}

/** Alone, or with some of the sentences before each. */
function readSided(
  reader: GeneralReader,
  texts: readonly SidedText[],
  before: number,
): Promise<readonly ReadTone[]> {
  if (before === 0) {
    return readTones(
      reader,
      texts.map(({ text }) => text),
      { threads: threadCount() },
    );
  }
  const inContext = texts.map(({ text, before: all = [] }) => ({ text, before: all.slice(-before) }));
  return readTonesInContext(reader, inContext, threadCount());
}
