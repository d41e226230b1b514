import { formatCount } from "./format.ts";
import { type Translate, untranslated } from "./translate.ts";

/** 1 document, 2 documents, in the reader's language. */
export function describeCount(
  count: number,
  what: "document" | "tag" | "word",
  t: Translate = untranslated,
): string {
  const figure = formatCount(count);
  switch (what) {
    case "document":
      return count === 1 ? t("1 document") : t("{0} documents", figure);
    case "tag":
      return count === 1 ? t("1 tag") : t("{0} tags", figure);
    case "word":
      return count === 1 ? t("1 word") : t("{0} words", figure);
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
