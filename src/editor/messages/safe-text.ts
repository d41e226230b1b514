/** Controls, line breaks, and what turns the direction of text or cannot be seen. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/**
 * Text of a document, a tag or a path for a place of the editor that shows icons (`$(name)`) and follows
 * links (`[text](command:…)`), such as messages and lists: neither works in what comes back, it reads in
 * the order in which it is written, and it is cut at `most` characters.
 */
export function safeText(untrusted: string, most = 200): string {
  const seen = untrusted
    .slice(0, 4 * most)
    .replace(unseen, " ")
    .replaceAll("$(", "$ (")
    .replaceAll("](", "] (");
  const characters = [...seen.trim()];
  return characters.length <= most ? characters.join("") : `${characters.slice(0, most - 1).join("")}…`;
}
