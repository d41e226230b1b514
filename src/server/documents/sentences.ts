import type { PartKind, Sentence } from "../../corpus/document.ts";
import type { ParsedSource } from "../../corpus/parse-document.ts";
import type { SourceEdit } from "../../front-matter/lines.ts";
import type { Range } from "../../protocol/readings.ts";
import type { TextEdit } from "../../protocol/tag-suggestions.ts";
import type { OpenDocument } from "../context.ts";

/** Where the writer's own words do not stand. A heading is no sentence. */
const otherKinds: ReadonlySet<PartKind> = new Set([
  "heading",
  "frontMatter",
  "code",
  "quotation",
  "table",
  "image",
  "html",
  "shortcode",
  "math",
]);

/** The sentence of prose at an offset; undefined in code, front matter, targets of links and the like. */
export function sentenceAt(source: string, parsed: ParsedSource, offset: number): Sentence | undefined {
  const sentence = parsed.sentences.find(({ start, end }) => start <= offset && offset < end);
  if (sentence === undefined) return undefined;
  const isOther = parsed.parts.some(
    ({ kind, start, end }) =>
      start <= offset &&
      offset < end &&
      (otherKinds.has(kind) || (kind === "link" && offset >= start + wordsOfLink(source.slice(start, end)))),
  );
  return isOther ? undefined : sentence;
}

/** How many characters of a link are words, not its target; an address alone has none. */
function wordsOfLink(link: string): number {
  if (!link.startsWith("[")) return 0;
  const target = Math.max(link.lastIndexOf("]("), link.lastIndexOf("]["));
  return target < 0 ? link.length : target + 1;
}

/** The words of each sentence, without markup. */
export function plainSentences({ parsed }: Pick<OpenDocument, "parsed">): readonly string[] {
  return parsed.sentences.map(({ plain }) => plain);
}

/** Where a stretch of the source lies, as the editor counts. */
export function rangeOf(document: OpenDocument, { start, end }: Stretch): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

/** Edits of the source, as the editor counts. */
export function textEdits(document: OpenDocument, edits: readonly SourceEdit[]): readonly TextEdit[] {
  return edits.map((edit) => ({ range: rangeOf(document, edit), newText: edit.newText }));
}

/** Offsets in the source; the end is not part of it. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A sentence, or the part of one that a selection holds. */
export interface SelectedText {
  readonly sentence: Sentence;
  /** Undefined: all of it. */
  readonly part: Stretch | undefined;
}

/** What a stretch of the source holds of each sentence, in order. */
export function sentencesIn(parsed: ParsedSource, start: number, end: number): readonly SelectedText[] {
  return parsed.sentences
    .filter((sentence) => sentence.start < end && start < sentence.end)
    .map((sentence) => {
      const isWhole = start <= sentence.start && sentence.end <= end;
      const part = { start: Math.max(start, sentence.start), end: Math.min(end, sentence.end) };
      return { sentence, part: isWhole ? undefined : part };
    });
}
