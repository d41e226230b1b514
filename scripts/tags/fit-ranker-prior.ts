// Makes src/tasks/tags/open-ranker-prior.ts: what open blogs teach the tag ranker of a new writer.
//   node scripts/tags/fit-ranker-prior.ts --corpora ../shared/corpora --model models/idiolect-base
// With --leave-one-out <folder> it also writes, for each blog, the prior of the others as <blog>.json:
// what `idiolect evaluate tags --prior` needs to measure that blog fairly.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import type { Document } from "../../src/corpus/document.ts";
import { diskFileSource } from "../../src/corpus/file-source.ts";
import { readCorpus } from "../../src/corpus/read-corpus.ts";
import { type TaggedDocument, tagKeys } from "../../src/evaluation/tagged-document.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { cutDocument, textsForVectors, titleAndLead } from "../../src/profile/writer-passages.ts";
import { loadSharedPrompts } from "../../src/prompts/shared-prompts.ts";
import { fitRankerPrior, lessonsOf, type WriterLessons } from "../../src/tasks/tags/fit-ranker-prior.ts";
import { labelWords } from "../../src/tasks/tags/label-features.ts";
import type { RankerPrior } from "../../src/tasks/tags/ranker.ts";
import { unitMean } from "../../src/tasks/tags/unit-mean.ts";
import { TextEncoder } from "../../src/tasks/text-encoder.ts";

/** Blogs whose licence lets what is learned from them be passed on without a condition on its use. */
const openBlogs = [
  "chris-wellons",
  "drew-devault",
  "matthias-endler",
  "phil-haack",
  "protesilaos-stavrou",
  "ruben-schade",
  "will-norris",
];

const { values: options } = parseArgs({
  options: {
    corpora: { type: "string", default: "../shared/corpora" },
    model: { type: "string", default: "models/idiolect-base" },
    "leave-one-out": { type: "string" },
    to: { type: "string", default: "src/tasks/tags/open-ranker-prior.ts" },
  },
});

const model = await PretrainedModel.open(options.model, join(tmpdir(), "idiolect-ranker-prior"));
const prompts = loadSharedPrompts(model);
const encoder = new TextEncoder(model, { threads: 2 });
const lessons = new Map<string, WriterLessons>();
for (const blog of readdirSync(options.corpora).filter((name) => openBlogs.includes(name))) {
  const { documents } = await readCorpus([join(options.corpora, blog)], {}, diskFileSource);
  const tagged = await encode(documents.filter(({ tags }) => tags.length > 0));
  const labels = await labelVectors(tagged);
  lessons.set(blog, lessonsOf(tagged, { labelVector: (tag) => labels.get(tag) }));
  console.log(`${blog}: ${tagged.length} documents`);
}
await encoder.release();
writeFileSync(options.to, moduleOf(fitRankerPrior([...lessons.values()])));
const folder = options["leave-one-out"];
if (folder !== undefined) {
  mkdirSync(folder, { recursive: true });
  for (const blog of lessons.keys()) {
    const others = [...lessons].filter(([name]) => name !== blog).map(([, writer]) => writer);
    writeFileSync(join(folder, `${blog}.json`), JSON.stringify(fitRankerPrior(others)));
    console.log(`without ${blog}`);
  }
}

async function encode(documents: readonly Document[]): Promise<readonly TaggedDocument[]> {
  const texts = documents.map(({ path, title, sentences }) => {
    const plain = sentences.map((sentence) => sentence.plain);
    const { passages } = cutDocument(model, path, plain);
    return textsForVectors(titleAndLead(model, title, plain), passages);
  });
  const readings = await encoder.read(texts.flat(), prompts);
  let from = 0;
  return documents.map(({ path, dateMs, title, sentences, headings, tags }, at) => {
    const vectors = readings.slice(from, from + texts[at]!.length).map(({ vector }) => vector);
    from += vectors.length;
    return {
      id: basename(path),
      timeMs: dateMs ?? 0,
      title: title ?? "",
      text: [...headings, ...sentences].map(({ plain }) => plain).join("\n"),
      tags,
      vectors,
      vector: unitMean(vectors),
    };
  });
}

async function labelVectors(documents: readonly TaggedDocument[]): Promise<Map<string, Float32Array>> {
  const keys = [...new Set(documents.flatMap((document) => tagKeys(document)))];
  const words = keys.map((key) => titleAndLead(model, undefined, [labelWords(key)]));
  const readings = await encoder.read(words, prompts);
  return new Map(keys.map((key, at) => [key, readings[at]!.vector]));
}

function moduleOf({ version, bias, features }: RankerPrior): string {
  const round = (value: number) => Number(value.toPrecision(5));
  const lines = Object.entries(features).map(([name, { mean, deviation, weight }]) => {
    const numbers = `mean: ${round(mean)}, deviation: ${round(deviation)}, weight: ${round(weight)}`;
    return `    ${JSON.stringify(name)}: { ${numbers} },`;
  });
  return [
    'import type { RankerPrior } from "./ranker.ts";',
    "",
    "/**",
    " * The ranker's start for a new writer, fitted on seven blogs whose licences allow it (Chris Wellons,",
    " * Drew DeVault, Matthias Endler, Phil Haack, Protesilaos Stavrou, Ruben Schade, Will Norris).",
    " * Made by scripts/tags/fit-ranker-prior.ts.",
    " */",
    "export const openRankerPrior: RankerPrior = {",
    `  version: ${version},`,
    `  bias: ${round(bias)},`,
    "  features: {",
    ...lines,
    "  },",
    "};",
    "",
  ].join("\n");
}
