/*
 * Reads ordinary prose with products in full and with those in 8 bits, as the product does where the machine can, and tells
 * how far the two differ and what each takes:
 *   node scripts/model/compare-rounding.ts [--model models/idiolect-base] [--data ../shared/data] [--texts 3000]
 */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { formatTable } from "../../src/cli/format-table.ts";
import { measuringSources } from "../../src/lab/measures/measuring-sources.ts";
import { processorMs } from "../../src/lab/measures/processor-ms.ts";
import { type ReadTone, readTones } from "../../src/lab/tone/read-tones.ts";
import { mean } from "../../src/numbers/mean.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { generalReader } from "../../src/profile/profile.ts";
import { hasTone, sideShares } from "../../src/tone/reading/tone-reading.ts";
import { formatPercent } from "../../src/words/format.ts";
import { sidedTexts } from "./sided-texts.ts";

const { values: options } = parseArgs({
  options: {
    model: { type: "string", default: "models/idiolect-base" },
    data: { type: "string", default: "../shared/data" },
    cache: { type: "string", default: ".cache/models" },
    texts: { type: "string", default: "3000" },
    threads: { type: "string", default: "1" },
  },
});
const rows = sidedTexts(options.data, measuringSources.proseDev).slice(0, Number(options.texts));
const model = await PretrainedModel.open(options.model, options.cache);
if (model.largestCode === undefined)
  throw new Error("This machine does not add products of 8-bit numbers in full: it reads in full.");
const reader = generalReader(model);

async function readWith(products: "full" | "rounded") {
  const texts = rows.map(({ text }) => text);
  const threads = Number(options.threads);
  await readTones(reader, texts.slice(0, 1), { threads, products });
  const startedMs = processorMs();
  const tones = await readTones(reader, texts, { threads, products });
  return { tones, seconds: (processorMs() - startedMs) / 1000 };
}

const full = await readWith("full");
const rounded = await readWith("rounded");
const likeliest = ({ shares }: ReadTone): number => {
  const sides = sideShares(shares);
  return sides.indexOf(Math.max(...sides));
};
const shownSide = (tone: ReadTone): number => (hasTone(tone.reading) ? likeliest(tone) : 1);
const changed = (of: (tone: ReadTone) => unknown): string => {
  const count = full.tones.filter((tone, at) => of(tone) !== of(rounded.tones[at]!)).length;
  return `${count} (${formatPercent(count / rows.length, 2)})`;
};
const distances = full.tones.map(({ reading }, at) =>
  Math.abs(reading.valence - rounded.tones[at]!.reading.valence),
);
const right = ({ tones }: typeof full): string =>
  formatPercent(mean(tones.map((tone, at) => (shownSide(tone) === rows[at]!.side ? 1 : 0))), 1);
console.log(
  `${cpus()[0]!.model}, ${options.threads} threads, Node ${process.version}; ${rows.length} sentences, codes up to ${model.largestCode}\n`,
);
console.log(
  formatTable([
    ["", "in full", "in 8 bits"],
    ["processor seconds", full.seconds.toFixed(1), rounded.seconds.toFixed(1)],
    ["right as shown", right(full), right(rounded)],
  ]),
);
console.log(
  [
    `\na tone that is shown changed: ${changed(shownSide)}`,
    `to its opposite: ${full.tones.filter((tone, at) => Math.abs(shownSide(tone) - shownSide(rounded.tones[at]!)) === 2).length}`,
    `the likeliest side changed: ${changed(likeliest)}`,
    `valence moved by ${mean(distances).toFixed(4)} on average, ${Math.max(...distances).toFixed(3)} at most`,
  ].join("\n"),
);
