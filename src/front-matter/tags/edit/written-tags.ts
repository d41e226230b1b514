import { tagKey } from "../../../text/tag-key.ts";
import { readHead } from "../../front-matter.ts";
import type { FrontMatterFormat } from "../../head-blocks.ts";
import type { Stretch } from "../../lines.ts";
import { ownTagsIn } from "../fields/own-tags.ts";
import type { Quote, TagField, TagItem } from "../fields/tag-field.ts";
import { activeFields, tagFieldsIn } from "../fields/tag-fields.ts";
import type { TagFormat } from "../tags.ts";
import { isPlain, quoteItem, quotePiece } from "./quotes.ts";

/** A tag of a field where it is written, quotation marks included. */
export interface WrittenTag extends Stretch {
  readonly key: string;
  /** Another tag as it would be written here; undefined where this place cannot hold it. */
  readonly written: (tag: string) => string | undefined;
}

/** The tags in the fields of a document with their places, in its order; none where its front matter is broken. */
export function writtenTagsIn(source: string, format: TagFormat): readonly WrittenTag[] {
  const head = readHead(source);
  if (head === undefined) return tagsOfOwnField(source, format);
  if (head.fault !== undefined) return [];
  const { fields } = tagFieldsIn(source, head);
  return activeFields(fields)
    .flatMap((field) => tagsOfField(source, field, head.format))
    .toSorted((a, b) => a.start - b.start);
}

function tagsOfOwnField(source: string, { tagField }: TagFormat): readonly WrittenTag[] {
  const field = tagField?.(source);
  if (field === undefined) return [];
  return ownTagsIn(source, field).map(({ key, start, end }) => ({ key, start, end, written: field.written }));
}

function tagsOfField(source: string, { value }: TagField, format: FrontMatterFormat): readonly WrittenTag[] {
  if (value.kind === "empty" || value.kind === "fixed") return [];
  return value.items.flatMap((item: TagItem): readonly WrittenTag[] => {
    const { key, start, end, isTable } = item;
    if (key === undefined) return [];
    const raw = source.slice(start, end);
    const written = (tag: string): string | undefined => {
      if (isTable) return undefined;
      return value.kind === "string" ? asPiece(tag, value.quote, raw, format) : asItem(tag, raw, format);
    };
    return [{ key, start, end, written }];
  });
}

/** In the quotation marks that stand there; a hash within them stays. */
function asItem(tag: string, raw: string, format: FrontMatterFormat): string {
  const quote = /^["']/.exec(raw)?.[0] as Quote | undefined;
  const hash = quote !== undefined && raw[1] === "#" && !raw.startsWith("#[[", 1) ? "#" : "";
  return quoteItem(hash + tag, format, quote ?? "");
}

function asPiece(tag: string, quote: Quote, raw: string, format: FrontMatterFormat): string | undefined {
  const isOdd = /[,;]/.test(tag) || (quote === "" && !isPlain(`a ${tag}`));
  return isOdd ? undefined : quotePiece(raw.startsWith("#") ? `#${tag}` : tag, format, quote);
}

/** The tag of a field at an offset. */
export function writtenTagAt(source: string, format: TagFormat, offset: number): WrittenTag | undefined {
  return writtenTagsIn(source, format).find(({ start, end }) => start <= offset && offset <= end);
}

/** Whether a tag is this one or lies below it: `boats/oars` under `boats`. */
export function isTagOrBelow(tag: string, above: string): boolean {
  return `${tagKey(tag)}/`.startsWith(`${tagKey(above)}/`);
}
