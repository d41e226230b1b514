import { said } from "../../../said/said.ts";
import type { SourceEdit } from "../../lines.ts";
import type { OwnTagField } from "../fields/own-tag-field.ts";
import { gapIn, ownTagsIn } from "../fields/own-tags.ts";
import type { TagEditing, Wish } from "./field-edits.ts";
import { refused } from "./refusals.ts";

/** The edits that make the tags of a field of a notation's own these; those that stay keep their places and spelling. */
export function ownFieldEdits(source: string, field: OwnTagField, wishes: readonly Wish[]): TagEditing {
  const present = ownTagsIn(source, field);
  const keys = new Set(present.map(({ key }) => key));
  const wanted = new Set(wishes.map(({ key }) => key));
  const added: string[] = [];
  for (const { key, tag } of wishes) {
    if (keys.has(key)) continue;
    const written = field.written(tag);
    if (written === undefined)
      return refused(
        said("The notation of this document cannot hold the tag '{0}'.", tag),
        said("Write it in another spelling."),
      );
    added.push(written);
  }
  const gap = gapIn(source, field, present);
  const last = present.findLastIndex(({ key }) => wanted.has(key));
  if (last < 0) return allNew(source, field, added, gap);
  const edits = present.flatMap(({ key, start, end }, at): SourceEdit[] => {
    if (wanted.has(key)) return [];
    const [before, after] = [present[at - 1], present[at + 1]];
    return at > last && before !== undefined
      ? [{ start: before.end, end, newText: "" }]
      : [{ start, end: after?.start ?? end, newText: "" }];
  });
  const at = present[last]!.end;
  if (added.length > 0) edits.push({ start: at, end: at, newText: added.map((tag) => gap + tag).join("") });
  return { kind: "edits", edits: edits.toSorted((a, b) => a.start - b.start || a.end - b.end) };
}

function allNew(
  source: string,
  { value, whole, added: place }: OwnTagField,
  tags: readonly string[],
  gap: string,
): TagEditing {
  const text = tags.join(gap);
  if (value !== undefined) {
    const isBlank = source.slice(value.start, value.end).trim() === "";
    const newText = isBlank && tags.length > 0 ? whole(text) : text;
    return { kind: "edits", edits: [{ ...value, newText }] };
  }
  if (tags.length === 0) return { kind: "edits", edits: [] };
  if (place === undefined)
    return refused(said("This document has no place for tags yet."), said("Add a field for tags by hand."));
  return { kind: "edits", edits: [{ start: place.at, end: place.at, newText: place.field(whole(text)) }] };
}
