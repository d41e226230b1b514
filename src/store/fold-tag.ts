/** Brings a tag to the form in which spellings of the same tag are equal: trimmed and without capitals. */
export function foldTag(tag: string): string {
  return tag.trim().toLowerCase();
}
