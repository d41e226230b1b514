import { readFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Document } from "../../src/corpus/document.ts";
import { diskFileSource } from "../../src/corpus/files/file-source.ts";
import { type CorpusReading, readCorpus } from "../../src/corpus/read-corpus.ts";
import { needs } from "../prerequisite.ts";

/** The counts that the corpora's own README states, made by an independent reader. */
const BLOGS = [
  {
    blog: "chris-wellons",
    documents: 286,
    tags: 44,
    perDocument: 2.71,
    usedFiveTimes: 34,
    brokenFrontMatter: 0,
  },
  {
    blog: "ruben-schade",
    documents: 400,
    tags: 532,
    perDocument: 4.49,
    usedFiveTimes: 65,
    brokenFrontMatter: 2,
  },
  {
    blog: "phil-haack",
    documents: 400,
    tags: 120,
    perDocument: 2.3,
    usedFiveTimes: 36,
    brokenFrontMatter: 0,
  },
  {
    blog: "drew-devault",
    documents: 165,
    tags: 86,
    perDocument: 1.68,
    usedFiveTimes: 15,
    brokenFrontMatter: 0,
  },
  {
    blog: "protesilaos-stavrou",
    documents: 146,
    tags: 37,
    perDocument: 3.91,
    usedFiveTimes: 24,
    brokenFrontMatter: 0,
  },
  {
    blog: "will-norris",
    documents: 161,
    tags: 215,
    perDocument: 4.32,
    usedFiveTimes: 16,
    brokenFrontMatter: 0,
  },
  {
    blog: "matthias-endler",
    documents: 69,
    tags: 7,
    perDocument: 1.8,
    usedFiveTimes: 5,
    brokenFrontMatter: 0,
  },
  {
    blog: "justin-wheeler",
    documents: 173,
    tags: 251,
    perDocument: 10.64,
    usedFiveTimes: 98,
    brokenFrontMatter: 0,
  },
  {
    blog: "kevin-deldycke",
    documents: 244,
    tags: 704,
    perDocument: 8.27,
    usedFiveTimes: 88,
    brokenFrontMatter: 0,
  },
  {
    blog: "bozhidar-batsov",
    documents: 298,
    tags: 131,
    perDocument: 1.89,
    usedFiveTimes: 21,
    brokenFrontMatter: 4,
  },
];
const READING_TIMEOUT_MS = 120_000;
const CORPORA = path.resolve("../shared/corpora");
/** What never stands in the reading text of a sentence, unless the writer shows it as code. */
const LEFTOVERS =
  /\{[{%<]|[%>}]\}|<\/?(?:p|a|b|i|em|strong|span|div|br|img|li|ul|ol)\b[^>]*>|&(?:#\d+|nbsp|amp|lt|gt|quot|mdash);|\]\(/;

const corpora = needs("shared", "corpora");

describe.skipIf(corpora.isMissing).each(BLOGS)(`$blog${corpora.note}`, (expected) => {
  let reading: CorpusReading;

  beforeAll(async () => {
    reading = await readCorpus([path.join(CORPORA, expected.blog)], {}, diskFileSource);
  }, READING_TIMEOUT_MS);

  it("is read without a failure", () => {
    expect(reading.failures).toEqual([]);
    expect(reading.warnings.map(({ kind }) => kind)).toEqual(
      Array(expected.brokenFrontMatter).fill("brokenFrontMatter"),
    );
    expect(reading.documents.every(({ words }) => words > 0)).toBe(true);
  });

  it("has the documents and tags that its description states", () => {
    const uses = countTags(reading.documents);
    const labels = [...uses.values()].reduce((sum, count) => sum + count, 0);
    expect({
      documents: reading.documents.length,
      tags: uses.size,
      perDocument: Math.round((100 * labels) / reading.documents.length) / 100,
      usedFiveTimes: [...uses.values()].filter((count) => count >= 5).length,
    }).toEqual({
      documents: expected.documents,
      tags: expected.tags,
      perDocument: expected.perDocument,
      usedFiveTimes: expected.usedFiveTimes,
    });
  });

  it("has a title, a date and the language English in every document", () => {
    for (const { path: file, title, dateMs, language } of reading.documents) {
      expect({ file, dated: dateMs !== undefined, titled: title !== undefined }).toEqual({
        file,
        dated: true,
        titled: true,
      });
      // Too short a text is not guessed at.
      expect([undefined, "en"]).toContain(language);
    }
  });

  it("has every sentence and heading at its place in the source", async () => {
    for (const { path: file, sentences, headings } of reading.documents) {
      const source = await readFile(file, "utf8");
      let previousEnd = 0;
      for (const { text, start, end } of sentences) {
        expect(source.slice(start, end)).toBe(text);
        expect(start).toBeGreaterThanOrEqual(previousEnd);
        previousEnd = end;
      }
      for (const { text, start, end } of headings) expect(source.slice(start, end)).toBe(text);
    }
  });

  it("shows no markup in its reading text, but for one sentence in a thousand", () => {
    const sentences = reading.documents.flatMap((document) => document.sentences);
    const odd = sentences.filter(({ plain, text }) => LEFTOVERS.test(plain) && !/`|<code|&lt;/.test(text));
    expect(odd.length * 1000, odd.map(({ plain }) => plain).join("\n")).toBeLessThanOrEqual(sentences.length);
  });

  it("is not read again when nothing has changed", async () => {
    const known = new Map(reading.documents.map((document) => [document.path, document]));
    const again = await readCorpus([path.join(CORPORA, expected.blog)], {}, diskFileSource, known);
    expect(again.documents).toEqual([]);
    expect(again.unchanged).toHaveLength(expected.documents);
  });
});

function countTags(documents: readonly Document[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const key of documents.flatMap(({ tagKeys }) => tagKeys)) uses.set(key, (uses.get(key) ?? 0) + 1);
  return uses;
}
