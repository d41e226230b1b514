import { type Fields, type FieldValue, isTable } from "../front-matter/fields.ts";

const AUTHOR_FIELDS: readonly string[] = ["author", "authors", "by", "creator", "byline"];
/** What parts the names of several people in one text. */
const BETWEEN_NAMES = /\s*;\s*|\s+(?:and|und|et|y|&|\+)\s+/iu;
const ADDRESS = /<[^>]*>|\([^)]*@[^)]*\)|\bmailto:\S+|\S+@\S+\.\S+/g;

/** Who wrote a document, as its front matter says: each person once, in the spelling there. Empty where it says nothing. */
export function authorsOf(fields: Fields): readonly string[] {
  for (const name of AUTHOR_FIELDS) {
    const names = eachOnce(namesIn(fields.get(name)));
    if (names.length > 0) return names;
  }
  return [];
}

/** What spellings of one name have in common: no address, no accents, no capitals, no dots, single spaces. */
export function authorKey(name: string): string {
  const plain = withoutAddress(name) || name;
  return plain
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[.\s]+/g, " ")
    .trim();
}

/** Names in one text, as the store keeps them. */
export const joinAuthors = (names: readonly string[]): string | undefined =>
  names.length === 0 ? undefined : names.join("; ");

export const splitAuthors = (joined: string | undefined): readonly string[] =>
  joined === undefined ? [] : joined.split("; ");

/** `Ada`, `Ada and Bob`, `[Ada, Bob]`, `{ name: Ada }`, `Ada <ada@example.org>`, `Lovelace, Ada`. */
function namesIn(value: FieldValue | undefined): readonly string[] {
  if (value === undefined) return [];
  if (typeof value === "string") return value.split(BETWEEN_NAMES).flatMap(namesBetweenCommas);
  if (isTable(value)) return namesIn(value.get("name") ?? value.get("title"));
  return value.flatMap(namesIn);
}

/** A comma parts names, or a name from its address; of two words alone it stands in one name, the surname first. */
function namesBetweenCommas(text: string): readonly string[] {
  const all = text.split(",").map((part) => part.trim());
  const named = all.map(withoutAddress).filter((part) => part !== "");
  // An address alone is as good as a name.
  if (named.length === 0) return all.map((part) => part.replace(/[<>]/g, "")).filter((part) => part !== "");
  const [surname, given] = named;
  const isOneName = named.length === 2 && !named.some((part) => part.includes(" "));
  return isOneName ? [`${given} ${surname}`] : named;
}

function withoutAddress(name: string): string {
  return name
    .replace(ADDRESS, " ")
    .replace(/\s+/g, " ")
    .replace(/^[@\s]+|[\s,;]+$/g, "")
    .replace(/^\((.*)\)$/, "$1")
    .trim();
}

function eachOnce(names: readonly string[]): readonly string[] {
  const byKey = new Map<string, string>();
  for (const name of names) {
    const key = authorKey(name);
    if (key !== "" && !byKey.has(key)) byKey.set(key, name);
  }
  return [...byKey.values()];
}
