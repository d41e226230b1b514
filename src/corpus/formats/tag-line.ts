import type { Stretch } from "../../front-matter/lines.ts";
import type { OwnTagField } from "../../front-matter/tags/fields/own-tag-field.ts";

const WORDS = (tag: string): string | undefined => (/[,;[\]]/.test(tag) ? undefined : tag);

/**
 * A field for tags of which the value stands in one line: `a, b`, `a; b`, `[a, b]`.
 * @param value all that stands behind the name of the field
 * @param lead what stands between the name and a value
 */
export function tagLine(
  source: string,
  value: Stretch,
  lead = " ",
  written: OwnTagField["written"] = WORDS,
): OwnTagField {
  const text = source.slice(value.start, value.end);
  const [open = "", blanks = ""] = /^([ \t]*)(?:\[(?!\[))?/.exec(text) ?? [];
  const close = open.endsWith("[") ? (/\][ \t]*$/.exec(text)?.[0].length ?? 0) : 0;
  const isBlank = text.trim() === "";
  const start = value.start + (isBlank ? Math.min(blanks.length, lead.length) : open.length);
  return {
    value: { start, end: isBlank ? start : value.end - close },
    separator: !text.includes(",") && text.includes(";") ? ";" : ",",
    whole: (tags) => (blanks === "" && isBlank ? lead : "") + tags,
    added: undefined,
    written,
  };
}

/** A field in one line that is not there yet. */
export function newTagLine(
  at: number,
  field: (value: string) => string,
  written: OwnTagField["written"] = WORDS,
): OwnTagField {
  return { value: undefined, separator: ",", whole: (tags) => tags, added: { at, field }, written };
}

/** How the lines of a source end. */
export const lineEndIn = (source: string): string => /\r\n|\n|\r/.exec(source)?.[0] ?? "\n";
