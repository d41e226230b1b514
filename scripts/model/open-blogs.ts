import { join } from "node:path";
import { z } from "zod";
import { LanguageTeller } from "../../src/corpus/language-teller.ts";
import { parseSource } from "../../src/corpus/parse-document.ts";
import { devWriters, isLeftOut } from "./left-out.ts";
import { readLines, type SourceDocument } from "./sources.ts";
import type { DealtDocuments } from "./text-data.ts";

/** The newest posts of a blogger are the ones that are measured. */
const newestShare = 0.1;

const blogRow = z.object({
  writer: z.string(),
  path: z.string(),
  date: z.string().nullish(),
  text: z.string(),
});

const languages = await LanguageTeller.open();

/** A post, with its day (`2017-10-03`) where it is known. */
export interface BlogPost extends SourceDocument {
  readonly writer: string;
  readonly date?: string;
}

/** English posts of the open blogs, as the sentences that their writers say: no code, quotations or links. */
export function readBlogs(dataPath: string, file: string): BlogPost[] {
  return readLines(join(dataPath, file)).flatMap((line, row) => {
    const { writer, path, date, text } = blogRow.parse(JSON.parse(line));
    const paragraphs = sentencesOf(text, path);
    const language = languages.tell(new Map(), paragraphs).document;
    if (paragraphs.length === 0 || (language !== undefined && language !== "en")) return [];
    return [{ name: `blogs#${row}`, writer, paragraphs, ...(date ? { date } : {}) }];
  });
}

/**
 * Keeps the writers of the dev sets out of all training, as new writers to measure on, and those of the measured
 * blogs out of everything; of each other one the newest tenth is held out. A post without a date is no newest one.
 */
export function dealBlogs(posts: readonly BlogPost[]): DealtDocuments {
  const newWriters = posts.filter(({ writer }) => devWriters.has(writer));
  const train: BlogPost[] = [];
  const heldOut: BlogPost[] = [];
  for (const own of Map.groupBy(
    posts.filter(({ writer }) => !isLeftOut(writer)),
    ({ writer }) => writer,
  ).values()) {
    const oldestFirst = own.toSorted((a, b) => compare(a.date ?? "", b.date ?? ""));
    const newest = Math.ceil(newestShare * own.length);
    train.push(...oldestFirst.slice(0, -newest));
    heldOut.push(...oldestFirst.slice(-newest));
  }
  return { train, heldOut, newWriters };
}

function sentencesOf(text: string, path: string): string[] {
  const { sentences } = parseSource(text, /\.(mdx|txt)$/i.test(path) ? path : `${path}.md`);
  return sentences.map(({ plain }) => plain);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
