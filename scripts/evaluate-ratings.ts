/*
 * Measures what prompts for tone add to a profile. Each writer of a file of rated texts is learned as the learner does it
 * from the older 80 % of the texts, and read on the newer ones. Prints the table of docs/evaluation.md.
 *   node scripts/evaluate-ratings.ts [--data <file>] [--from 60] [--writers 100] [--texts 400] [--low 0] [--high 1] [--corrections]
 * A line of the file is {"writer", "time", "text", "rating01" or "rating": low to high}; texts without a time are put in an
 * order by chance. Writers with fewer than 40 rated texts are left out. How prompts are tuned was chosen on the first 60
 * of rt-critics, so --from 60 begins behind them. With --corrections a writer has said alone what the general reading had
 * wrong. The other writer's prompts are those of the one before.
 */
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { splitSentences } from "../src/corpus/sentences.ts";
import { isSure } from "../src/numbers/gate.ts";
import { type Interval, pairedBootstrap } from "../src/numbers/intervals.ts";
import { mean } from "../src/numbers/mean.ts";
import { createRandom } from "../src/numbers/random.ts";
import { PretrainedModel } from "../src/plm/pretrained-model.ts";
import { generalReader } from "../src/profile/profile.ts";
import type { SoftPrompts } from "../src/prompts/soft-prompts.ts";
import { type LabelledSentences, labelDocument, readUnder } from "../src/readings/tone/labelled-sentences.ts";
import { readSentences } from "../src/readings/tone/sentence-reader.ts";
import {
  TonePromptTuner,
  tonePromptWeight,
  tryTonePrompts,
  tuningLabels,
} from "../src/readings/tone/tone-prompts.ts";
import { classShares, expectedValence } from "../src/tone/head/ordinal-scale.ts";
import { isRightSide, valenceError } from "../src/tone/labels/labelled-tone.ts";
import { toneGate } from "../src/tone/proof/tone-gate.ts";
import { TextEncoder } from "../src/tone/reading/text-encoder.ts";
import { PersonalTone } from "../src/tone/writer/personal-tone.ts";
import { formatInterval, formatPercent, formatSigned } from "../src/words/format.ts";
import { readLines } from "./model/sources.ts";

const fewestTexts = 40;
const { values: options } = parseArgs({
  options: {
    data: { type: "string", default: "../shared/data/sentiment/rt-critics.jsonl.gz" },
    model: { type: "string", default: "models/idiolect-base" },
    from: { type: "string", default: "60" },
    writers: { type: "string", default: "100" },
    texts: { type: "string", default: "400" },
    low: { type: "string", default: "0" },
    high: { type: "string", default: "1" },
    corrections: { type: "boolean", default: false },
    threads: { type: "string", default: "2" },
    seed: { type: "string", default: "1" },
  },
});
const knownShare = 0.8;
const seed = Number(options.seed);
const threads = Number(options.threads);

const ratedText = z.object({
  writer: z.string(),
  time: z.number().nullable(),
  text: z.string(),
  rating01: z.number().nullish(),
  rating: z.number().nullish(),
});
type RatedText = z.infer<typeof ratedText>;

const model = await PretrainedModel.open(options.model, join(".cache", "models"));
const { prompts: shared, tonePrompts } = generalReader(model);
if (shared === undefined) throw new Error(`${options.model} has no shared prompts to start from`);
const encoder = new TextEncoder(model, { threads });
const scale = (await encoder.scale())!;
const tuner = new TonePromptTuner({ model, shared, scale, threads, seed });
const readers = { model, encoder, general: tonePrompts };
console.log(`${cpus()[0]!.model}, ${cpus().length} cores, Node ${process.version}\n`);

const ways = [
  "general",
  "shift and memory",
  "with prompts",
  "with another's prompts",
  "as the gate decides",
] as const;
type Way = (typeof ways)[number];
type Figures = Readonly<Record<Way, { readonly error: number; readonly accuracy: number }>>;

const figures: Figures[] = [];
let [opened, used] = [0, 0];
let formerPrompts: SoftPrompts | undefined;
for (const [writer, texts] of chosenWriters(readFile(options.data))) {
  const labels = await readLabelVectors(texts);
  const count = Math.floor(knownShare * labels.length);
  const [all, later] = [labels.slice(0, count), labels.slice(count)];
  const known = options.corrections ? all.filter(isMisread).map(asCorrection) : all;
  if (tuningLabels(known).length === 0) continue;
  const prompts = await tuner.tune(known);
  const isOpen = opens(known);
  const isUsed = isOpen && (await proves(known));
  opened += isOpen ? 1 : 0;
  used += isUsed ? 1 : 0;
  const plain = await readWith(undefined, known, later);
  const own = await readWith(prompts, known, later);
  const other = formerPrompts === undefined ? plain : await readWith(formerPrompts, known, later);
  const general = score(later, ({ latent }) => latent);
  figures.push({
    general,
    "shift and memory": plain,
    "with prompts": own,
    "with another's prompts": other,
    "as the gate decides": isUsed ? own : isOpen ? plain : general,
  });
  formerPrompts = prompts;
  const shown = Object.values(figures.at(-1)!).map(({ error }) => error.toFixed(3));
  console.error(
    `${writer}: ${known.length} known, ${later.length} later; errors ${shown.join(" ")}${isUsed ? ", prompts used" : ""}`,
  );
}
await tuner.release();
await encoder.release();
printTable();

function readFile(path: string): readonly RatedText[] {
  return readLines(path)
    .map((line) => ratedText.parse(JSON.parse(line)))
    .filter((rated) => ratingOf(rated) !== undefined);
}

/** 0 to 1. Where a file has both, `rating` is the site's verdict. */
function ratingOf({ rating01, rating }: RatedText): number | undefined {
  const given = rating01 === undefined ? rating : rating01;
  const [low, high] = [Number(options.low), Number(options.high)];
  return given == null ? undefined : Math.min(1, Math.max(0, (given - low) / (high - low)));
}

function chosenWriters(texts: readonly RatedText[]): readonly (readonly [string, readonly RatedText[]])[] {
  const from = Number(options.from);
  return [...Map.groupBy(texts, ({ writer }) => writer)]
    .filter(([, own]) => own.length >= fewestTexts)
    .slice(from, from + Number(options.writers))
    .map(([writer, own]) => {
      const shuffled = createRandom(seed)
        .fork(writer)
        .shuffle([...own]);
      return [
        writer,
        shuffled.slice(0, Number(options.texts)).toSorted((a, b) => (a.time ?? 0) - (b.time ?? 0)),
      ];
    });
}

/** Each text as a document of its own, as a rating in front matter is read. */
async function readLabelVectors(texts: readonly RatedText[]): Promise<readonly LabelledSentences[]> {
  const sentences = texts.map(({ text }) =>
    splitSentences(text, "en").map(({ start, end }) => text.slice(start, end)),
  );
  const read = (await readSentences(readers, sentences.flat())).values();
  return texts.map((rated, at) => {
    const own = sentences[at]!.map((text) => ({ text, reading: read.next().value! }));
    const about = { key: `${at}`, document: `${at}`, weight: 1, timeMs: at, kind: "rating" } as const;
    return labelDocument({ ...about, valence: 2 * ratingOf(rated)! - 1 }, own, scale);
  });
}

function isMisread({ label }: LabelledSentences): boolean {
  return !isRightSide(label.target, classShares(label.latent, scale));
}

function asCorrection({ label, sentences }: LabelledSentences): LabelledSentences {
  return { label: { ...label, kind: "correction" }, sentences };
}

/** Whether the learner would show the personal reading, by the labels that it has. */
function opens(known: readonly LabelledSentences[]): boolean {
  const labels = known.map(({ label }) => label);
  return toneGate(labels, scale).open;
}

/** Whether it would use prompts for tone. */
async function proves(known: readonly LabelledSentences[]): Promise<boolean> {
  const gain = await tryTonePrompts(known, (given) => tuner.tune(given), readers, scale);
  return gain !== undefined && isSure(gain);
}

/** Reads the later texts with shift and memory of the known ones and, if given, under prompts. */
async function readWith(
  prompts: SoftPrompts | undefined,
  known: readonly LabelledSentences[],
  later: readonly LabelledSentences[],
) {
  const under = (labels: readonly LabelledSentences[]) =>
    prompts === undefined ? labels : readUnder(prompts, labels, readers, scale);
  const labels = (await under(known)).map(({ label }) => label);
  const tone = PersonalTone.learn(labels, scale, prompts === undefined ? 0 : tonePromptWeight);
  return score(await under(later), (label) => tone.latent(label));
}

function score(
  later: readonly LabelledSentences[],
  latentOf: (label: LabelledSentences["label"]) => number,
): Figures[Way] {
  const read = later.map(({ label }) => ({ label, shares: classShares(latentOf(label), scale) }));
  return {
    error: mean(read.map(({ label, shares }) => valenceError(label.target, expectedValence(shares)))),
    accuracy: mean(read.map(({ label, shares }) => (isRightSide(label.target, shares) ? 1 : 0))),
  };
}

function printTable(): void {
  const worse = figures.filter((own) => own["as the gate decides"].error > own.general.error).length;
  console.log(
    `${figures.length} writers: the gate opens for ${opened}, and prompts are used for ${used}; ` +
      `as it decides ${worse} are read worse than in general\n`,
  );
  console.log(
    "| reading | error | right side | error against shift and memory | right side against it |\n|---|---|---|---|---|",
  );
  for (const way of ways) {
    const over = (measure: (own: Figures[Way]) => number): string =>
      interval(
        pairedBootstrap(
          figures.map((own) => measure(own[way]) - measure(own["shift and memory"])),
          createRandom(seed),
        ),
      );
    const mine = figures.map((own) => own[way]);
    const [error, accuracy] = [mean(mine.map((one) => one.error)), mean(mine.map((one) => one.accuracy))];
    console.log(
      `| ${way} | ${error.toFixed(3)} | ${formatPercent(accuracy, 1)} | ${over(({ error }) => error)} | ${over(({ accuracy }) => accuracy)} |`,
    );
  }
}

function interval(interval: Interval): string {
  return formatInterval(interval, (value) => formatSigned(value, 3));
}
