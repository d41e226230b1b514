import type { Store } from "../../store/store.ts";
import type { WordPassage } from "./own-vocabulary.ts";

/**
 * Sentences in which the writer uses a word, one of a document, the newest documents first. Capitals make no difference;
 * between documents it waits for `breathe`.
 *
 * @param exceptPath whose sentences are not told
 */
export async function wordPassages(
  { documents }: Pick<Store, "documents">,
  writerId: number,
  word: string,
  { limit, exceptPath, breathe }: PassageSearch,
): Promise<readonly WordPassage[]> {
  const holdsWord = new RegExp(`(?<![\\p{L}\\p{M}])${word}(?![\\p{L}\\p{M}])`, "iu");
  const found: WordPassage[] = [];
  for (const { id, path } of documents.list(writerId).toReversed()) {
    if (found.length === limit) break;
    if (path === exceptPath) continue;
    await breathe();
    const sentence = documents.sentences(id).find(({ text }) => holdsWord.test(text));
    if (sentence !== undefined) found.push({ text: sentence.text, path, start: sentence.start });
  }
  return found;
}

export interface PassageSearch {
  readonly limit: number;
  readonly exceptPath?: string;
  readonly breathe: () => Promise<void>;
}
