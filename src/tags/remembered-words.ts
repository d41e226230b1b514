import { type PhraseCounts, PhraseIndex, phraseCounts, phraseHash } from "./similarity/phrase-index.ts";
import type { Runs } from "./similarity/row-spans.ts";
import { type KnownDocument, type TaggedDocument, termsOf } from "./tagged-document.ts";

type Texts = Pick<TaggedDocument, "title" | "text">;

/** The words and pairs of all remembered documents, and those of the document that was asked about last. */
export class RememberedWords {
  readonly titles = new PhraseIndex();
  readonly texts = new PhraseIndex();
  #asked: { readonly of: Texts; readonly title: PhraseCounts; readonly text: PhraseCounts } | undefined;

  /** Documents come in the order of their places. */
  add(document: KnownDocument): void {
    const { titlePhrases, textPhrases } = termsOf(document);
    this.titles.add(titlePhrases);
    this.texts.add(textPhrases);
  }

  /** Holds words and pairs of documents that get their places later. */
  hold({ titlePhrases, textPhrases }: Record<"titlePhrases" | "textPhrases", Runs<Int32Array>>): void {
    this.titles.hold(titlePhrases);
    this.texts.hold(textPhrases);
  }

  /** Makes room for so many documents, as long as those so far. */
  reserve(documents: number): void {
    this.titles.reserve(documents);
    this.texts.reserve(documents);
  }

  /** Gives the next place to a document that is held. */
  admit(run: number): void {
    this.titles.admit(run);
    this.texts.admit(run);
  }

  /** Whatever is asked about a document is asked of its own words and pairs: they are looked up together. */
  lookUp(document: Texts): void {
    const { titlePhrases, textPhrases } = termsOf(document);
    const phrases = Int32Array.from([...titlePhrases, ...textPhrases]);
    this.titles.lookUp(phrases);
    this.texts.lookUp(phrases);
  }

  /** As `lookUp`, of these words and pairs of words. */
  lookUpPhrases(phrases: readonly string[]): void {
    const hashes = Int32Array.from(phrases, phraseHash);
    this.titles.lookUp(hashes);
    this.texts.lookUp(hashes);
  }

  /** At least so many documents have this word in the title or in the text. */
  leastCountOf(word: string): number {
    return Math.max(this.titles.placesOf(word).length, this.texts.placesOf(word).length);
  }

  /** Places of the documents with this word in the title or in the text, oldest first. */
  placesOfWord(word: string): readonly number[] {
    const inTitle = this.titles.placesOf(word);
    const inText = this.texts.placesOf(word);
    return inTitle.length === 0 ? inText : merged(inTitle, inText);
  }

  /** Counts in a document; it is counted once however often it is asked about in a row. */
  countsOf(document: Texts): { readonly title: PhraseCounts; readonly text: PhraseCounts } {
    if (this.#asked?.of !== document) {
      this.#asked = {
        of: document,
        title: phraseCounts(document.title),
        text: phraseCounts(document.text),
      };
    }
    return this.#asked;
  }
}

/** The numbers of two rising lists, each once, rising. */
function merged(first: readonly number[], second: readonly number[]): readonly number[] {
  const both: number[] = [];
  let a = 0;
  let b = 0;
  while (a < first.length || b < second.length) {
    const left = first[a] ?? Number.POSITIVE_INFINITY;
    const right = second[b] ?? Number.POSITIVE_INFINITY;
    both.push(Math.min(left, right));
    if (left <= right) a += 1;
    if (right <= left) b += 1;
  }
  return both;
}
