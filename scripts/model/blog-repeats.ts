import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { diskFileSource } from "../../src/corpus/files/file-source.ts";
import { readCorpus } from "../../src/corpus/read-corpus.ts";
import { type DealOptions, dealData, trainingTexts } from "./deal-data.ts";
import { findRepeats } from "./repeats.ts";

/** How much of the training text stands nearly so in the blogs that tags are measured on. */
export interface BlogRepeats {
  readonly trainingTexts: number;
  readonly repeating: number;
  /** Words of the longest of them; 0 if there is none. */
  readonly longestWords: number;
}

/**
 * No blog is a training set, but sets may quote one. Stock phrases repeat, too, so the longest text is
 * told: a quotation would be long. Undefined where there are no blogs.
 */
export async function countBlogRepeats(
  corpora: string,
  options: DealOptions,
): Promise<BlogRepeats | undefined> {
  if (!existsSync(corpora)) return undefined;
  const folders = readdirSync(corpora, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(corpora, name));
  const { documents } = await readCorpus(folders, {}, diskFileSource);
  const training = [...trainingTexts(dealData(options))];
  const { trained } = findRepeats(
    documents,
    ({ title = "", sentences }) => [title, ...sentences.map(({ plain }) => plain)].join(" "),
    training,
  );
  const words = trained.map((text) => text.split(/\s+/).length);
  return {
    trainingTexts: training.length,
    repeating: trained.length,
    longestWords: Math.max(0, ...words),
  };
}
