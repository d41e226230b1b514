import type { Stretch } from "../../lines.ts";
import { keysOf } from "./tag-field.ts";

/** The field for tags of a notation that has one otherwise than as front matter: `#+filetags:`, `\keywords{…}`. */
export interface OwnTagField {
  /** What stands in it, without blanks and marks around it; undefined where the document has no such field yet. */
  readonly value: Stretch | undefined;
  /** What stands between two tags, without blanks: `,`, `:`, `\sep`; empty for blanks alone. */
  readonly separator: string;
  /** All of a value: the marks around the tags that `value` leaves out. */
  readonly whole: (tags: string) => string;
  /** Where a field goes that is not there yet, and how it is written with a value; undefined where none can be added. */
  readonly added: { readonly at: number; readonly field: (value: string) => string } | undefined;
  /** A tag as the notation has it; undefined where it cannot hold it. */
  readonly written: (tag: string) => string | undefined;
  /** The tag that is so written; absent: it is the same. */
  readonly plain?: (written: string) => string;
}

/** A tag of the field as it is written. */
export interface OwnTag extends Stretch {
  readonly key: string;
}

/** The tags in the value of a field, with their places. */
export function ownTagsIn(source: string, { value, separator, plain }: OwnTagField): readonly OwnTag[] {
  if (value === undefined) return [];
  const text = source.slice(value.start, value.end);
  const pieces = separator === "" ? Array.from(text.matchAll(/"[^"]+"|\S+/g)) : piecesOf(text, separator);
  return pieces.flatMap(({ 0: written, index }) => {
    const [key] = keysOf("tags", [plain?.(written) ?? written]);
    const start = value.start + index;
    return key === undefined ? [] : [{ start, end: start + written.length, key }];
  });
}

function piecesOf(text: string, separator: string) {
  let at = 0;
  return text.split(separator).map((piece) => {
    const index = at + (piece.length - piece.trimStart().length);
    at += piece.length + separator.length;
    return { 0: piece.trim(), index };
  });
}

/** What stands between two tags of the field, as its writer has it. */
export function gapIn(source: string, { separator }: OwnTagField, tags: readonly Stretch[]): string {
  const [first, second] = tags;
  if (first !== undefined && second !== undefined) return source.slice(first.end, second.start);
  return separator === ":" ? ":" : /^\\/.test(separator) ? ` ${separator} ` : `${separator} `;
}
