/**
 * The one form in which all spellings of a tag are equal, wherever tags are compared, counted or kept: trimmed, single
 * spaces, each accented letter as one character, no capitals. The key of a key is the key itself.
 */
export function tagKey(tag: string): string {
  return tag.trim().replace(/\s+/g, " ").normalize("NFC").toLowerCase();
}
