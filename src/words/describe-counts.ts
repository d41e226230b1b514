import { plural, type Translate, untranslated } from "./translate.ts";

/** 1 document, 2 documents, in the reader's language. */
export function describeCount(
  count: number,
  what: "document" | "tag" | "word",
  t: Translate = untranslated,
): string {
  switch (what) {
    case "document":
      return plural(t, count, "{0} document", "{0} documents");
    case "tag":
      return plural(t, count, "{0} tag", "{0} tags");
    case "word":
      return plural(t, count, "{0} word", "{0} words");
    default:
      return what satisfies never;
  }
}

/** What a corpus holds: 57 documents, 31,000 words, 21 tags. */
export function describeCounts(
  { documents, words, tags }: Readonly<Record<"documents" | "words" | "tags", number>>,
  t: Translate = untranslated,
): string {
  return [
    describeCount(documents, "document", t),
    describeCount(words, "word", t),
    describeCount(tags, "tag", t),
  ].join(", ");
}
