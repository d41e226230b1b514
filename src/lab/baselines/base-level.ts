import { activation } from "../../tags/features/history-features.ts";
import { rankTags, type ScoredTag, type TagMethod } from "../../tags/proof/tag-methods.ts";
import { type TaggedDocument, tagKeys } from "../../tags/tagged-document.ts";

/**
 * Base-level activation of memory (Anderson & Schooler 1991; for tags Kowald & Lex 2016, 'BLL'):
 * `ln Σ age^-0.5` over the earlier uses of a tag.
 *
 * Ages are in days, at least one: posts of one day are equally fresh.
 */
export class BaseLevel implements TagMethod {
  readonly name = "bll";
  readonly #usesMs = new Map<string, number[]>();

  learn(document: TaggedDocument): void {
    for (const tag of tagKeys(document)) {
      const uses = this.#usesMs.get(tag);
      if (uses === undefined) this.#usesMs.set(tag, [document.timeMs]);
      else uses.push(document.timeMs);
    }
  }

  suggest(document: TaggedDocument, limit: number): ScoredTag[] {
    const scores = [...this.#usesMs].map(([tag, uses]) => [tag, activation(uses, document.timeMs)] as const);
    return rankTags(scores, limit);
  }
}
