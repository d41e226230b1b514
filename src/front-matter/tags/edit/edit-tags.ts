import { tagKey } from "../../../text/tag-key.ts";
import type { Fields, FieldValue } from "../../fields.ts";
import { isTable } from "../../fields.ts";
import { type FrontMatter, readFrontMatter } from "../../front-matter.ts";
import type { SourceEdit } from "../../lines.ts";
import type { TagField } from "../fields/tag-field.ts";
import { innerOf, tagFieldsIn } from "../fields/tag-fields.ts";
import { TAG_FIELDS, tagsIn } from "../tags.ts";
import { fieldEdits, newFieldEdits } from "./field-edits.ts";
import { placeByHabit, type TagHabit } from "./tag-habit.ts";

/** How the tags of a document become others, or why they cannot. */
export type TagEditing = { readonly kind: "edits"; readonly edits: readonly SourceEdit[] } | TagEditRefusal;

export interface TagEditRefusal {
  readonly kind: "refused";
  readonly reason: string;
  readonly advice: string;
}

/** A wish by its key and in the spelling for a new tag. */
interface Wish {
  readonly key: string;
  readonly tag: string;
}

const byHand = "Change the tags by hand.";

/** Reading takes a millisecond for 1,000 characters. */
const longestHead = 50_000;

/**
 * The edits that make the tags of a document exactly these, in the document's own notation; what is not
 * of its tags stays byte for byte. A tag that stays keeps its spelling, quotation marks and field. New
 * tags go to the field `tags`, or to the one that holds the most; where there is none, a new one is written by the
 * writer's `habit`. The result is read again before it is given: what would not come out as wished is refused.
 */
export function editTags(
  source: string,
  path: string,
  tags: readonly string[],
  habit?: TagHabit,
): TagEditing {
  const editing = editBy(source, path, tags, habit);
  // A habit that does not fit this document is none.
  return editing.kind === "refused" && habit !== undefined ? editBy(source, path, tags, undefined) : editing;
}

function editBy(
  source: string,
  path: string,
  tags: readonly string[],
  habit: TagHabit | undefined,
): TagEditing {
  const wishes = tagsIn(new Map([["tags", tags]])).map((tag): Wish => ({ key: tagKey(tag), tag }));
  const odd = wishes.find(({ tag }) => /\p{Cc}/u.test(tag) || !tag.isWellFormed());
  if (odd !== undefined) return refused("A tag contains a control character", "Write the tag without it.");
  const frontMatter = readHead(source);
  if (frontMatter?.fault !== undefined && source.length > longestHead && frontMatter.end >= longestHead) {
    return refused("The front matter is too long to be changed by Idiolect", byHand);
  }
  if (frontMatter === undefined) return newFrontMatter(source, path, wishes, habit);
  if (frontMatter.fault !== undefined) {
    const { line, message } = frontMatter.fault;
    return refused(`The front matter is broken in line ${line}: ${message}`, "Correct this line first.");
  }
  const editing = editFields(source, frontMatter, wishes, habit);
  return editing.kind === "refused" ? editing : verified(source, frontMatter, editing, wishes);
}

/** The front matter at the top, which is looked for in so much of a document. */
function readHead(source: string): FrontMatter | undefined {
  return readFrontMatter(source.slice(0, longestHead));
}

/** The source with the edits made. */
export function applyEdits(source: string, edits: readonly SourceEdit[]): string {
  let edited = source;
  for (const { start, end, newText } of edits.toSorted((a, b) => b.start - a.start)) {
    edited = edited.slice(0, start) + newText + edited.slice(end);
  }
  return edited;
}

interface FieldsEdited {
  readonly kind: "edits";
  readonly edits: readonly SourceEdit[];
  /** Fields that were to change, by name and table. */
  readonly touched: ReadonlySet<string>;
}

function refused(reason: string, advice: string): TagEditRefusal {
  return { kind: "refused", reason: `${reason}.`, advice };
}

function newFrontMatter(
  source: string,
  path: string,
  wishes: readonly Wish[],
  habit: TagHabit | undefined,
): TagEditing {
  if (wishes.length === 0) return { kind: "edits", edits: [] };
  if (/\.txt$/i.test(path)) {
    return refused(
      "Plain text has no place for tags",
      "Save the document as Markdown, or write front matter at its top.",
    );
  }
  const newLine = lineEndOf(source);
  const at = source.startsWith("\uFEFF") ? 1 : 0;
  const format = habit?.format ?? "yaml";
  const assignment = format === "yaml" ? ": " : " = ";
  const plain = { at, indent: "", key: "tags", assignment, dashes: undefined };
  const place = placeByHabit("", { format, inner: { start: 0, end: 0 } }, plain, habit);
  const field = newFieldEdits(
    place,
    wishes.map(({ tag }) => tag),
    { format, newLine },
  );
  const fence = format === "yaml" ? "---" : "+++";
  const gap = /^\s*[\r\n]/.test(source.slice(at)) || at === source.length ? "" : newLine;
  const block = fence + newLine + field.newText + fence + newLine + gap;
  const edits = [{ start: at, end: at, newText: block }];
  const after = readHead(applyEdits(source, edits));
  const isRead =
    after?.fault === undefined &&
    sameKeys(
      keysIn(after?.fields),
      wishes.map(({ key }) => key),
    );
  return isRead ? { kind: "edits", edits } : refused("Front matter cannot be put before this text", byHand);
}

function editFields(
  source: string,
  frontMatter: FrontMatter,
  wishes: readonly Wish[],
  habit: TagHabit | undefined,
): FieldsEdited | TagEditRefusal {
  const { fields, newField: usual } = tagFieldsIn(source, frontMatter);
  const where = { format: frontMatter.format, inner: innerOf(source, frontMatter) };
  const newField = usual && placeByHabit(source, where, usual, habit);
  const twice = fields.find((field, at) => fields.findIndex((other) => nameOf(other) === nameOf(field)) < at);
  if (twice !== undefined)
    return refused(`The field '${twice.name}' appears twice`, "Keep only one of them.");
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
    if (fieldEditing.kind === "refused") return refused(fieldEditing.reason, fieldEditing.advice);
    edits.push(...fieldEditing.edits);
    if (fieldEditing.edits.length > 0) touched.add(nameOf(field));
  }
  if (main === undefined && added.length > 0) {
    if (newField === undefined)
      return refused("A field for tags cannot be added to this front matter", byHand);
    edits.push(
      newFieldEdits(
        newField,
        added.map(({ tag }) => tag),
        style,
      ),
    );
    touched.add("tags").add("taxonomies.tags").add(newField.key.toLowerCase());
  }
  return { kind: "edits", edits: edits.toSorted((a, b) => a.start - b.start), touched };
}

/** The fields that tags are read from now: keywords count only where there are no tags. */
function activeFields(fields: readonly TagField[]): readonly TagField[] {
  const filled = fields.filter(({ keys }) => keys.length > 0);
  const own = filled.filter(({ name }) => TAG_FIELDS.includes(name));
  return own.length > 0 ? own : filled;
}

/** Where new tags go; undefined: to a new field. `category` mostly says where a post stands, so it takes none. */
function mainField(fields: readonly TagField[], active: readonly TagField[]): TagField | undefined {
  const most = (some: readonly TagField[]) => some.toSorted((a, b) => b.keys.length - a.keys.length)[0];
  const isFallback = active.some(({ name }) => !TAG_FIELDS.includes(name));
  if (isFallback) return most(active);
  const named = fields.filter(({ name }) => name === "tags" || name === "tag");
  return most(named) ?? most(active.filter(({ name }) => name !== "category"));
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
    return refused("These tags cannot be written in the notation of this document", byHand);
  }
  const active = activeFields(tagFieldsIn(edited, after).fields);
  const isInOrder =
    active.length > 1 ||
    sameKeys(
      keysIn(after.fields),
      wishes.map(({ key }) => key),
    );
  const isComplete = sameKeys(keysIn(after.fields).toSorted(), wishes.map(({ key }) => key).toSorted());
  const isRestSame =
    edited.slice(after.end) === source.slice(before.end) &&
    otherFields(after.fields, touched) === otherFields(before.fields, touched);
  if (isInOrder && isComplete && isRestSame) return { kind: "edits", edits };
  return refused("These tags cannot be written in the notation of this document", byHand);
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

function keysIn(fields: Fields | undefined): readonly string[] {
  return tagsIn(fields ?? new Map()).map(tagKey);
}

function sameKeys(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((key, at) => key === others[at]);
}

function lineEndOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
}
