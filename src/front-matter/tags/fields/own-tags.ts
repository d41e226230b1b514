import type { Stretch } from "../../lines.ts";
import type { OwnTagField } from "./own-tag-field.ts";
import { keysOf } from "./tag-field.ts";

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
