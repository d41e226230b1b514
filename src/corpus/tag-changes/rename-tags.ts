import type { SourceEdit } from "../../front-matter/lines.ts";
import type { TagEditing } from "../../front-matter/tags/edit/field-edits.ts";
import { tagUnwritableAt } from "../../front-matter/tags/edit/refusals.ts";
import { replaceTags } from "../../front-matter/tags/edit/replace-tags.ts";
import { isTagOrBelow, writtenTagsIn } from "../../front-matter/tags/edit/written-tags.ts";
import { bracketed, hashtagOf, hashtagStyle } from "../../front-matter/tags/hashtags/hashtag-style.ts";
import { tagKey } from "../../text/tag-key.ts";
import { type TextTag, withoutRepeats } from "../text-tags.ts";
import { documentTags, type TaggedSource } from "./document-tags.ts";

/** One tag becomes another, and with it those below it: `boats/oars` with `boats`. */
export interface TagRenaming {
  readonly from: string;
  readonly to: string;
}

/** A document with the tags in its text. */
export interface ParsedTags extends TaggedSource {
  /** The tags in its text, as its format has found them. */
  readonly textTags: readonly TextTag[];
  /** Whether hashtags in its text are tags. */
  readonly hasHashtags: boolean;
}

/** A tag at its place in a document, with what stands for it alone: without quotation marks, with its hash. */
export interface PlacedTag {
  readonly tag: string;
  readonly start: number;
  readonly end: number;
}

/** What a tag becomes; undefined: it stays. */
export function renamedTag(tag: string, { from, to }: TagRenaming): string | undefined {
  if (!isTagOrBelow(tag, from)) return undefined;
  const below = tag.split("/").slice(from.trim().split("/").length);
  return [to.trim(), ...below].join("/");
}

/**
 * The edits that rename a tag in a document: in its fields, in properties and in hashtags of its text. Where the new
 * tag stands in the same field, the old one goes. No other byte changes.
 */
export function renameTags(document: ParsedTags, renaming: TagRenaming): TagEditing {
  const { source, format } = document;
  const inFields = replaceTags(source, format, (tag) => renamedTag(tag, renaming));
  if (inFields.kind === "refused") return inFields;
  const inText: SourceEdit[] = [];
  const style = hashtagStyle(source);
  for (const one of textTagsOf(document)) {
    const other = renamedTag(one.tag, renaming) ?? renamedHashtag(one, renaming);
    if (other === undefined) continue;
    const newText = writtenInText(one, other, style);
    if (newText === undefined) {
      return tagUnwritableAt(other, source.slice(one.start, one.end));
    }
    if (newText !== source.slice(one.start, one.end))
      inText.push({ start: one.start, end: one.end, newText });
  }
  return { kind: "edits", edits: together(inFields.edits, inText) };
}

/**
 * A property at the top of a text is a field as well: where both are the same tag the text's edit knows its brackets,
 * and where the field's list has changed as a whole, the field's holds.
 */
function together(inFields: readonly SourceEdit[], inText: readonly SourceEdit[]): readonly SourceEdit[] {
  const isSame = (a: SourceEdit, b: SourceEdit) => a.start === b.start && a.end === b.end;
  const meet = (a: SourceEdit, b: SourceEdit) => a.start < b.end && b.start < a.end;
  const fields = inFields.filter((edit) => !inText.some((other) => isSame(edit, other)));
  const texts = inText.filter((edit) => !fields.some((other) => meet(edit, other)));
  return [...fields, ...texts].toSorted((a, b) => a.start - b.start);
}

function textTagsOf({ format, textTags, hasHashtags }: ParsedTags): readonly TextTag[] {
  if (!format.holdsTags) return [];
  return textTags.filter(({ kind }) => kind === "property" || hasHashtags);
}

/** A hashtag of several words is written otherwise than the tag: `#free-software`, `#FreeSoftware`. */
function renamedHashtag({ kind, tag }: TextTag, { from, to }: TagRenaming): string | undefined {
  if (kind !== "hashtag") return undefined;
  const written = (["kebab", "camelCase"] as const).map((style) => hashtagOf(from.trim(), style)?.slice(1));
  const own = written.find((name) => name !== undefined && isTagOrBelow(tag, name));
  return own === undefined ? undefined : renamedTag(tag, { from: own, to });
}

function writtenInText(
  { kind, isBracketed, isHashed }: TextTag,
  tag: string,
  style: ReturnType<typeof hashtagStyle>,
): string | undefined {
  if (isBracketed) return isHashed ? bracketed(tag) : bracketed(tag)?.slice(1);
  if (isHashed) return hashtagOf(tag, style);
  return kind === "property" && /[,#[\]\r\n]/.test(tag) ? undefined : tag;
}

/** All tags of a document, in its fields and in its text, each key once. */
export function allTags(document: ParsedTags): readonly string[] {
  return withoutRepeats([...documentTags(document), ...textTagsOf(document).map(({ tag }) => tag)]);
}

/** The tag at an offset: of a field, of a property or a hashtag; undefined where none stands there. */
export function tagAt(document: ParsedTags, offset: number): PlacedTag | undefined {
  const { source, format } = document;
  const holds = ({ start, end }: { start: number; end: number }) => start <= offset && offset <= end;
  const field = writtenTagsIn(source, format).find(holds);
  if (field !== undefined) {
    const tag = documentTags(document).find((one) => tagKey(one) === field.key);
    const isQuoted = /^(["']).*\1$/s.test(source.slice(field.start, field.end));
    const inner = isQuoted ? { start: field.start + 1, end: field.end - 1 } : field;
    return tag === undefined ? undefined : { tag, start: inner.start, end: inner.end };
  }
  const inText = textTagsOf(document).find(holds);
  return inText && { tag: inText.tag, start: inText.start, end: inText.end };
}
