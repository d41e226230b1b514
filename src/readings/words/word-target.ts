import type { Sentence } from "../../corpus/document.ts";
import { type Place, placeWords } from "../word-places.ts";

/** A word of a sentence, or a gap in it, that another word may take the place of. */
export interface WordTarget {
  /** What stands there; empty for a gap between words. */
  readonly text: string;
  /** In the sentence's plain text, in UTF-16 code units. */
  readonly hidden: Place;
  /** In the source: what a word takes the place of. */
  readonly replaced: Place;
}

/** More is a phrase: no single word stands for it. */
const mostWords = 4;
const wordPattern = /[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu;

/** The words of a sentence, each as what another word may take the place of. */
export function targetWords({ text, plain, start }: TargetedSentence): readonly WordTarget[] {
  const found = [...plain.matchAll(wordPattern)];
  const places = placeWords(
    text,
    start,
    found.map(([word]) => word),
  );
  return found.map(({ 0: word, index }, at) => ({
    text: word,
    hidden: { start: index, end: index + word.length },
    replaced: places[at]!,
  }));
}

type TargetedSentence = Pick<Sentence, "text" | "plain" | "start">;

/**
 * The word at a place of the source, or the words that it touches, or the gap where there is none: between words, or
 * what somebody has written for a word still missing (`___`, `…`). Undefined where it touches too many words.
 */
export function wordTarget(sentence: TargetedSentence, place: Place): WordTarget | undefined {
  const words = targetWords(sentence);
  const touched = words.filter(({ replaced }) => touches(place, replaced));
  if (touched.length > mostWords) return undefined;
  const [first, last] = [touched[0], touched.at(-1)];
  if (first === undefined || last === undefined) return gapAt(sentence, words, place);
  const hidden = { start: first.hidden.start, end: last.hidden.end };
  const replaced = { start: first.replaced.start, end: last.replaced.end };
  return { text: sentence.plain.slice(hidden.start, hidden.end), hidden, replaced };
}

/** A cursor touches a word at both of its ends. */
const touches = ({ start, end }: Place, word: Place): boolean =>
  start === end ? word.start <= start && start <= word.end : word.start < end && start < word.end;

/** A gap marked by what is selected, or one behind the word before it. */
function gapAt(
  { text, plain, start: from }: TargetedSentence,
  words: readonly WordTarget[],
  { start, end }: Place,
): WordTarget {
  const before = words.findLast(({ replaced }) => replaced.end <= start)?.hidden.end ?? 0;
  const selected = text.slice(Math.max(0, start - from), Math.max(0, end - from));
  const marks = selected.trim();
  const at = marks === "" ? -1 : plain.indexOf(marks, before);
  if (at < 0) return { text: "", hidden: { start: before, end: before }, replaced: { start, end: start } };
  const first = start + selected.indexOf(marks);
  return {
    text: marks,
    hidden: { start: at, end: at + marks.length },
    replaced: { start: first, end: first + marks.length },
  };
}
