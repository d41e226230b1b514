import { tagKey } from "../text/tag-key.ts";

/** A document of one writer, as the tag methods see it. */
export interface TaggedDocument {
  /** File name or another name that is unique among the writer's documents. */
  readonly id: string;
  readonly timeMs: number;
  readonly title: string;
  /** Prose without front matter. */
  readonly text: string;
  /** In the writer's spelling, in the writer's order. */
  readonly tags: readonly string[];
  /** Keys of the tags that were taken from suggestions: no evidence that suggestions are right. None if absent. */
  readonly accepted?: ReadonlySet<string>;
  /** Unit-length passage vectors; the first is of the title and the lead. May be empty. */
  readonly vectors: readonly Float32Array[];
  /** Unit-length vector of the whole document. */
  readonly vector: Float32Array;
}

/** The keys of a document's tags, each once, in the writer's order. */
export function tagKeys(document: Pick<TaggedDocument, "tags">): string[] {
  const keys = new Set<string>();
  for (const tag of document.tags) {
    const key = tagKey(tag);
    if (key !== "") keys.add(key);
  }
  return [...keys];
}
