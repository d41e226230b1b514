import type { Fields } from "../../front-matter/fields.ts";
import { longestHead, readHead } from "../../front-matter/front-matter.ts";
import { applyEdits, editTags } from "../../front-matter/tags/edit/edit-tags.ts";
import type { TagEditing } from "../../front-matter/tags/edit/field-edits.ts";
import { jekyllTagEdits } from "../../front-matter/tags/edit/jekyll-edits.ts";
import { refused } from "../../front-matter/tags/edit/refusals.ts";
import type { TagHabit } from "../../front-matter/tags/edit/tag-habit.ts";
import { isJekyllPost, withJekyllTags } from "../../front-matter/tags/fields/jekyll-tags.ts";
import { spacedTagsIn, tagsIn } from "../../front-matter/tags/tags.ts";
import { said } from "../../said/said.ts";
import { tagKey } from "../../text/tag-key.ts";
import type { Format } from "../formats/format.ts";

/** A text whose tags are read or changed, by its format. */
export interface TaggedSource {
  readonly source: string;
  readonly format: Format;
  /** Says whether it is a post of Jekyll. */
  readonly path?: string;
}

/** The tags in the fields of a document; read from its head alone, as that is quick for any document. */
export function documentTags(document: TaggedSource): readonly string[] {
  const fields = fieldsOf(document);
  return tagsIn(isJekyllPost(document.path) ? withJekyllTags(fields) : fields);
}

function fieldsOf({ source, format }: TaggedSource): Fields {
  const head = readHead(source);
  const own = format.fields?.(source.slice(0, longestHead), head?.end ?? 0) ?? [];
  return new Map([...own, ...(head?.fields ?? [])]);
}

/** Whether tags can stand in a document: in front matter, or in a field of its notation. */
export const hasTagPlace = ({ format, source }: TaggedSource): boolean =>
  format.holdsTags || readHead(source) !== undefined || format.tagField?.(source) !== undefined;

/**
 * The edits that make the tags of a document these, those that it has in the order in which they stand; where it has
 * none, they are written by the writer's habit. Of words with blanks between them a list or a comma would make one tag,
 * where Jekyll reads several: in its posts another word is put beside them, elsewhere such a change is refused.
 */
export function editDocumentTags(
  document: TaggedSource,
  tags: readonly string[],
  habit: TagHabit | undefined,
): TagEditing {
  const { source, format, path } = document;
  if (!hasTagPlace(document)) return noPlaceForTags(format);
  if (isJekyllPost(path) && spacedKeysIn(document).length > 0) return jekyllTagEdits(source, tags);
  const editing = editTags(source, format, inOwnOrder(document, tags), habit);
  if (editing.kind === "refused") return editing;
  const wished = new Set(tags.map(tagKey));
  const staying = spacedKeysIn(document).filter((key) => wished.has(key));
  const left = new Set(spacedKeysIn({ source: applyEdits(source, editing.edits), format }));
  return staying.every((key) => left.has(key)) ? editing : refusedSpaced;
}

const spacedKeysIn = (document: TaggedSource): readonly string[] =>
  spacedTagsIn(fieldsOf(document)).map(tagKey);

const refusedSpaced = refused(
  said("The tags stand as words with blanks between them, which may be one tag or several."),
  said("Write them as a list, such as [one, two]."),
);

/** The edits that give a document more tags; those that it has stay. */
export function addDocumentTags(
  document: TaggedSource,
  added: readonly string[],
  habit: TagHabit | undefined,
): TagEditing {
  return editDocumentTags(document, [...documentTags(document), ...added], habit);
}

/** Where a document of a format that holds no tags of ours has front matter all the same, they are written into that. */
export const noPlaceForTags = ({ name, tagsByHand }: Format): TagEditing =>
  refused(
    said("Tags are not written into documents of the kind {0}.", name),
    tagsByHand ?? said("Save the document as Markdown."),
  );

/** Tags that the document has stand as they stood; new ones follow in the order in which they were asked for. */
function inOwnOrder(document: TaggedSource, tags: readonly string[]): readonly string[] {
  const places = new Map(documentTags(document).map((tag, place) => [tagKey(tag), place]));
  const placeOf = (tag: string): number => places.get(tagKey(tag)) ?? places.size;
  return tags.toSorted((a, b) => placeOf(a) - placeOf(b));
}
