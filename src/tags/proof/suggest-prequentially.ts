import { prequentially } from "../../numbers/prequential.ts";
import { type TaggedDocument, tagKeys } from "../tagged-document.ts";
import type { ScoredTag, TagMethod } from "./tag-methods.ts";

/** What a document was suggested before it was learned from. */
export interface HeldOutSuggestions {
  readonly document: TaggedDocument;
  /** By each of the methods. */
  readonly suggestions: readonly (readonly ScoredTag[])[];
  /** Keys of its tags, and of those that an earlier document has, too. */
  readonly tags: readonly string[];
  readonly knownTags: readonly string[];
}

/**
 * Suggests each later document tags from everything before it; undefined for those that are learned from alone.
 *
 * @param mostSuggested as in `prequentially`
 */
export function* suggestPrequentially(
  methods: readonly TagMethod[],
  documents: readonly TaggedDocument[],
  mostSuggested = Number.POSITIVE_INFINITY,
): Generator<HeldOutSuggestions | undefined, void, undefined> {
  const seen = new Set<string>();
  const learner = {
    read: (document: TaggedDocument) => {
      const tags = tagKeys(document);
      const knownTags = tags.filter((key) => seen.has(key));
      const suggestions = methods.map((method) => method.suggest(document, Number.POSITIVE_INFINITY));
      return { document, suggestions, tags, knownTags };
    },
    learn: (document: TaggedDocument) => {
      for (const method of methods) method.learn(document);
      for (const key of tagKeys(document)) seen.add(key);
    },
  };
  yield* prequentially(documents, learner, mostSuggested);
}
