import { mkdirSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { type Command, Option } from "commander";
import { addCommonOptions, type CommonOptions, parsePath } from "../../cli/common-options.ts";
import { openReader } from "../../cli/open-session.ts";
import type { CommandSurroundings, Surroundings } from "../../cli/surroundings.ts";
import { createRandom } from "../../numbers/random.ts";
import { ModelWithoutToneError } from "../../profile/errors.ts";
import { threadCount } from "../../session/learning-options.ts";
import { textHash } from "../../text/text-hash.ts";
import { TextEncoder } from "../../tone/reading/text-encoder.ts";
import { writerPrior } from "../../tone/writer/writer-posterior.ts";
import { describeRounds, type RoundEvaluation } from "./describe-rounds.ts";
import { type RatedSet, ratedSets, readRatedWriters } from "./rated-writers.ts";
import { type ReadRatedWriter, readRatedWriter } from "./read-rated-writers.ts";
import { type RoundStudy, studyRounds } from "./round-study.ts";
import { knownShare, sideOrStrength } from "./side-or-strength.ts";
import { readWithTextsBefore } from "./texts-before.ts";
import { tryPriors } from "./try-priors.ts";

interface RoundOptions extends CommonOptions<"model" | "seed"> {
  readonly sets: string;
  readonly of: readonly RatedSet[];
  readonly keep: string;
  readonly tryPriors?: true;
  readonly sideOrStrength?: true;
}

/** Writers with fewer rated texts are left out. */
const fewestTexts = 40;

/** `idiolect lab evaluate round`. */
export function addEvaluateRound(evaluate: Command, surroundings: CommandSurroundings): void {
  const names = Object.keys(ratedSets) as RatedSet[];
  const round = evaluate
    .command("round")
    .description("ask writers of rated texts about some of them, and read the others as they mean them")
    .option("--sets <dir>", "the folder with the sets", parsePath, join("..", "shared", "data"))
    .addOption(new Option("--of <set...>", "which sets").choices(names).default(names))
    .option("--keep <dir>", "where general readings are kept", parsePath, join(".cache", "round"))
    .option("--side-or-strength", "also what is personal of critics: the side, or its strength")
    .option("--try-priors", "also how likely other priors are, on the writers who choose");
  addCommonOptions(round, "model", "seed").action(async (options: RoundOptions) => {
    const terminal = surroundings(options);
    const reader = await openReader(options, terminal);
    const encoder = new TextEncoder(reader.model, { threads: threadCount() });
    try {
      const scale = await encoder.scale();
      if (scale === undefined) throw new ModelWithoutToneError(reader.model.directory.path);
      mkdirSync(options.keep, { recursive: true });
      const sets: Partial<Record<RatedSet, RoundStudy>> = {};
      const choosing: ReadRatedWriter[] = [];
      const critics: ReadRatedWriter[] = [];
      const kept = options.keep;
      const random = createRandom(options.seed);
      for (const set of options.of) {
        const writers = await readAll(set, { reader, encoder, scale, kept: options.keep }, options, terminal);
        // Every second writer of a set chooses; of scale-movie, which has four, all are measured.
        const measured = set === "scale-movie" ? writers : writers.filter((_, at) => at % 2 === 1);
        choosing.push(...writers.filter((one) => !measured.includes(one)));
        if (set === "rt-critics") critics.push(...measured);
        sets[set] = studyRounds(measured, { scale, prior: writerPrior, random });
        terminal.note(`${set}: measured`);
      }
      const answer: RoundEvaluation = {
        version: 1,
        reader: reader.id,
        machine: `${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}`,
        sets,
        ...(options.sideOrStrength && {
          sideOrStrength: await sideOrStrength(
            critics,
            await readWithTextsBefore(
              critics,
              ratedTexts(options.sets),
              knownShare,
              { reader, kept },
              threadCount(),
            ),
            choosing,
            scale,
            random,
          ),
        }),
        ...(options.tryPriors && { priors: tryPriors(choosing, scale) }),
      };
      terminal.out(options.json ? JSON.stringify(answer) : describeRounds(answer));
    } finally {
      await encoder.release();
    }
  });
}

/** The critics' texts by the keys of their labels. */
function ratedTexts(sets: string): ReadonlyMap<string, string> {
  const texts = readRatedWriters(sets, "rt-critics").flatMap((writer) => writer.texts);
  return new Map(texts.map(({ text }) => [textHash(text), text]));
}

async function readAll(
  set: RatedSet,
  readers: Parameters<typeof readRatedWriter>[1],
  { sets }: RoundOptions,
  { note }: Surroundings,
): Promise<readonly ReadRatedWriter[]> {
  const writers = readRatedWriters(sets, set).filter(({ texts }) => texts.length >= fewestTexts);
  const read: ReadRatedWriter[] = [];
  for (const writer of writers) {
    read.push(await readRatedWriter(writer, readers));
    note(`${set}: ${read.length} of ${writers.length} writers read`);
  }
  return read;
}
