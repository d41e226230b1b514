/*
 * Measures the voice as the product learns it on the blogs of a folder, and prints the tables of docs/evaluation.md.
 *   node scripts/voice/evaluate-voices.ts [--corpora ../shared/corpora] [--only blog,blog]
 * A blog is learned from the oldest nine tenths of its documents, against the bloggers that ship with Idiolect; passages
 * of its newest tenth are told from those of the other blogs. Times are processor time, which other programs do not
 * lengthen much.
 */
import { readdirSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { diskFileSource } from "../../src/corpus/files/file-source.ts";
import { readCorpus } from "../../src/corpus/read-corpus.ts";
import { processorMs } from "../../src/lab/measures/processor-ms.ts";
import { areaUnderCurve } from "../../src/numbers/area-under-curve.ts";
import { byDate, undatedMs } from "../../src/numbers/by-date.ts";
import { mean } from "../../src/numbers/mean.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { openVoiceBackground } from "../../src/session/voice-background.ts";
import { encodeVoice, keptVoice } from "../../src/voice/kept-voice.ts";
import { evidenceFor, learnVoice } from "../../src/voice/learn-voice.ts";
import { evidenceKinds, weigh } from "../../src/voice/ranker.ts";
import { PassageSpace } from "../../src/voice/voice-background.ts";
import { voiceGate } from "../../src/voice/voice-gate.ts";
import { voicePassages } from "../../src/voice/voice-passages.ts";
import { VoiceReader } from "../../src/voice/voice-reader.ts";

const mostLearned = 600;
const mostMeasured = 50;
/** Readings before the clock counts. */
const warmReadings = 50;

const { values: options } = parseArgs({
  options: { corpora: { type: "string", default: "../shared/corpora" }, only: { type: "string" } },
});
const blogs = readdirSync(options.corpora, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();
const background = openVoiceBackground();
const space = new PassageSpace(background);
const others = background.impostors.map(({ writer, terms }) => ({
  group: writer,
  vectors: space.vectors(terms),
}));

console.log(`${cpus()[0]!.model}, ${cpus().length} cores, Node ${process.version}\n`);
const parts = new Map<string, Awaited<ReturnType<typeof readBlog>>>();
for (const blog of blogs) parts.set(blog, await readBlog(blog));
const only = options.only?.split(",") ?? blogs;
const rows: Awaited<ReturnType<typeof measure>>[] = [];
// One after the other: their processor time is counted.
for (const blog of blogs.filter((name) => only.includes(name))) rows.push(await measure(blog));
const names = ["together", ...evidenceKinds] as const;
console.log(
  `| blog | passages learned | ${names.join(" | ")} | gate | processor ms to learn | to read | bytes |`,
);
console.log(`|---|---|${names.map(() => "---").join("|")}|---|---|---|---|`);
for (const { blog, learned, areas, gate, learnMs, readMs, bytes } of rows) {
  const figures = names.map((name) => areas[name]!.toFixed(3));
  console.log(
    `| ${[blog, learned, ...figures, gate, learnMs.toFixed(0), readMs.toFixed(1), bytes].join(" | ")} |`,
  );
}
const means = names.map((name) => mean(rows.map(({ areas }) => areas[name]!)).toFixed(3));
console.log(`| mean |  | ${means.join(" | ")} |  |  |  |  |`);

async function readBlog(blog: string) {
  const { documents } = await readCorpus([resolve(join(options.corpora, blog))], {}, diskFileSource);
  const undated = undatedMs(documents.map(({ dateMs }) => dateMs));
  const sorted = byDate(
    documents.map((document) => ({
      id: document.path,
      timeMs: document.dateMs ?? undated,
      passages: voicePassages(document.sentences.map(({ plain: text, paragraph }) => ({ text, paragraph }))),
    })),
  );
  const cut = sorted.length - Math.max(1, Math.round(sorted.length / 10));
  const random = createRandom(blog);
  const draw = (of: typeof sorted, most: number) =>
    random
      .shuffle(of.flatMap(({ id, passages }) => passages.map((text) => ({ group: id, text }))))
      .slice(0, most);
  return { own: draw(sorted.slice(0, cut), mostLearned), newest: draw(sorted.slice(cut), mostMeasured) };
}

async function measure(blog: string) {
  const { own, newest } = parts.get(blog)!;
  const startedMs = processorMs();
  const passages = own.map(({ group, text }) => ({ group, vectors: space.vectors(text) }));
  const voice = await learnVoice(passages, others, background.assistant, createRandom(1));
  const learnMs = processorMs() - startedMs;
  const gate = voiceGate(voice.heldOut);
  const scoresOf = (text: string): Readonly<Record<string, number>> => {
    const evidence = evidenceFor(voice, space.vectors(text));
    return { together: weigh(voice.ranker, evidence), ...evidence };
  };
  const mine = newest.map(({ text }) => scoresOf(text));
  const strangers = blogs
    .filter((other) => other !== blog)
    .flatMap((other) => parts.get(other)!.newest.map(({ text }) => scoresOf(text)));
  const areas = Object.fromEntries(
    ["together", ...evidenceKinds].map((name) => [
      name,
      areaUnderCurve(
        mine.map((scores) => scores[name]!),
        strangers.map((scores) => scores[name]!),
      ),
    ]),
  );
  const kept = keptVoice(voice, background.id, gate);
  const reader = new VoiceReader(kept, background);
  for (let at = 0; at < warmReadings; at++) reader.read(newest[at % newest.length]!.text);
  const readStartedMs = processorMs();
  for (const { text } of newest) reader.read(text);
  return {
    blog,
    learned: own.length,
    areas,
    gate: gate.open ? "open" : "closed",
    learnMs,
    readMs: (processorMs() - readStartedMs) / newest.length,
    bytes: encodeVoice(kept).length,
  };
}
