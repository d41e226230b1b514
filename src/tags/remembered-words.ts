import { type PhraseCounts, PhraseIndex, phraseCounts } from "./similarity/phrase-index.ts";
import { WordNumbers } from "./similarity/word-numbers.ts";
import type { TagQuery } from "./tag-query.ts";

type Texts = Pick<TagQuery["document"], "title" | "text">;

/** The words and pairs of all remembered documents, and those of the document that was asked about last. */
export class RememberedWords {
  readonly #words = new WordNumbers();
  readonly titles = new PhraseIndex(this.#words);
  readonly texts = new PhraseIndex(this.#words);
  #asked: { readonly of: Texts; readonly title: PhraseCounts; readonly text: PhraseCounts } | undefined;

  /** Documents come in the order of their places. */
  add({ title, text }: Texts): void {
    this.titles.add(title);
    this.texts.add(text);
  }

  /** Places of the documents with this word in the title or in the text, oldest first. */
  placesOfWord(word: string): readonly number[] {
    const inTitle = this.titles.placesOf(word);
    const inText = this.texts.placesOf(word);
    if (inTitle.length === 0) return inText;
    return [...new Set([...inText, ...inTitle])].sort((a, b) => a - b);
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
