import { z } from "zod";
import { UsageError } from "../../cli/errors.ts";
import { parseSource } from "../../corpus/parse-document.ts";
import { countBlanks, type PlacedSentence, voicePassages } from "../../voice/voice-passages.ts";
import { NearDuplicates } from "../measures/near-duplicates.ts";
import { jsonLines } from "../measures/unpacked-lines.ts";

/** A post as passages of what its writer says: no code, no quotations. */
export interface Post {
  readonly writer: string;
  /** Names it among all posts. */
  readonly name: string;
  /** Sorts by time; empty where it is not known. */
  readonly date: string;
  readonly passages: readonly string[];
}

/** A paragraph as it was written, and as an assistant returned it: polished, and written anew. */
export interface RewrittenText {
  readonly writer: string;
  readonly original: string;
  readonly light: string;
  readonly full: string;
}

const postRow = z.object({
  writer: z.string(),
  text: z.string(),
  path: z.string().optional(),
  date: z.string().nullish(),
});
const rewriteRow = z.object({
  writer: z.string(),
  original: z.string(),
  light: z.string(),
  full: z.string(),
});

/** Shorter sentences are written again and again by anybody. */
const fewestWordsOfCopy = 6;

/** The rows of a file of rewritten paragraphs, without markup. Throws UsageError for a row that is none. */
export function readRewrites(path: string): readonly RewrittenText[] {
  return rowsOf(path, rewriteRow).map(({ writer, original, light, full }) => ({
    writer,
    original: plainOf(original).join(" "),
    light: plainOf(light).join(" "),
    full: plainOf(full).join(" "),
  }));
}

/**
 * The posts of a file, without paragraphs that repeat one of `apart`, or a sentence of it, nearly or wholly. Throws
 * UsageError for a row that is none.
 */
export function readPosts(path: string, apart: readonly RewrittenText[]): readonly Post[] {
  const copies = new NearDuplicates();
  for (const { original } of apart) {
    copies.add(original);
    for (const sentence of plainOf(original))
      if (countBlanks(sentence) >= fewestWordsOfCopy) copies.add(sentence);
  }
  const isCopy = (text: string): boolean => countBlanks(text) >= fewestWordsOfCopy && copies.has(text);
  return rowsOf(path, postRow).map(({ writer, text, date, path: file = "post.md" }, row) => {
    const { sentences } = parseSource(text, /\.(mdx|txt)$/i.test(file) ? file : `${file}.md`);
    const paragraphs = [...Map.groupBy(sentences, ({ paragraph }) => paragraph).values()]
      .map((group) => group.map(({ plain, paragraph }) => ({ text: plain, paragraph })))
      .filter((group) => !isCopy(textOf(group)) && !group.some(({ text }) => isCopy(text)));
    return { writer, name: `${row} ${file}`, date: date ?? "", passages: voicePassages(paragraphs.flat()) };
  });
}

const textOf = (sentences: readonly PlacedSentence[]): string => sentences.map(({ text }) => text).join(" ");

function plainOf(text: string): readonly string[] {
  return parseSource(text, "paragraph.md").sentences.map(({ plain }) => plain);
}

function rowsOf<Row>(path: string, shape: z.ZodType<Row>): readonly Row[] {
  return jsonLines(path).map(({ line, value }) => {
    const row = shape.safeParse(value);
    if (row.success) return row.data;
    const [issue] = row.error.issues;
    const what = value === undefined ? "it is no JSON" : `${issue?.path.join(".")} ${issue?.message}`.trim();
    throw new UsageError(`Line ${line} of ${path} is not as it should be: ${what}. See docs/cli.md.`);
  });
}
