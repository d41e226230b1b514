import { tagKey } from "../../text/tag-key.ts";
import { type Fields, type FieldValue, isTable } from "../fields.ts";
import { languageNamed } from "../languages.ts";
import type { OwnTagField } from "./fields/own-tag-field.ts";

/** Fields whose words are tags wherever they stand. */
export const TAG_FIELDS: readonly string[] = ["tags", "tag", "categories", "category"];
/** Read as tags only where there is none of the above. */
export const FALLBACK_FIELDS: readonly string[] = ["keywords", "keyword", "topics", "labels"];
/** A `category` that says where a post stands rather than what it is about. */
const PLACES: ReadonlySet<string> = new Set(["front page", "home", "uncategorized", "uncategorised"]);
/** Tables that hold such fields: Zola's `[taxonomies]`. */
export const TAG_TABLES: readonly string[] = ["taxonomies", "extra"];

/** What there is to know of a document's format: where tags may be written into it. */
export interface TagFormat {
  /** In front matter at its top, and as hashtags in its text. */
  readonly holdsTags: boolean;
  /** As hashtags in its text, where front matter is not for us to write. */
  readonly takesHashtags?: true;
  /** In a field of its own; undefined where this document has none and cannot get one. */
  readonly tagField?: (source: string) => OwnTagField | undefined;
  /** Fields that stand otherwise than as front matter. */
  readonly fields?: (source: string, bodyStart: number) => Fields;
}

/** Whether hashtags in the text of a document are tags. */
export const hasHashtags = ({ holdsTags, takesHashtags }: TagFormat): boolean =>
  holdsTags || takesHashtags === true;

/** The tags of a document in the writer's spelling and order, each key once. */
export function tagsIn(fields: Fields): readonly string[] {
  const own = TAG_FIELDS.flatMap((name) => tagsOfField(fields, name));
  return unique(own.length > 0 ? own : FALLBACK_FIELDS.flatMap((name) => tagsOfField(fields, name)));
}

/**
 * Tags of several words that stand alone in a text: `tags: one two three`. Jekyll takes them for three
 * (jekyllrb.com/docs/posts, 'Tags'), which goes for the plural names alone; others take them for one.
 */
export function spacedTagsIn(fields: Fields): readonly string[] {
  const texts = ["tags", "categories"].map((name) => fields.get(name));
  return texts
    .filter((text) => typeof text === "string")
    .flatMap((text) => (/[,;[\]]/.test(text) ? [] : tagsIn(new Map([["tags", text]]))))
    .filter((tag) => /\s/.test(tag));
}

function tagsOfField(fields: Fields, name: string): readonly string[] {
  const inTables = TAG_TABLES.map((table) => fields.get(table)).flatMap((table) =>
    isTable(table) ? tagsOfValue(table.get(name)) : [],
  );
  const tags = [...tagsOfValue(fields.get(name)), ...inTables];
  return name === "category" ? tags.filter(isTopic) : tags;
}

/** Some blogs put the language of a post into `category`. */
function isTopic(category: string): boolean {
  return !PLACES.has(tagKey(category)) && languageNamed(category) === undefined;
}

function tagsOfValue(value: FieldValue | undefined): readonly string[] {
  if (value === undefined) return [];
  if (typeof value === "string") return splitWords(value).map(cleanTag);
  if (isTable(value)) return tagsOfItem(value);
  return value.flatMap((item) => (typeof item === "string" ? [cleanTag(item)] : tagsOfItem(item)));
}

/** An item that is itself a list or a table, as in `{ name: "Rust", slug: "rust" }`. */
function tagsOfItem(value: FieldValue): readonly string[] {
  if (!isTable(value)) return tagsOfValue(value);
  const name = value.get("name") ?? value.get("title") ?? value.get("slug");
  return typeof name === "string" ? [cleanTag(name)] : [];
}

/** `a, b` or `a; b`, also with brackets that a broken flow list left behind. */
function splitWords(text: string): readonly string[] {
  const inner = text.replace(/^\s*\[|\]\s*$/g, "").replaceAll(PLACEHOLDER, (code) => code.slice(0, 2));
  return inner.split(inner.includes(",") ? "," : ";");
}

/** What a template puts in later: `{{tag}}`, `{% … %}` of Liquid, `<% … %>` of Templater and EJS, `${tag}`. */
const PLACEHOLDER = /\{\{.{0,500}?\}\}|\{%.{0,500}?%\}|<%.{0,500}?%>|\$\{.{0,500}?\}/g;
/** Also one that was cut in two at a comma. */
const PLACEHOLDER_MARK = /\{\{|\}\}|\{%|%\}|<%|%>|\$\{/;

/** Quotation marks and a leading hash belong to the notation, not to the tag; a placeholder is none. */
function cleanTag(tag: string): string {
  if (PLACEHOLDER_MARK.test(tag)) return "";
  return tag
    .trim()
    .replace(/^(["'])(.*)\1$/, "$2")
    .replace(/^#\[\[(.*)\]\]$/, "$1")
    .replace(/^#(?=\d*[\p{L}\p{Extended_Pictographic}])/u, "")
    .replace(/\s+/g, " ")
    .trim();
}

function unique(tags: readonly string[]): readonly string[] {
  const byKey = new Map<string, string>();
  for (const tag of tags) {
    const key = tagKey(tag);
    if (key !== "" && !byKey.has(key)) byKey.set(key, tag);
  }
  return [...byKey.values()];
}
