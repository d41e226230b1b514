import { isPlain, quoteItem, quotePiece } from "../edit/quotes.ts";
import { type HashtagPlace, hashtagPlaceAt, type IsProse } from "../hashtags/hashtag-place.ts";
import { hasHashtags, type TagFormat } from "../tags.ts";
import { frontMatterPlaceAt } from "./front-matter-place.ts";
import { type OwnFieldPlace, ownFieldPlaceAt } from "./own-field-place.ts";
import type { FrontMatterPlace } from "./value-place.ts";

/** Where in a document a tag is being written. Offsets are UTF-16 code units; what is written replaces `start` to `end`. */
export type TagPlace = FrontMatterPlace | OwnFieldPlace | HashtagPlace;

/**
 * Where an offset stands in a tag that is being written; undefined elsewhere. Works line by line, so
 * that it holds while the front matter is half typed, and costs little where there is no tag. `isProse` is asked only
 * where a hashtag seems to be written.
 */
export function tagPlaceAt(
  source: string,
  offset: number,
  format: TagFormat,
  isProse: IsProse,
): TagPlace | undefined {
  const head = frontMatterPlaceAt(source, offset);
  if (head.kind === "inside") return head.place;
  const own = head.bodyStart === 0 ? format.tagField?.(source) : undefined;
  const place = own && ownFieldPlaceAt(source, offset, own);
  if (place !== undefined) return place;
  return hasHashtags(format) ? hashtagPlaceAt(source, offset, head.bodyStart, isProse) : undefined;
}

/** A tag as it is written at a place in a field; undefined where the notation cannot hold it. */
export function writtenTag(place: FrontMatterPlace | OwnFieldPlace, tag: string): string | undefined {
  if (place.kind === "ownField") return place.written(tag);
  const { format, context, quote, lead } = place;
  switch (context) {
    case "flow":
    case "block":
      return lead + quoteItem(tag, format, quote);
    case "empty":
      return `${lead}[${quoteItem(tag, format, "")}]`;
    case "string": {
      const isOdd =
        /[,;]/.test(tag) || (quote === "" ? !isPlain(`a ${tag}`) : format === "toml" && tag.includes(quote));
      return isOdd ? undefined : quotePiece(tag, format, quote);
    }
    default:
      return context satisfies never;
  }
}
