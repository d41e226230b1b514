/*
 * What a first hover over each sentence with a tone costs, warm and with nothing read before: its reading, and the words that
 * carry it in one pass; and how often these words are those that weighing at leisure names. Sentences are the sample blog's.
 *   node bench/first-hover.ts [--model models/idiolect-base] [--most 40]
 * Processor time is given beside the time that passed: on a machine with other work only the former tells.
 */
import { globSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parseSource } from "../src/corpus/parse-document.ts";
import { quantile } from "../src/numbers/mean.ts";
import { PretrainedModel } from "../src/plm/pretrained-model.ts";
import { generalReader } from "../src/profile/profile.ts";
import { explainTone } from "../src/readings/tone/explain-tone.ts";
import { ToneReader } from "../src/readings/tone/tone-reader.ts";
import { TextEncoder } from "../src/tone/reading/text-encoder.ts";
import { hasTone } from "../src/tone/reading/tone-reading.ts";

const { values: options } = parseArgs({
  options: {
    model: { type: "string", default: "models/idiolect-base" },
    cache: { type: "string", default: ".cache/models" },
    most: { type: "string", default: "40" },
  },
});
const limitMs = 300;

const reader = generalReader(await PretrainedModel.open(options.model, options.cache));
// As the server reads: with one thread.
const encoder = new TextEncoder(reader.model, { threads: 1 });
const readers = { encoder, reader };
const blog = join(import.meta.dirname, "..", "media", "sample-blog");
const sentences = globSync(join(blog, "*.md"))
  .sort()
  .flatMap((path) => parseSource(readFileSync(path, "utf8"), path).sentences.map(({ plain }) => plain));
const all = await ToneReader.open(readers, undefined);
const read = await all.encode(sentences);
const toned = sentences
  .filter((_, at) => hasTone(all.readSentence(read[at]!).general))
  .slice(0, Number(options.most));

const [passed, processor, tops, shared]: [number[], number[], number[], number[]] = [[], [], [], []];
let withWords = 0;
for (const sentence of toned) {
  const tone = await ToneReader.open(readers, undefined);
  const [startMs, startUs] = [performance.now(), process.cpuUsage()];
  const [text] = await tone.encode([sentence]);
  tone.readSentence(text!);
  const quick = await explainTone(readers, sentence, undefined, "haste");
  const { user, system } = process.cpuUsage(startUs);
  passed.push(performance.now() - startMs);
  processor.push((user + system) / 1000);
  withWords += quick.length > 0 ? 1 : 0;
  const slow = (await explainTone(readers, sentence)).slice(0, 3).map(({ word }) => word);
  tops.push(quick.slice(0, 3).some(({ word }) => word === slow[0]) ? 1 : 0);
  shared.push(quick.slice(0, 3).filter(({ word }) => slow.includes(word)).length / Math.max(1, slow.length));
}
await encoder.release();

const share = (values: readonly number[]): string =>
  `${((100 * values.filter((ms) => ms <= limitMs).length) / values.length).toFixed(0)} %`;
const spread = (values: readonly number[]): string => {
  const sorted = values.toSorted((a, b) => a - b);
  return `${quantile(sorted, 0.5).toFixed(0)} ms (p50), ${quantile(sorted, 0.9).toFixed(0)} ms (p90), ${share(values)} within ${limitMs} ms`;
};
const mean = (values: readonly number[]): string =>
  `${((100 * values.reduce((sum, one) => sum + one, 0)) / values.length).toFixed(0)} %`;
console.log(`${cpus()[0]!.model}, ${cpus().length} cores, Node ${process.version}`);
console.log(
  `${toned.length} sentences with a tone of ${sentences.length}; first hovers with words: ${withWords}`,
);
console.log(`passed: ${spread(passed)}`);
console.log(`processor: ${spread(processor)}`);
console.log(
  `the strongest word at leisure is among the three strongest at once: ${mean(tops)}; of three: ${mean(shared)}`,
);
