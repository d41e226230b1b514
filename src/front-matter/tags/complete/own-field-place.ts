import type { OwnTagField } from "../fields/own-tag-field.ts";
import { ownTagsIn } from "../fields/own-tags.ts";

/** Where a tag is being written in a field of a notation's own; what is written replaces `start` to `end`. */
export interface OwnFieldPlace {
  readonly kind: "ownField";
  readonly start: number;
  readonly end: number;
  readonly prefix: string;
  /** The tags of the field besides this one, by their keys. */
  readonly present: readonly string[];
  /** Undefined where the notation cannot hold it. */
  readonly written: (tag: string) => string | undefined;
}

/** The place of a tag at an offset; undefined outside of the field's value. */
export function ownFieldPlaceAt(
  source: string,
  offset: number,
  field: OwnTagField,
): OwnFieldPlace | undefined {
  const { value, separator, written, whole } = field;
  if (value === undefined || offset < value.start) return undefined;
  const behind = source.slice(value.end, Math.max(value.end, offset));
  if (behind !== "" && (behind !== separator || value.start === value.end)) return undefined;
  const tags = ownTagsIn(source, field);
  const own = tags.find(({ start, end }) => start <= offset && offset <= end);
  const others = tags.filter((tag) => tag !== own).map(({ key }) => key);
  const place = { kind: "ownField", present: others, written } as const;
  if (behind !== "") {
    // Behind the last sign of `:a:b:`.
    const closed = (tag: string) => {
      const one = written(tag);
      return one === undefined ? one : one + separator;
    };
    return { ...place, start: offset, end: offset, prefix: "", written: closed };
  }
  if (own !== undefined)
    return { ...place, start: own.start, end: own.end, prefix: source.slice(own.start, offset) };
  const isEmpty = source.slice(value.start, value.end).trim() === "";
  const isBehind = source.slice(value.start, offset).trimEnd().endsWith(separator);
  if (!isEmpty && !isBehind) return undefined;
  const alone = (tag: string) => {
    const one = written(tag);
    return one === undefined || !isEmpty ? one : whole(one);
  };
  return { ...place, start: offset, end: offset, prefix: "", written: alone };
}
