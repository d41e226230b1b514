import { said } from "../../../said/said.ts";
import { tagKey } from "../../../text/tag-key.ts";
import { readHead } from "../../front-matter.ts";
import type { SourceEdit } from "../../lines.ts";
import { withJekyllTags } from "../fields/jekyll-tags.ts";
import { tagFieldsIn } from "../fields/tag-fields.ts";
import { spacedTagsIn, tagsIn } from "../tags.ts";
import { applyEdits } from "./edit-tags.ts";
import type { TagEditing } from "./field-edits.ts";
import { isPlain } from "./quotes.ts";
import { refused, unwritableTags } from "./refusals.ts";

/**
 * The edits that make the tags of a post of Jekyll exactly these, where they stand as words with blanks between them;
 * no other byte changes. What cannot stand there is refused.
 */
export function jekyllTagEdits(source: string, tags: readonly string[]): TagEditing {
  const words = wordsOf(source);
  const wished = new Map(tags.map((tag) => [tagKey(tag), tag]));
  const present = new Set(tagKeysIn(source));
  const added = [...wished].flatMap(([key, tag]) => (present.has(key) ? [] : [tag]));
  const odd = added.find((tag) => /\s/.test(tag) || !isPlain(tag));
  if (odd !== undefined)
    return refused(
      said("Jekyll takes each word of this field for a tag, so '{0}' cannot stand there.", odd),
      said("Write the tags as a list, such as [one, two]."),
    );
  const edits: SourceEdit[] = [];
  const first = words.findIndex(({ key }) => wished.has(key));
  for (const [at, { key, start, end }] of words.entries()) {
    if (wished.has(key)) continue;
    // With the blanks before it, or behind it where no word stays before it.
    const isBefore = first >= 0 && at < first;
    const from = isBefore || at === 0 ? start : words[at - 1]!.end;
    edits.push({ start: from, end: isBefore ? words[at + 1]!.start : end, newText: "" });
  }
  const last = words.at(-1)?.end ?? 0;
  const lead = first < 0 ? "" : " ";
  if (added.length > 0) edits.push({ start: last, end: last, newText: lead + added.join(" ") });
  const after = tagKeysIn(applyEdits(source, edits));
  const isAsWished = after.length === wished.size && after.every((key) => wished.has(key));
  return isAsWished ? { kind: "edits", edits } : unwritableTags;
}

const tagKeysIn = (source: string): readonly string[] =>
  tagsIn(withJekyllTags(readHead(source)?.fields ?? new Map())).map(tagKey);

/** The words of the field that holds several, with their places; none where it is no text in one line. */
function wordsOf(
  source: string,
): readonly { readonly key: string; readonly start: number; readonly end: number }[] {
  const head = readHead(source);
  if (head === undefined || head.format !== "yaml") return [];
  const spaced = new Set(spacedTagsIn(head.fields).map(tagKey));
  const field = tagFieldsIn(source, head).fields.find(
    ({ name, table, keys }) =>
      table === undefined && /^(?:tags|categories)$/.test(name) && keys.some((key) => spaced.has(key)),
  );
  if (field?.value.kind !== "string") return [];
  const { start, end } = field.value;
  return Array.from(source.slice(start, end).matchAll(/\S+/g), ({ 0: word, index }) => {
    return { key: tagKey(word), start: start + index, end: start + index + word.length };
  });
}
