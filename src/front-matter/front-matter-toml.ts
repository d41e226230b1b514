import { parse, TomlDate, TomlError } from "smol-toml";
import { toFieldValue, withinStack } from "./field-value.ts";
import type { ParsedFields } from "./fields.ts";

/** Reads TOML fields; dates become ISO strings. Undefined where the text nests too deep. */
export function parseTomlFields(text: string): ParsedFields | undefined {
  try {
    // TOML forbids a lone carriage return, which old files have as line end.
    const table = withinStack(() => parse(text.replace(/\r\n?/g, "\n")));
    const fields = toFieldValue(table, (item) =>
      item instanceof TomlDate ? item.toISOString() : String(item),
    );
    return fields instanceof Map ? { fields } : undefined;
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const message = (cause.message.split("\n")[0] ?? "").replace(/^Invalid TOML document: /, "");
    return { fields: new Map(), fault: { line: cause.line, message } };
  }
}
