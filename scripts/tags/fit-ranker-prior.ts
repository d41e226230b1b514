// Makes src/tasks/tags/open-ranker-prior.ts: what open blogs teach the tag ranker of a new writer.
//   node scripts/tags/fit-ranker-prior.ts --corpora ../shared/corpora --model models/idiolect-base
import { readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import type { Document } from "../../src/corpus/document.ts";
import { diskFileSource } from "../../src/corpus/file-source.ts";
import { readCorpus } from "../../src/corpus/read-corpus.ts";
import { type TaggedDocument, tagKeys } from "../../src/evaluation/tagged-document.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { cutDocument, titleAndLead } from "../../src/profile/writer-passages.ts";
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
const passagesPerDocument = 10;

const { values: options } = parseArgs({
  options: {
    corpora: { type: "string", default: "../shared/corpora" },
    model: { type: "string", default: "models/idiolect-base" },
    /** A blog to leave out, where its own evaluation is to use the prior. */
    without: { type: "string" },
    to: { type: "string", default: "src/tasks/tags/open-ranker-prior.ts" },
  },
});

const model = await PretrainedModel.open(options.model, join(tmpdir(), "idiolect-ranker-prior"));
const encoder = new TextEncoder(model, { threads: 1 });
const writers: WriterLessons[] = [];
for (const blog of readdirSync(options.corpora).filter((name) => openBlogs.includes(name))) {
  if (blog === options.without) continue;
  const { documents } = await readCorpus([join(options.corpora, blog)], {}, diskFileSource);
  const tagged: TaggedDocument[] = [];
  for (const document of documents) if (document.tags.length > 0) tagged.push(await encode(document));
  const labels = await labelVectors(tagged);
  writers.push(lessonsOf(tagged, { labelVector: (tag) => labels.get(tag) }));
  console.log(`${blog}: ${tagged.length} documents`);
}
await encoder.release();
const prior = fitRankerPrior(writers);
writeFileSync(options.to, options.to.endsWith(".ts") ? moduleOf(prior) : JSON.stringify(prior));

async function encode({ path, dateMs, title, sentences, headings, tags }: Document): Promise<TaggedDocument> {
  const plain = sentences.map((sentence) => sentence.plain);
  const { passages } = cutDocument(model, path, plain);
  const read = [titleAndLead(model, title, plain), ...passages.slice(0, passagesPerDocument)];
  const vectors = (await encoder.read(read)).map(({ vector }) => vector);
  return {
    id: basename(path),
    timeMs: dateMs ?? 0,
    title: title ?? "",
    text: [...headings.map((heading) => heading.plain), ...plain].join("\n"),
    tags,
    vectors,
    vector: unitMean(vectors),
  };
}

async function labelVectors(documents: readonly TaggedDocument[]): Promise<Map<string, Float32Array>> {
  const keys = [...new Set(documents.flatMap((document) => tagKeys(document)))];
  const words = keys.map((key) => titleAndLead(model, undefined, [labelWords(key)]));
  const readings = await encoder.read(words);
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
