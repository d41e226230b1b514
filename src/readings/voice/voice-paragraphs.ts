import type { Sentence } from "../../corpus/document.ts";
import { countBlanks, fewestWords } from "../../voice/voice-passages.ts";

/** Whole paragraphs of a document that are scored together: one, or neighbours that are short. */
export interface VoiceParagraph {
  readonly sentences: readonly Sentence[];
  /** The words as a reader sees them. */
  readonly text: string;
  /** In the source, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/** A document's paragraphs in order. One that is too short to be scored goes with those after it. */
export function voiceParagraphs(sentences: readonly Sentence[]): readonly VoiceParagraph[] {
  const paragraphs: VoiceParagraph[] = [];
  let open: Sentence[] = [];
  for (const group of Map.groupBy(sentences, ({ paragraph }) => paragraph).values()) {
    open.push(...group);
    if (countBlanks(textOf(open)) < fewestWords) continue;
    paragraphs.push(paragraphOf(open));
    open = [];
  }
  return open.length === 0 ? paragraphs : [...paragraphs, paragraphOf(open)];
}

/** Where a stretch of a paragraph's text stands in the source: exactly, or else the sentences that it lies in. */
export function placeInSource(
  { sentences }: VoiceParagraph,
  { text, start, end }: { readonly text: string; readonly start: number; readonly end: number },
): { readonly start: number; readonly end: number } {
  let from = 0;
  const touched = sentences.filter(({ plain }) => {
    const [first, last] = [from, from + plain.length];
    from = last + 1;
    return first < end && last > start;
  });
  const [only, other] = touched;
  const at = only !== undefined && other === undefined ? only.text.indexOf(text) : -1;
  if (only !== undefined && at >= 0) return { start: only.start + at, end: only.start + at + text.length };
  return { start: only?.start ?? 0, end: touched.at(-1)?.end ?? 0 };
}

const textOf = (sentences: readonly Sentence[]): string => sentences.map(({ plain }) => plain).join(" ");

const paragraphOf = (sentences: readonly Sentence[]): VoiceParagraph => ({
  sentences,
  text: textOf(sentences),
  start: sentences[0]!.start,
  end: sentences.at(-1)!.end,
});
