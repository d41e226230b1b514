import type { Fields, FieldValue } from "./fields.ts";

const YAML_LINE = /^["']?([\p{L}_][\p{L}\p{N} _./-]*?)["']?\s*:(?:\s+(.*))?$/u;
const TOML_LINE = /^["']?([\w.-]+)["']?\s*=\s*(.*)$/;

/**
 * Reads what can be read from front matter that its parser rejects: one field a line, flow lists and
 * block lists of plain words. Everything else in it is passed over.
 */
export function fieldsOfLines(text: string, format: "yaml" | "toml"): Fields {
  const fields = new Map<string, FieldValue>();
  const lines = text.split(/\r\n|\n|\r/);
  for (const [index, line] of lines.entries()) {
    const match = (format === "yaml" ? YAML_LINE : TOML_LINE).exec(line.trimEnd());
    const name = match?.[1]?.toLowerCase();
    if (match === null || name === undefined || fields.has(name)) continue;
    const value = (match[2] ?? "").trim();
    fields.set(
      name,
      value === "" ? blockList(lines.slice(index + 1)) : fieldValueOf(value, lines.slice(index + 1)),
    );
  }
  return fields;
}

function fieldValueOf(value: string, following: readonly string[]): FieldValue {
  if (!value.startsWith("[")) return unquote(value.replace(/\s+#.*$/, ""));
  const list = flowListText(value, following);
  return list
    .split(",")
    .map(unquote)
    .filter((item) => item !== "");
}

/** A flow list may run over several lines; it ends at its bracket, or at the line where it was left open. */
function flowListText(value: string, following: readonly string[]): string {
  let text = value.slice(1);
  for (const line of following) {
    if (text.includes("]") || YAML_LINE.test(line) || TOML_LINE.test(line)) break;
    text += ` ${line}`;
  }
  return text.split("]", 1)[0] ?? "";
}

function blockList(following: readonly string[]): FieldValue {
  const items: string[] = [];
  for (const line of following) {
    const item = /^\s*-(?:\s+(.*))?$/.exec(line);
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
