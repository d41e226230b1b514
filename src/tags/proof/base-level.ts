import { type TaggedDocument, tagKeys } from "../tagged-document.ts";
import { rankTags, type ScoredTag, type TagMethod } from "./tag-method.ts";

const msPerDay = 86_400_000;
const decay = 0.5;

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

/** `ln Σ max(1, age in days)^-0.5`. */
export function activation(usesMs: readonly number[], nowMs: number): number {
  let sum = 0;
  for (const useMs of usesMs) sum += Math.max(1, (nowMs - useMs) / msPerDay) ** -decay;
  return Math.log(sum);
}
