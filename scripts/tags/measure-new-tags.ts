// Measures tags that a writer never used before and that stand in the document itself, on blogs: how many of those
// that the writer gave are found, and how many that are offered are right (given to this or a later document).
//   node scripts/tags/measure-new-tags.ts --corpora ../shared/corpora
// Each blog is measured with weights fitted on the other open blogs; at most two tags are offered a document.
import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { diskFileSource } from "../../src/corpus/files/file-source.ts";
import { readCorpus } from "../../src/corpus/read-corpus.ts";
import { withoutHashtags } from "../../src/corpus/text-tags.ts";
import { fitNewTagPrior, newTagLessonsOf } from "../../src/lab/tags/fit-new-tag-prior.ts";
import { type NewTagOffers, offerNewTags, sharesFrom } from "../../src/lab/tags/offer-new-tags.ts";
import { undatedMs } from "../../src/numbers/by-date.ts";
import type { TaggedDocument } from "../../src/tags/tagged-document.ts";
import { openBlogs } from "./open-blogs.ts";

const thresholds = [0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5];
const mostOffered = 2;

const { values: options } = parseArgs({
  options: { corpora: { type: "string", default: "../shared/corpora" } },
});

const startCpu = process.cpuUsage();
const blogs = new Map<string, readonly TaggedDocument[]>();
for (const name of readdirSync(options.corpora).toSorted()) {
  const folder = resolve(join(options.corpora, name));
  if (!statSync(folder).isDirectory()) continue;
  blogs.set(name, await taggedDocuments(folder));
  console.error(`${name}: ${blogs.get(name)!.length} documents`);
}
const lessons = new Map([...blogs].map(([name, documents]) => [name, newTagLessonsOf(documents)]));
const measured = new Map<string, NewTagOffers>();
for (const [name, documents] of blogs) {
  const others = openBlogs.filter((other) => other !== name).flatMap((other) => lessons.get(other) ?? []);
  measured.set(name, offerNewTags(documents, fitNewTagPrior(others), mostOffered));
  console.error(`${name}: measured`);
}
const total = together([...measured.values()]);
console.log("| from score | offered | right | found |\n|---|---|---|---|");
for (const threshold of thresholds) console.log(row(`${threshold}`, total, threshold));
console.log("\n| blog | documents | new tags | named in the text | offered | right | found |");
console.log("|---|---|---|---|---|---|---|");
for (const [name, offers] of [...measured, ["together", total] as const]) {
  const { documents, newTags, named } = offers;
  console.log(row(`${name} | ${documents} | ${newTags} | ${named}`, offers, 0.2));
}
const { user, system } = process.cpuUsage(startCpu);
console.error(`${((user + system) / 1e6).toFixed(0)} s of processor time`);

async function taggedDocuments(folder: string): Promise<readonly TaggedDocument[]> {
  const { documents } = await readCorpus([folder], {}, diskFileSource);
  const undated = undatedMs(documents.map(({ dateMs }) => dateMs));
  return documents
    .filter(({ tags }) => tags.length > 0)
    .map(({ path, dateMs, title = "", tags, sentences }) => ({
      id: path,
      timeMs: dateMs ?? undated,
      title,
      text: withoutHashtags(sentences.map(({ plain }) => plain).join(" "), tags),
      tags,
      vectors: [],
      vector: new Float32Array(0),
    }));
}

function together(all: readonly NewTagOffers[]): NewTagOffers {
  const sum = (of: (one: NewTagOffers) => number) => all.reduce((total, one) => total + of(one), 0);
  return {
    documents: sum(({ documents }) => documents),
    newTags: sum(({ newTags }) => newTags),
    named: sum(({ named }) => named),
    offers: all.flatMap(({ offers }) => offers),
  };
}

function row(head: string, offers: NewTagOffers, threshold: number): string {
  const { offered, right, found } = sharesFrom(offers, threshold);
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  return `| ${head} | ${offered} | ${percent(right)} | ${percent(found)} |`;
}
