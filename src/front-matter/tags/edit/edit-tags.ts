import { said } from "../../../said/said.ts";
import { tagKey } from "../../../text/tag-key.ts";
import { type Fields, type FieldValue, isTable } from "../../fields.ts";
import { type FrontMatter, longestHead, readHead } from "../../front-matter.ts";
import { hasOtherHead } from "../../head-blocks.ts";
import type { SourceEdit } from "../../lines.ts";
import type { OwnTagField } from "../fields/own-tag-field.ts";
import { ownTagsIn } from "../fields/own-tags.ts";
import type { TagField } from "../fields/tag-field.ts";
import { activeFields, mainField, tagFieldsIn } from "../fields/tag-fields.ts";
import { type TagFormat, tagsIn } from "../tags.ts";
import { fieldEdits, newFieldEdits, type TagEditing, type Wish } from "./field-edits.ts";
import { ownFieldEdits } from "./own-field-edits.ts";
import { brokenFrontMatter, refused, type TagEditRefusal, unwritableTags } from "./refusals.ts";
import { placeByHabit, type TagHabit } from "./tag-habit.ts";

const byHand = said("Change the tags by hand.");

/**
 * The edits that make the tags of a document exactly these, in the document's own notation; what is not
 * of its tags stays byte for byte. A tag that stays keeps its spelling, quotation marks and field. New
 * tags go to the field `tags`, or to the one that holds the most; where there is none, a new one is written by the
 * writer's `habit`. The result is read again before it is given: what would not come out as wished is refused.
 */
export function editTags(
  source: string,
  format: TagFormat,
  tags: readonly string[],
  habit?: TagHabit,
): TagEditing {
  const editing = editBy(source, format, tags, habit);
  // A habit that does not fit this document is none.
  return editing.kind === "refused" && habit !== undefined
    ? editBy(source, format, tags, undefined)
    : editing;
}

function editBy(
  source: string,
  format: TagFormat,
  tags: readonly string[],
  habit: TagHabit | undefined,
): TagEditing {
  const wishes = tagsIn(new Map([["tags", tags]])).map((tag): Wish => ({ key: tagKey(tag), tag }));
  const odd = wishes.find(({ tag }) => /\p{Cc}/u.test(tag) || !tag.isWellFormed());
  if (odd !== undefined)
    return refused(said("A tag contains a control character."), said("Write the tag without it."));
  const frontMatter = readHead(source);
  if (frontMatter?.fault !== undefined && source.length > longestHead && frontMatter.end >= longestHead) {
    return refused(said("The front matter is too long to be changed by Idiolect."), byHand);
  }
  if (frontMatter === undefined) {
    const own = format.tagField?.(source);
    return own === undefined
      ? newFrontMatter(source, format, wishes, habit)
      : verifiedOwn(source, format, own, wishes);
  }
  if (frontMatter.fault !== undefined) {
    return brokenFrontMatter(frontMatter.fault);
  }
  const editing = editFields(source, frontMatter, wishes, habit);
  return editing.kind === "refused" ? editing : verified(source, frontMatter, editing, wishes);
}

/** The source with the edits made. */
export function applyEdits(source: string, edits: readonly SourceEdit[]): string {
  let edited = source;
  for (const { start, end, newText } of edits.toSorted((a, b) => b.start - a.start)) {
    edited = edited.slice(0, start) + newText + edited.slice(end);
  }
  return edited;
}

/** Changes a notation's own field, and reads it again; anything but the wish is refused. Tags of other fields stay there. */
function verifiedOwn(
  source: string,
  { fields }: TagFormat,
  own: OwnTagField,
  wishes: readonly Wish[],
): TagEditing {
  const inField = new Set(ownTagsIn(source, own).map(({ key }) => key));
  const elsewhere = new Set(keysIn(fields?.(source, 0)).filter((key) => !inField.has(key)));
  const wished = wishes.filter(({ key }) => !elsewhere.has(key));
  const editing = ownFieldEdits(source, own, wished);
  if (editing.kind === "refused") return editing;
  const keys = keysIn(fields?.(applyEdits(source, editing.edits), 0));
  return sameKeys(keys.toSorted(), keysOf(wishes).toSorted()) ? editing : unwritableTags;
}

interface FieldsEdited {
  readonly kind: "edits";
  readonly edits: readonly SourceEdit[];
  /** Fields that were to change, by name and table. */
  readonly touched: ReadonlySet<string>;
}

function newFrontMatter(
  source: string,
  { holdsTags }: TagFormat,
  wishes: readonly Wish[],
  habit: TagHabit | undefined,
): TagEditing {
  if (wishes.length === 0) return { kind: "edits", edits: [] };
  if (!holdsTags) {
    return refused(
      said("Plain text has no place for tags."),
      said("Save the document as Markdown, or write front matter at its top."),
    );
  }
  if (hasOtherHead(source)) {
    return refused(
      said("The text begins with fields in a notation that Idiolect does not write."),
      said("Put lines of --- around them, or change the tags by hand."),
    );
  }
  const newLine = lineEndOf(source);
  const at = source.startsWith("\uFEFF") ? 1 : 0;
  const format = habit?.format ?? "yaml";
  const [fence, assignment] = format === "yaml" ? ["---", ": "] : ["+++", " = "];
  const usual = { at, indent: "", key: "tags", assignment, dashes: undefined };
  const place = placeByHabit("", { format, inner: { start: 0, end: 0 } }, usual, habit);
  const field = newFieldEdits(place, tagsOf(wishes), { format, newLine });
  const gap = /^\s*[\r\n]/.test(source.slice(at)) || at === source.length ? "" : newLine;
  const block = fence + newLine + field.newText + fence + newLine + gap;
  const edits = [{ start: at, end: at, newText: block }];
  const after = readHead(applyEdits(source, edits));
  const isRead = after?.fault === undefined && sameKeys(keysIn(after?.fields), keysOf(wishes));
  return isRead
    ? { kind: "edits", edits }
    : refused(said("Front matter cannot be put before this text."), byHand);
}

function editFields(
  source: string,
  frontMatter: FrontMatter,
  wishes: readonly Wish[],
  habit: TagHabit | undefined,
): FieldsEdited | TagEditRefusal {
  const { fields, newField: usual } = tagFieldsIn(source, frontMatter);
  const where = { format: frontMatter.format, inner: frontMatter.inner };
  const newField = usual && placeByHabit(source, where, usual, habit);
  const twice = fields.find((field, at) => fields.findIndex((other) => nameOf(other) === nameOf(field)) < at);
  if (twice !== undefined)
    return refused(said("The field '{0}' appears twice.", twice.name), said("Keep only one of them."));
  const active = activeFields(fields);
  const present = new Set(active.flatMap(({ keys }) => keys));
  const added = wishes.filter(({ key }) => !present.has(key));
  const main = mainField(fields, active);
  const style = {
    format: frontMatter.format,
    newLine: lineEndOf(source.slice(frontMatter.start, frontMatter.end)),
  };
  const edits: SourceEdit[] = [];
  const touched = new Set<string>();
  for (const field of new Set([...active, ...(main === undefined ? [] : [main])])) {
    const wished = wishes.filter(
      ({ key }) => field.keys.includes(key) || (field === main && !present.has(key)),
    );
    const inOrder =
      field === main ? wished : wished.toSorted((a, b) => placeOf(field, a) - placeOf(field, b));
    const fieldEditing = fieldEdits(source, field, inOrder, { ...style, dashes: newField?.dashes });
    if (fieldEditing.kind === "refused") return fieldEditing;
    edits.push(...fieldEditing.edits);
    if (fieldEditing.edits.length > 0) touched.add(nameOf(field));
  }
  if (main === undefined && added.length > 0) {
    if (newField === undefined)
      return refused(said("A field for tags cannot be added to this front matter."), byHand);
    edits.push(newFieldEdits(newField, tagsOf(added), style));
    touched.add("tags").add("taxonomies.tags").add(newField.key.toLowerCase());
  }
  return { kind: "edits", edits: edits.toSorted((a, b) => a.start - b.start), touched };
}

/** Reads what the edits make; anything but the wish is refused. */
function verified(
  source: string,
  before: FrontMatter,
  { edits, touched }: FieldsEdited,
  wishes: readonly Wish[],
): TagEditing {
  const edited = applyEdits(source, edits);
  const after = readHead(edited);
  if (after === undefined || after.fault !== undefined || after.format !== before.format) {
    return unwritableTags;
  }
  const [keys, wished] = [keysIn(after.fields), keysOf(wishes)];
  const areKept =
    activeFields(tagFieldsIn(edited, after).fields).length > 1
      ? sameKeys(keys.toSorted(), wished.toSorted())
      : sameKeys(keys, wished);
  const isRestSame =
    edited.slice(after.end) === source.slice(before.end) &&
    otherFields(after.fields, touched) === otherFields(before.fields, touched);
  if (areKept && isRestSame) return { kind: "edits", edits };
  return unwritableTags;
}

/** All fields but the touched ones, as a text to compare. */
function otherFields(fields: Fields, touched: ReadonlySet<string>, table = ""): string {
  const plain = (value: FieldValue): unknown => {
    if (typeof value === "string") return value;
    return isTable(value)
      ? { table: [...value].map(([name, inner]) => [name, plain(inner)]) }
      : value.map(plain);
  };
  const others = [...fields].flatMap(([name, value]) => {
    if (touched.has(table + name)) return [];
    return [[name, table === "" && isTable(value) ? otherFields(value, touched, `${name}.`) : plain(value)]];
  });
  return JSON.stringify(others);
}

function nameOf({ name, table }: TagField): string {
  return table === undefined ? name : `${table}.${name}`;
}

function placeOf({ keys }: TagField, { key }: Wish): number {
  return keys.indexOf(key);
}

const keysIn = (fields: Fields = new Map()): readonly string[] => tagsIn(fields).map(tagKey);

const keysOf = (wishes: readonly Wish[]): readonly string[] => wishes.map(({ key }) => key);

const tagsOf = (wishes: readonly Wish[]): readonly string[] => wishes.map(({ tag }) => tag);

function sameKeys(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((key, at) => key === others[at]);
}

function lineEndOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
}
