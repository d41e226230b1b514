import { parseDocument } from "yaml";
import type { FieldValue, ParsedFields } from "./fields.ts";

/** The failsafe schema knows only strings, so `3801`, `1.10`, `yes` and dates keep their spelling (YAML 1.2, 10.1). */
export const yamlReading = {
  schema: "failsafe",
  uniqueKeys: false,
  stringKeys: true,
  logLevel: "silent",
} as const;

/** Reads YAML fields. Undefined where the text is not a mapping. */
export function parseYamlFields(text: string): ParsedFields | undefined {
  const document = parseDocument(text, yamlReading);
  const fault = document.errors[0];
  if (fault !== undefined) {
    const message = (fault.message.split("\n")[0] ?? fault.code).replace(/ at line \d+, column \d+:?$/, "");
    return { fields: new Map(), fault: { line: fault.linePos?.[0].line ?? 1, message } };
  }
  const value = toFieldValue(safeValue(() => document.toJS({ mapAsMap: true })));
  if (value instanceof Map) return { fields: value };
  // A block of nothing but comments, or an empty one, is front matter without fields.
  return document.contents === null ? { fields: new Map() } : undefined;
}

/** An alias that refers to itself, or too many of them, throws; such a block is read line by line. */
function safeValue(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** A value of YAML as `toJS` with `mapAsMap` gives it, as a field has it. */
export function toFieldValue(value: unknown): FieldValue {
  if (Array.isArray(value)) return value.map(toFieldValue);
  if (!(value instanceof Map)) return value === undefined || value === null ? "" : String(value);
  const fields = new Map<string, FieldValue>();
  for (const [key, item] of value) {
    const name = String(key).trim().toLowerCase();
    const known = fields.get(name);
    if (known === undefined || known === "") fields.set(name, toFieldValue(item));
  }
  return fields;
}
