import type { TaggedDocument } from "../tagged-document.ts";

/** A suggested tag; `tag` is the key (case-folded and trimmed), higher scores come first. */
export interface ScoredTag {
  readonly tag: string;
  readonly score: number;
}

/** A way to suggest tags that learns from one document after the other. */
export interface TagMethod {
  readonly name: string;
  /** Adds a document with its tags to the memory. Documents come in order of time. */
  learn(document: TaggedDocument): void;
  /** The best tags for a document, whose own tags are not looked at; best first. */
  suggest(document: TaggedDocument, limit: number): readonly ScoredTag[];
}

/** Best first. The order is total: score rounded to 1e-4, then name. */
export function rankTags(
  scores: Iterable<readonly [tag: string, score: number]>,
  limit: number,
): ScoredTag[] {
  const rounded: ScoredTag[] = [];
  for (const [tag, score] of scores) rounded.push({ tag, score: Math.round(score * 1e4) / 1e4 });
  rounded.sort((a, b) => b.score - a.score || (a.tag < b.tag ? -1 : 1));
  return rounded.slice(0, limit);
}
