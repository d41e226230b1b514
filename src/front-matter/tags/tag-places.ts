import type { TagPlace } from "./tag-place.ts";
import { frontMatterPlaceAt } from "./tag-place-front-matter.ts";
import { hashtagPlaceAt } from "./tag-place-hashtag.ts";

/**
 * Where an offset stands in a tag that is being written; undefined elsewhere. Works line by line, so
 * that it holds while the front matter is half typed, and costs little where there is no tag.
 */
export function tagPlaceAt(source: string, offset: number, path: string): TagPlace | undefined {
  const head = frontMatterPlaceAt(source, offset);
  if (head.kind === "inside") return head.place;
  return /\.txt$/i.test(path) ? undefined : hashtagPlaceAt(source, offset, head.bodyStart);
}
