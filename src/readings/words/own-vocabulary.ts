import { isLanguageRead } from "../../corpus/language-read.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import { chosenFor } from "../../profile/chosen-for.ts";
import type { Store } from "../../store/store.ts";

/** A sentence in which a word stands: its document, and its number there. */
interface UsePlace {
  readonly documentId: number;
  readonly sentence: number;
}

interface KnownWord {
  uses: number;
  /** By how they are written, where neither a sentence begins nor what somebody says in it. */
  readonly spellings: Map<string, number>;
  places: UsePlace[];
}

/** A sentence of the writer's in which a word stands. */
export interface WordPassage {
  readonly text: string;
  readonly path: string;
  /** In the source as it was learned. */
  readonly start: number;
}

/** Of the newest documents, one sentence of each. */
const keptPlaces = 6;

/** The words of a writer that are one token each, how they are spelled, and where they stand. */
export class OwnVocabulary {
  readonly #store: Store;
  readonly #paths: ReadonlyMap<number, string>;
  readonly #words = new Map<number, KnownWord>();

  private constructor(store: Store, paths: ReadonlyMap<number, string>) {
    this.#store = store;
    this.#paths = paths;
  }

  /** Reads the writer's sentences in languages that are read; between documents it waits for `breathe`. */
  static async of(
    store: Store,
    writerId: number,
    { tokenizer }: Pick<PretrainedModel, "tokenizer">,
    breathe: () => Promise<void>,
  ): Promise<OwnVocabulary> {
    const chosen = store.writers.chosenFiles(writerId);
    const documents = store.documents.list(writerId);
    const vocabulary = new OwnVocabulary(store, new Map(documents.map(({ id, path }) => [id, path])));
    for (const { id: documentId, path, language: usual } of documents) {
      await breathe();
      const { languages } = chosenFor(chosen, path);
      for (const [sentence, { text, language = usual }] of store.documents.sentences(documentId).entries()) {
        if (isLanguageRead(language, languages)) vocabulary.#add(tokenizer, text, { documentId, sentence });
      }
    }
    return vocabulary;
  }

  /** How often the writer has used the word of a token. */
  uses(token: number): number {
    return this.#words.get(token)?.uses ?? 0;
  }

  /** As the writer spells it within a sentence; undefined where it never stood there. */
  spelling(token: number): string | undefined {
    const spellings = [...(this.#words.get(token)?.spellings ?? [])];
    return spellings.toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0];
  }

  /** Sentences in which the word stands, of the newest documents first, none of one document. */
  passages(token: number, limit: number, exceptPath: string): readonly WordPassage[] {
    const found: WordPassage[] = [];
    for (const { documentId, sentence } of this.#words.get(token)?.places.toReversed() ?? []) {
      const path = this.#paths.get(documentId);
      const own = path === exceptPath ? undefined : this.#store.documents.sentences(documentId)[sentence];
      if (path !== undefined && own !== undefined) found.push({ text: own.text, path, start: own.start });
      if (found.length === limit) break;
    }
    return found;
  }

  #add(tokenizer: PretrainedModel["tokenizer"], text: string, place: UsePlace): void {
    const { ids, words, spans } = tokenizer.encodeWords(text);
    for (const [at, id] of ids.entries()) {
      const word = words[at]!;
      if (words[at - 1] === word || words[at + 1] === word) continue;
      const known = this.#words.get(id) ?? { uses: 0, spellings: new Map<string, number>(), places: [] };
      this.#words.set(id, known);
      known.uses += 1;
      const { start, end } = spans[word]!;
      const written = text.slice(start, end);
      if (isWithin(text, start)) known.spellings.set(written, (known.spellings.get(written) ?? 0) + 1);
      if (known.places.at(-1)?.documentId === place.documentId) continue;
      known.places.push(place);
      if (known.places.length > keptPlaces) known.places.shift();
    }
  }
}

const isWithin = (sentence: string, start: number): boolean =>
  /\p{L}/u.test(sentence.slice(0, start)) && !/["“„‘«]\s*$/.test(sentence.slice(0, start));
