import { parseDocument } from "yaml";
import { toFieldValue, withinStack } from "./field-value.ts";
import type { FieldValue, ParsedFields } from "./fields.ts";

/** The failsafe schema knows only strings, so `3801`, `1.10`, `yes` and dates keep their spelling (YAML 1.2, 10.1). */
export const yamlReading = {
  schema: "failsafe",
  uniqueKeys: false,
  stringKeys: true,
  logLevel: "silent",
} as const;

/** Reads YAML fields. Undefined where the text is not a mapping, or nests too deep. */
export function parseYamlFields(text: string): ParsedFields | undefined {
  const document = withinStack(() => parseDocument(text, yamlReading));
  const fault = document?.errors[0];
  if (fault !== undefined) {
    const message = (fault.message.split("\n")[0] ?? fault.code).replace(/ at line \d+, column \d+:?$/, "");
    return { fields: new Map(), fault: { line: fault.linePos?.[0].line ?? 1, message } };
  }
  if (document === undefined) return undefined;
  const value = yamlFieldValue(safeValue(() => document.toJS({ mapAsMap: true })));
  if (value instanceof Map) return { fields: value };
  // A block of nothing but comments, or an empty one, is front matter without fields.
  return document.contents === null ? { fields: new Map() } : undefined;
}

/** Too many aliases, or ones to nothing, throw; such a block is read line by line. */
function safeValue(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** A value of YAML as `toJS` with `mapAsMap` gives it, as a field has it; undefined for what holds itself. */
export function yamlFieldValue(value: unknown): FieldValue | undefined {
  return toFieldValue(value, (item) => (item === undefined || item === null ? "" : String(item)));
}
