import { authorsOf } from "../../../src/corpus/authors.ts";
import type { Format } from "../../../src/corpus/formats/format.ts";
import { dateOf, parseSource, titleOf } from "../../../src/corpus/parse-document.ts";
import { tagsIn } from "../../../src/front-matter/tags/tags.ts";

/** What a source of a format gives, in short; sentences and headings that do not stand at their places are `misplaced`. */
export function readFormat(source: string, format: Format) {
  const path = `/a/text.${format.endings[0]}`;
  const parsed = parseSource(source, path, "en", format);
  const stretches = [...parsed.sentences, ...parsed.headings];
  return {
    sentences: parsed.sentences.map(({ plain }) => plain),
    headings: parsed.headings.map(({ level, plain }) => `${level} ${plain}`),
    kinds: [...new Set(parsed.parts.map(({ kind }) => kind))].sort(),
    misplaced: stretches.filter(({ start, end, text }) => source.slice(start, end) !== text),
    said: {
      title: titleOf(parsed),
      date: dateOf(parsed, path),
      authors: authorsOf(parsed.fields),
      tags: tagsIn(parsed.fields),
    },
  };
}
