import type { Fields, FieldValue } from "./fields.ts";

const YAML_LINE = /^["']?([\p{L}_][\p{L}\p{N} _./-]*?)["']?\s*:(?:\s+(.*))?$/u;
const TOML_LINE = /^["']?([\w.-]+)["']?\s*=\s*(.*)$/;

/** Of a line; no field that we can read goes on for longer. */
const mostCharacters = 2_000;

/**
 * Reads what can be read from front matter that its parser rejects: one field a line, flow lists and
 * block lists of plain words. Everything else in it is passed over.
 */
export function fieldsOfLines(text: string, format: "yaml" | "toml"): Fields {
  const fields = new Map<string, FieldValue>();
  const lines = text.split(/\r\n|\n|\r/);
  for (const [index, line] of lines.entries()) {
    const match = (format === "yaml" ? YAML_LINE : TOML_LINE).exec(line.slice(0, mostCharacters).trimEnd());
    const name = match?.[1]?.toLowerCase();
    if (match === null || name === undefined || fields.has(name)) continue;
    const value = (match[2] ?? "").trim();
    fields.set(name, value === "" ? blockList(lines, index + 1) : fieldValueOf(value, lines, index + 1));
  }
  return fields;
}

function fieldValueOf(value: string, lines: readonly string[], next: number): FieldValue {
  if (!value.startsWith("[")) return unquote(value.replace(/\s#.*$/, ""));
  const list = flowListText(value, lines, next);
  return list
    .split(",")
    .map(unquote)
    .filter((item) => item !== "");
}

/** A flow list may run over several lines; it ends at its bracket, or at the line where it was left open. */
function flowListText(value: string, lines: readonly string[], next: number): string {
  const parts = [value.slice(1)];
  for (let at = next; at < lines.length && !parts.at(-1)!.includes("]"); at++) {
    const line = lines[at]!.slice(0, mostCharacters);
    if (YAML_LINE.test(line) || TOML_LINE.test(line)) break;
    parts.push(line);
  }
  return parts.join(" ").split("]", 1)[0] ?? "";
}

function blockList(lines: readonly string[], next: number): FieldValue {
  const items: string[] = [];
  for (let at = next; at < lines.length; at++) {
    const item = /^\s*-(?:\s+(.*))?$/.exec(lines[at]!.slice(0, mostCharacters));
    if (item === null) break;
    items.push(unquote(item[1] ?? ""));
  }
  return items.filter((item) => item !== "");
}

function unquote(text: string): string {
  return text
    .trim()
    .replace(/^(["'])(.*)\1$/, "$2")
    .trim();
}
