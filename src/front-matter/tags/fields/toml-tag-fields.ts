import { said } from "../../../said/said.ts";
import { lineStart, nextLine, type Stretch } from "../../lines.ts";
import { parseTomlFields } from "../../parse-fields.ts";
import { FALLBACK_FIELDS, TAG_FIELDS, TAG_TABLES } from "../tags.ts";
import {
  keysOf,
  type NewFieldPlace,
  type Quote,
  stringValue,
  type TagField,
  type TagFields,
  type TagItem,
  type TagValue,
} from "./tag-field.ts";
import { scanToml, type TomlEntry, type TomlStatements, type TomlValue } from "./toml-statements.ts";

/** The tag fields of TOML that stands at `inner` of the source and is well formed. */
export function tomlTagFields(source: string, inner: Stretch): TagFields {
  const statements = scanToml(source, inner);
  const entries = statements.entries.flatMap(withInlineEntries);
  const fields = [...TAG_FIELDS, ...FALLBACK_FIELDS].flatMap((name) =>
    [undefined, ...TAG_TABLES].flatMap((table) =>
      entries.filter((entry) => isAt(entry, table, name)).map((entry) => fieldOf(source, entry, name, table)),
    ),
  );
  return { fields, newField: newFieldPlace(source, inner, statements) };
}

function withInlineEntries(entry: TomlEntry): readonly TomlEntry[] {
  const { value } = entry;
  return value.kind === "table" ? [entry, ...value.entries.flatMap(withInlineEntries)] : [entry];
}

function isAt({ path }: TomlEntry, table: string | undefined, name: string): boolean {
  const wanted = table === undefined ? [name] : [table, name];
  return path?.length === wanted.length && wanted.every((part, at) => path[at] === part);
}

function fieldOf(source: string, { value }: TomlEntry, name: string, table: string | undefined): TagField {
  return { name, table, value: tagValue(source, value, name), keys: keysOf(name, readValue(source, value)) };
}

function readValue(source: string, { start, end }: Stretch) {
  return parseTomlFields(`value = ${source.slice(start, end)}\n`)?.fields.get("value") ?? "";
}

function tagValue(source: string, value: TomlValue, name: string): TagValue {
  switch (value.kind) {
    case "array":
      return arrayValue(source, value, value.items, name);
    case "string": {
      if (value.fence.length > 1) return { kind: "fixed", what: said("is a text of several lines") };
      const raw = source.slice(value.start + 1, value.end - 1);
      return stringValue(name, raw, value.start + 1, value.fence as Quote);
    }
    case "table":
      return { kind: "fixed", what: said("is a table") };
    case "other":
      return { kind: "fixed", what: said("is no text") };
    default:
      return value satisfies never;
  }
}

function arrayValue(source: string, array: Stretch, values: readonly TomlValue[], name: string): TagValue {
  const items: TagItem[] = [];
  for (const value of values) {
    const keys = keysOf(name, [readValue(source, value)]);
    if (value.kind === "array" || keys.length > 1)
      return { kind: "fixed", what: said("holds lists in a list") };
    const { start, end, kind } = value;
    items.push({ start, end, key: keys[0], isTable: kind === "table" });
  }
  return { kind: "flow", open: array.start + 1, close: array.end - 1, items };
}

/** In `[taxonomies]` where there is one; else after the title, or after the last field before any table. */
function newFieldPlace(
  source: string,
  inner: Stretch,
  { headers, entries }: TomlStatements,
): NewFieldPlace | undefined {
  const header = headers.find(({ path }) => path?.join(".") === "taxonomies");
  if (header === undefined && entries.some(({ path }) => path?.[0] === "taxonomies")) return undefined;
  const depth = header === undefined ? 1 : 2;
  const beside = entries.filter(
    ({ path }) => path?.length === depth && (depth === 1 || path[0] === "taxonomies"),
  );
  const example = beside.find(({ path }) => path?.at(-1) === "title") ?? beside.at(-1);
  const place = example ?? header;
  const style = example ?? entries[0];
  return {
    at: place === undefined ? inner.start : nextLine(source, place.end),
    indent: place === undefined ? "" : source.slice(lineStart(source, place.start), place.start),
    key: /^\p{Lu}\p{Ll}/u.test(style?.key ?? "") ? "Tags" : "tags",
    assignment: style?.assignment ?? " = ",
    dashes: undefined,
  };
}
