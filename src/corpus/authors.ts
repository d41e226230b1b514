import { type Fields, type FieldValue, isTable } from "./fields.ts";

const AUTHOR_FIELDS: readonly string[] = ["author", "authors", "by", "creator", "byline"];

/** Who wrote a document: its front matter says so, else the fallback (a name given, or the folder). */
export function authorOf(fields: Fields, fallback?: string): string | undefined {
  for (const name of AUTHOR_FIELDS) {
    const author = nameIn(fields.get(name));
    if (author !== undefined) return author;
  }
  return fallback;
}

/** The first name in a value: `Ada`, `[Ada, Bob]`, `{ name: Ada }`, `Ada <ada@example.org>`. */
function nameIn(value: FieldValue | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "string") {
    const name = value.replace(/<[^>]*>/g, "").trim();
    return name === "" ? undefined : name;
  }
  if (isTable(value)) return nameIn(value.get("name"));
  return value.map(nameIn).find((name) => name !== undefined);
}
