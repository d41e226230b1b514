import { isLanguageRead } from "../../corpus/language-read.ts";
import type { SoftPrompts } from "../../prompts/soft-prompts.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { Store } from "../../store/store.ts";
import { chosenFor } from "../chosen-for.ts";
import type { GeneralReader, LearnedPrompts } from "../profile.ts";
import { learnedPromptsOf } from "../versions.ts";
import type { OwnWordsRequest } from "./own-words.ts";
import type { WrittenSentence } from "./word-occurrences.ts";

/** Of the newest documents: older ones would not change which words are used often. */
const mostSentences = 20_000;
/** Sentences of others in which words are looked for. */
const mostOthersSentences = 5_000;

/**
 * What own words are looked for in: the writer's prompts and sentences, beside those of others in the store.
 *
 * @param compared whose prompts may be compared with; absent: those of all others
 */
export function ownWordsMaterial(
  store: Store,
  { id: readerId }: Pick<GeneralReader, "id">,
  writer: Writer,
  { shared, delta }: LearnedPrompts,
  compared?: readonly Writer[],
): Pick<OwnWordsRequest, "shared" | "delta" | "otherDelta" | "sentences" | "others"> {
  const others = store.writers.list().filter(({ id }) => id !== writer.id);
  const otherDelta = firstDelta(store, compared ?? others, readerId, delta);
  return {
    shared,
    delta,
    ...(otherDelta === undefined ? {} : { otherDelta }),
    sentences: newestSentences(store, [writer], mostSentences),
    others: newestSentences(store, others, mostOthersSentences),
  };
}

/** The delta of the first of these writers that has one as long on the same model. */
function firstDelta(
  store: Store,
  writers: readonly Writer[],
  readerId: string,
  { length }: SoftPrompts,
): SoftPrompts | undefined {
  for (const { id } of writers) {
    const active = store.profileVersions.active(id);
    const prompts = active?.baseModelId === readerId ? learnedPromptsOf(store, active) : undefined;
    if (prompts?.delta.length === length) return prompts.delta;
  }
  return undefined;
}

/** Sentences in languages that are read, of whole documents until there are so many, the newest documents first. */
function newestSentences(store: Store, writers: readonly Writer[], most: number): readonly WrittenSentence[] {
  const found: WrittenSentence[] = [];
  for (const { id: writerId } of writers) {
    const chosen = store.writers.chosenFiles(writerId);
    for (const { id, path, language: usual } of store.documents.list(writerId).toReversed()) {
      if (found.length >= most) return found;
      const { languages } = chosenFor(chosen, path);
      for (const { start, end, text, language = usual } of store.documents.sentences(id)) {
        if (isLanguageRead(language, languages)) found.push({ path, start, end, text });
      }
    }
  }
  return found;
}
