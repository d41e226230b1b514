import { said } from "../../../said/said.ts";
import { tagKey } from "../../../text/tag-key.ts";
import type { Fields } from "../../fields.ts";
import { longestHead, readHead } from "../../front-matter.ts";
import type { SourceEdit } from "../../lines.ts";
import { FALLBACK_FIELDS, TAG_FIELDS, TAG_TABLES, type TagFormat, tagsIn } from "../tags.ts";
import { applyEdits, editTags } from "./edit-tags.ts";
import type { TagEditing } from "./field-edits.ts";
import { brokenFrontMatter, changeByHand, refused, tagUnwritableAt } from "./refusals.ts";
import { writtenTagsIn } from "./written-tags.ts";

/** What becomes of a tag; undefined: it stays. */
export type Replacing = (tag: string) => string | undefined;

/**
 * The edits that put other tags in the place of some in the fields of a document; no other byte changes. Where the new
 * tag stands already, the old one goes. The result is read again before it is given: what would not come out as wished
 * is refused.
 */
export function replaceTags(source: string, format: TagFormat, replacing: Replacing): TagEditing {
  const before = fieldsOf(source, format);
  const tags = tagsIn(before);
  const concerned = tags.filter((tag) => replacing(tag) !== undefined);
  if (concerned.length === 0) return { kind: "edits", edits: [] };
  const fault = readHead(source)?.fault;
  if (fault !== undefined) return brokenFrontMatter(fault);
  const doubled = doubledBy(tags, replacing);
  const removed = doubled.length === 0 ? undefined : withoutTags(source, format, tags, doubled);
  if (removed?.kind === "refused") return removed;
  const rest = removed === undefined ? source : applyEdits(source, removed.edits);
  const replaced = replacedIn(rest, format, tags, replacing);
  if (replaced.kind === "refused") return replaced;
  const after = applyEdits(rest, replaced.edits);
  if (!isAsWished(fieldsOf(after, format), before, replacing)) {
    return refused(said("The tag cannot be written in the notation of this document."), changeByHand);
  }
  return removed === undefined ? replaced : { kind: "edits", edits: [oneEdit(source, after)] };
}

/** Tags that are to become what stands there already, or what one before them becomes. */
function doubledBy(tags: readonly string[], replacing: Replacing): readonly string[] {
  const keys = new Set(tags.filter((tag) => replacing(tag) === undefined).map(tagKey));
  return tags.filter((tag) => {
    const other = replacing(tag);
    if (other === undefined) return false;
    const isThere = keys.has(tagKey(other));
    keys.add(tagKey(other));
    return isThere;
  });
}

function withoutTags(
  source: string,
  format: TagFormat,
  tags: readonly string[],
  gone: readonly string[],
): TagEditing {
  return editTags(
    source,
    format,
    tags.filter((tag) => !gone.includes(tag)),
  );
}

function replacedIn(
  source: string,
  format: TagFormat,
  tags: readonly string[],
  replacing: Replacing,
): TagEditing {
  const spelled = new Map(tags.map((tag) => [tagKey(tag), tag]));
  const edits: SourceEdit[] = [];
  for (const { key, start, end, written } of writtenTagsIn(source, format)) {
    const other = replacing(spelled.get(key) ?? key);
    if (other === undefined) continue;
    const newText = written(other);
    if (newText === undefined) {
      return tagUnwritableAt(other, source.slice(start, end));
    }
    if (newText !== source.slice(start, end)) edits.push({ start, end, newText });
  }
  return { kind: "edits", edits };
}

function isAsWished(after: Fields, before: Fields, replacing: Replacing): boolean {
  const wished = new Set(tagsIn(before).map((tag) => tagKey(replacing(tag) ?? tag)));
  const keys = tagsIn(after).map(tagKey);
  return (
    keys.length === wished.size && keys.every((key) => wished.has(key)) && others(after) === others(before)
  );
}

function fieldsOf(source: string, format: TagFormat): Fields {
  const head = readHead(source);
  const own = format.fields?.(source.slice(0, longestHead), head?.end ?? 0) ?? [];
  return new Map([...own, ...(head?.fields ?? [])]);
}

const ofTags = new Set([...TAG_FIELDS, ...FALLBACK_FIELDS, ...TAG_TABLES]);

/** All fields that hold no tags, as a text to compare. */
function others(fields: Fields): string {
  return JSON.stringify(
    [...fields].filter(([name]) => !ofTags.has(name)),
    (_, value) => (value instanceof Map ? [...value] : value),
  );
}

/** One edit that makes a text of another. */
function oneEdit(before: string, after: string): SourceEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < shorter - start && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { start, end: before.length - tail, newText: after.slice(start, after.length - tail) };
}
