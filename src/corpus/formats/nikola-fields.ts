import type { Fields } from "../../front-matter/fields.ts";
import type { OwnTagField } from "../../front-matter/tags/fields/own-tag-field.ts";
import { type SourceLine, sourceLines } from "./source-lines.ts";
import { lineEndIn, newTagLine, tagLine } from "./tag-line.ts";

const OPEN = /^\uFEFF?(?:[ \t]*(?:\r\n|\n|\r)){0,20}<!--[ \t]*(?=[\r\n])/;
const FIELD = /^\.\. ([\w-]+):(?!:)[ \t]*(.*)$/;
const longestComment = 20_000;

/**
 * The lines `.. name: value` of the comment of HTML with which Nikola begins a post that is no reStructuredText
 * (getnikola.com/handbook, 'Metadata fields'); none where a text begins otherwise.
 */
function nikolaLines(source: string): readonly SourceLine[] {
  const opening = OPEN.exec(source)?.[0];
  if (opening === undefined) return [];
  const [, ...lines] = sourceLines(source.slice(0, longestComment), opening.length);
  const end = lines.findIndex(({ text }) => /^[ \t]*-->/.test(text));
  const inside = lines.slice(0, Math.max(0, end)).filter(({ text }) => text.trim() !== "");
  return inside.every(({ text }) => FIELD.test(text)) ? inside : [];
}

/** What a post of Nikola says of itself in such a comment. */
export function nikolaFields(source: string): Fields {
  const named = nikolaLines(source).flatMap(({ text }): [string, string][] => {
    const [, name = "", value = ""] = FIELD.exec(text) ?? [];
    return value.trim() === "" ? [] : [[name.toLowerCase(), value.trim()]];
  });
  return new Map(named);
}

/** Its field for tags; undefined where there is no such comment. */
export function nikolaTagField(source: string): OwnTagField | undefined {
  const lines = nikolaLines(source);
  const last = lines.at(-1);
  if (last === undefined) return undefined;
  const line = lines.find(({ text }) => /^\.\. tags:/i.test(text));
  if (line !== undefined) return tagLine(source, { start: line.start + ".. tags:".length, end: line.end });
  return newTagLine(last.end, (value) => `${lineEndIn(source)}.. tags: ${value}`);
}
