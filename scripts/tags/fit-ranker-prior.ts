// Makes what open blogs teach the tags of a new writer: src/tags/ranker/open-ranker-prior.ts (the ranker's
// start) and src/tags/ranker/open-new-tag-prior.ts (which words of a text become a tag).
//   node scripts/tags/fit-ranker-prior.ts --corpora ../shared/corpora --model models/idiolect-base
// With --leave-one-out <folder> it also writes, for each blog, the ranker's start of the others as <blog>.json:
// what `idiolect evaluate tags --prior` needs to measure that blog fairly. With --vectors <folder> it keeps
// what the model made of the texts there, so that another fit with the same model takes a minute or two.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type EvaluatedDocument, readForEvaluation } from "../../src/lab/evaluation/evaluated-document.ts";
import { fitNewTagPrior, newTagLessonsOf } from "../../src/lab/tags/fit-new-tag-prior.ts";
import { fitRankerPrior, lessonsOf, type WriterLessons } from "../../src/lab/tags/fit-ranker-prior.ts";
import { textsForVectors, titleAndLead } from "../../src/learning/cut-document.ts";
import type { Passage } from "../../src/learning/passages.ts";
import { unitMean } from "../../src/numbers/vectors.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { generalReader } from "../../src/profile/profile.ts";
import { labelWords } from "../../src/tags/features/label-features.ts";
import type { RankedRows, RankerPrior } from "../../src/tags/ranker/ranker.ts";
import { type TaggedDocument, tagKeys } from "../../src/tags/tagged-document.ts";
import { TextEncoder } from "../../src/tone/reading/text-encoder.ts";
import { openBlogs } from "./open-blogs.ts";

const { values: options } = parseArgs({
  options: {
    corpora: { type: "string", default: "../shared/corpora" },
    model: { type: "string", default: "models/idiolect-base" },
    "leave-one-out": { type: "string" },
    vectors: { type: "string" },
    to: { type: "string", default: "src/tags/ranker" },
  },
});

const model = await PretrainedModel.open(options.model, join(tmpdir(), "idiolect-ranker-prior"));
const reader = generalReader(model);
const encoder = new TextEncoder(model, { threads: 2 });
const lessons = new Map<string, WriterLessons>();
const newTagLessons: RankedRows[] = [];
for (const blog of readdirSync(options.corpora).filter((name) => openBlogs.includes(name))) {
  const all = await readForEvaluation(model, join(options.corpora, blog), { warn: console.warn });
  const { documents, labels } = await encode(
    blog,
    all.filter(({ document }) => document.tags.length > 0),
  );
  lessons.set(blog, lessonsOf(documents, { labelVector: (tag) => labels.get(tag) }));
  newTagLessons.push(...newTagLessonsOf(documents));
  console.log(`${blog}: ${documents.length} documents`);
}
await encoder.release();
const rankerPrior = fitRankerPrior([...lessons.values()]);
writeFileSync(
  join(options.to, "open-ranker-prior.ts"),
  moduleOf("openRankerPrior", "The ranker's start for", rankerPrior),
);
const newTagPrior = fitNewTagPrior(newTagLessons);
writeFileSync(
  join(options.to, "open-new-tag-prior.ts"),
  moduleOf("openNewTagPrior", "Which words of a text become a tag of", newTagPrior),
);
const folder = options["leave-one-out"];
if (folder !== undefined) {
  mkdirSync(folder, { recursive: true });
  for (const blog of lessons.keys()) {
    const others = [...lessons].filter(([name]) => name !== blog).map(([, writer]) => writer);
    writeFileSync(join(folder, `${blog}.json`), JSON.stringify(fitRankerPrior(others)));
    console.log(`without ${blog}`);
  }
}

/** The documents as the tag methods see them, and the vectors of the tags' own words. */
async function encode(blog: string, documents: readonly EvaluatedDocument[]) {
  const texts = documents.map(({ lead, passages }) => textsForVectors(lead, passages));
  const keys = [...new Set(documents.flatMap(({ document }) => tagKeys(document)))];
  const words = keys.map((key) => titleAndLead(model, undefined, [labelWords(key)]));
  const vectors = await vectorsOf(blog, [...texts.flat(), ...words]);
  let from = 0;
  const tagged = documents.map(({ id, timeMs, document, sentences }, at): TaggedDocument => {
    const own = vectors.slice(from, from + texts[at]!.length);
    from += own.length;
    const { title = "", tags } = document;
    return { id, timeMs, title, text: sentences.join(" "), tags, vectors: own, vector: unitMean(own) };
  });
  return { documents: tagged, labels: new Map(keys.map((key, at) => [key, vectors[from + at]!])) };
}

/** From the folder of kept vectors where it has them: a file says nothing of its texts, so their number must agree. */
async function vectorsOf(blog: string, texts: readonly Passage[]): Promise<readonly Float32Array[]> {
  const size = model.config.hidden_size;
  const file = options.vectors === undefined ? undefined : join(options.vectors, `${blog}-${reader.id}.f32`);
  if (file !== undefined && existsSync(file)) {
    const { buffer, byteOffset, byteLength } = readFileSync(file);
    const numbers = new Float32Array(buffer, byteOffset, byteLength / Float32Array.BYTES_PER_ELEMENT);
    if (numbers.length === size * texts.length)
      return texts.map((_, at) => numbers.subarray(at * size, (at + 1) * size));
  }
  const vectors = (await encoder.read(texts, reader.prompts)).map(({ vector }) => vector);
  if (file !== undefined) {
    mkdirSync(options.vectors!, { recursive: true });
    writeFileSync(
      file,
      Buffer.concat(
        vectors.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
      ),
    );
  }
  return vectors;
}

/** @param what begins the sentence that says what it is, and ends before 'a new writer' */
function moduleOf(name: string, what: string, { version, bias, features }: RankerPrior): string {
  const round = (value: number) => Number(value.toPrecision(5));
  const lines = Object.entries(features).map(([feature, { mean, deviation, weight }]) => {
    const numbers = `mean: ${round(mean)}, deviation: ${round(deviation)}, weight: ${round(weight)}`;
    const key = /^\w+$/u.test(feature) ? feature : JSON.stringify(feature);
    return `    ${key}: { ${numbers} },`;
  });
  return [
    'import type { RankerPrior } from "./ranker.ts";',
    "",
    "/**",
    ` * ${what} a new writer, fitted on seven blogs whose licences allow it`,
    " * (Chris Wellons, Drew DeVault, Matthias Endler, Phil Haack, Protesilaos Stavrou, Ruben Schade, Will Norris).",
    " * Made by scripts/tags/fit-ranker-prior.ts.",
    " */",
    `export const ${name}: RankerPrior = {`,
    `  version: ${version},`,
    `  bias: ${round(bias)},`,
    "  features: {",
    ...lines,
    "  },",
    "};",
    "",
  ].join("\n");
}
