import { hashtagsIn, isHashtagName } from "./hashtag.ts";

/** How a document writes hashtags of several words: `#FreeSoftware`, `#free-software`, `#[[free software]]`. */
export type HashtagStyle = "camelCase" | "kebab" | "brackets";

/** As more of its hashtags of several words are written. */
export function hashtagStyle(source: string): HashtagStyle {
  const text = source.slice(0, 200_000);
  const tags = hashtagsIn(text);
  const bracketed = tags.filter(({ start }) => text.startsWith("#[[", start)).length;
  const camel = tags.filter(({ tag }) => /^\p{Lu}?\p{Ll}+\p{Lu}/u.test(tag)).length;
  const kebab = tags.filter(({ tag, start }) => tag.includes("-") && text[start + 1] !== "[").length;
  if (bracketed > camel && bracketed > kebab) return "brackets";
  return camel > kebab ? "camelCase" : "kebab";
}

/** A tag as a hashtag, with its hash; undefined for what a hashtag of this style cannot hold (`C++`). */
export function hashtagOf(tag: string, style: HashtagStyle): string | undefined {
  const words = tag.split(/\s+/);
  if (style === "brackets" && !isHashtagName(tag)) return bracketed(tag);
  const joined = style === "camelCase" && words.length > 1 ? words.map(capital).join("") : words.join("-");
  return isHashtagName(joined) ? `#${joined}` : undefined;
}

/** As Logseq writes what is more than one word. */
export function bracketed(tag: string): string | undefined {
  return /[[\]#|\r\n]/.test(tag) ? undefined : `#[[${tag}]]`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
