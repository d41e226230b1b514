import { parse, TomlDate, TomlError } from "smol-toml";
import type { Fields, FieldValue, ParsedFields } from "./fields.ts";

/** Reads TOML fields; dates become ISO strings. */
export function parseTomlFields(text: string): ParsedFields {
  try {
    // TOML forbids a lone carriage return, which old files have as line end.
    return { fields: toFields(parse(text.replace(/\r\n?/g, "\n"))) };
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const message = (cause.message.split("\n")[0] ?? "").replace(/^Invalid TOML document: /, "");
    return { fields: new Map(), fault: { line: cause.line, message } };
  }
}

function toFields(table: object): Fields {
  return new Map(Object.entries(table).map(([key, value]) => [key.toLowerCase(), toFieldValue(value)]));
}

function toFieldValue(value: unknown): FieldValue {
  if (Array.isArray(value)) return value.map(toFieldValue);
  if (value instanceof TomlDate) return value.toISOString();
  if (typeof value === "object" && value !== null) return toFields(value);
  return String(value);
}
