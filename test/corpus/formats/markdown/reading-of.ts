import { mdx, readMarkdown } from "../../../../src/corpus/formats/markdown.ts";

/** What a reader sees of each sentence of a Markdown text. */
export function readingOf(source: string): readonly string[] {
  return readMarkdown(source, 0, "en").sentences.map(({ plain }) => plain);
}

/** What a reader sees of each sentence of an MDX text. */
export function readingOfMdx(source: string): readonly string[] {
  return mdx.read(source, 0, "en").sentences.map(({ plain }) => plain);
}

/** The written stretches of one kind, `source.slice(start, end)`. */
export function partsOf(source: string, kind: string): readonly string[] {
  return readMarkdown(source, 0, "en")
    .parts.filter((part) => part.kind === kind)
    .map(({ start, end }) => source.slice(start, end));
}
