import { type TaggedDocument, tagKeys } from "../tagged-document.ts";
import { rankTags, type ScoredTag, type TagMethod } from "./tag-method.ts";

/** Suggests the tags used most often so far, whatever the document says. */
export class MostFrequent implements TagMethod {
  readonly name = "mostFrequent";
  readonly #counts = new Map<string, number>();

  learn(document: TaggedDocument): void {
    for (const tag of tagKeys(document)) this.#counts.set(tag, (this.#counts.get(tag) ?? 0) + 1);
  }

  suggest(_document: TaggedDocument, limit: number): ScoredTag[] {
    return rankTags(this.#counts, limit);
  }
}
