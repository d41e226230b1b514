import { isLanguageRead } from "../../corpus/language-read.ts";
import { cutDocument } from "../../learning/cut-document.ts";
import { dot } from "../../numbers/vectors.ts";
import { chosenFor } from "../../profile/chosen-for.ts";
import type { GeneralReader } from "../../profile/profile.ts";
import type { Store } from "../../store/store.ts";
import { textHash } from "../../text/text-hash.ts";
import type { DocumentSentence } from "../../tone/reading/document-latent.ts";
import type { SentenceReaders } from "./sentence-reader.ts";

/** A sentence that the writer wrote before. */
export interface SimilarSentence {
  readonly text: string;
  /** Path of its document, and the offset of the sentence in the source as it was learned. */
  readonly path: string;
  readonly start: number;
  readonly cosine: number;
}

/** A passage of the corpus with its vector, as the learner has read it. */
interface IndexedPassage {
  readonly documentId: number;
  readonly firstSentence: number;
  readonly endSentence: number;
  readonly vector: Float32Array;
}

/** Passages whose sentences are compared one by one: sentences have no vectors in the store. */
const mostPassages = 4;
const mostSentences = 2;
/** 99 % of pairs of sentences lie below; less is no likeness. */
const leastCosine = 0.5;

/** The passages of one writer as one model has read them; made anew when the profile changes. */
export class PassageIndex {
  readonly #passages: readonly IndexedPassage[];

  private constructor(passages: readonly IndexedPassage[]) {
    this.#passages = passages;
  }

  /**
   * Waits for `breathe` between looks into the store, each of some milliseconds. Passages are cut by the model alone,
   * and read by it under the general prompts.
   */
  static async of(
    store: Store,
    writerId: number,
    { model, id }: Pick<GeneralReader, "model" | "id">,
    breathe: () => Promise<void>,
  ): Promise<PassageIndex> {
    await breathe();
    const byDocument = Map.groupBy(store.passages.list(writerId, model.id), ({ documentId }) => documentId);
    const indexed: IndexedPassage[] = [];
    for (const [documentId, passages] of byDocument) {
      await breathe();
      const vectors = store.vectors.of(documentId, { modelId: id, profileVersion: undefined }, "passage");
      // Position 0 is of title and lead; passage k lies at k + 1.
      const byPlace = new Map(
        vectors.map(({ unit, values }) => [unit.kind === "document" ? 0 : unit.position - 1, values]),
      );
      for (const { position, ...passage } of passages) {
        const vector = byPlace.get(position);
        if (vector !== undefined) indexed.push({ ...passage, vector });
      }
    }
    return new PassageIndex(indexed);
  }

  nearest(vector: Float32Array, limit: number): readonly IndexedPassage[] {
    return this.#passages
      .map((passage) => ({ passage, cosine: dot(passage.vector, vector) }))
      .toSorted((a, b) => b.cosine - a.cosine)
      .slice(0, limit)
      .map(({ passage }) => passage);
  }
}

/** The vector of a text as passages of the index have theirs, of its beginning where it is long; undefined without words. */
export async function passageVector(
  { encoder, reader }: Pick<SentenceReaders, "encoder" | "reader">,
  sentences: readonly string[],
  breathe: () => Promise<void>,
): Promise<Float32Array | undefined> {
  const [passage] = cutDocument(reader.model, "", sentences).passages;
  return passage && (await encoder.read([passage], reader.prompts, breathe))[0]!.vector;
}

/** At most two sentences, most similar first. The sentence itself, wherever it stands, is not among them. */
export async function similarSentences(
  store: Store,
  writerId: number,
  index: PassageIndex,
  sentence: DocumentSentence,
  read: (sentences: readonly string[]) => Promise<readonly DocumentSentence[]>,
): Promise<readonly SimilarSentence[]> {
  const chosen = store.writers.chosenFiles(writerId);
  const paths = new Map(store.documents.list(writerId).map(({ id, path }) => [id, path]));
  const candidates = index
    .nearest(sentence.vector, mostPassages)
    .flatMap(({ documentId, firstSentence, endSentence }) => {
      const { languages } = chosenFor(chosen, paths.get(documentId) ?? "");
      return store.documents
        .sentences(documentId)
        .slice(firstSentence, endSentence)
        .filter(({ language }) => isLanguageRead(language, languages))
        .map(({ text, start }) => ({ text, start, documentId }));
    })
    .filter(({ text }) => textHash(text) !== sentence.key);
  const readings = await read(candidates.map(({ text }) => text));
  return candidates
    .map((candidate, at) => ({ ...candidate, cosine: dot(readings[at]!.vector, sentence.vector) }))
    .filter((candidate) => candidate.cosine >= leastCosine)
    .toSorted((a, b) => b.cosine - a.cosine)
    .slice(0, mostSentences)
    .flatMap(({ documentId, ...similar }) => {
      const path = paths.get(documentId);
      return path === undefined ? [] : [{ ...similar, path }];
    });
}
