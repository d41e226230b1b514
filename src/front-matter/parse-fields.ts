import { parse, TomlDate, TomlError } from "smol-toml";
import { type DocumentOptions, type ParseOptions, parseDocument, type SchemaOptions } from "yaml";
import { said } from "../said/said.ts";
import type { Fields, FieldValue, ParsedFields } from "./fields.ts";
import { toFieldValue, withinStack } from "./fields.ts";

/**
 * The failsafe schema knows only strings, so `3801`, `1.10`, `yes` and dates keep their spelling (YAML 1.2, 10.1).
 * Nothing at all is none of them: `null` and `~` without quotation marks.
 */
export const yamlReading: ParseOptions & DocumentOptions & SchemaOptions = {
  schema: "failsafe",
  customTags: ["null"],
  uniqueKeys: false,
  stringKeys: true,
  logLevel: "silent",
};

/** Reads YAML fields. Undefined where the text is not a mapping, or nests too deep. */
export function parseYamlFields(text: string): ParsedFields | undefined {
  const document = withinStack(() => parseDocument(withLineFeeds(text), yamlReading));
  const fault = document?.errors[0];
  if (fault !== undefined) {
    const message = (fault.message.split("\n")[0] ?? fault.code).replace(/ at line \d+, column \d+:?$/, "");
    return { fields: new Map(), fault: { line: fault.linePos?.[0].line ?? 1, message } };
  }
  if (document === undefined) return undefined;
  const value = yamlFieldValue(safeValue(() => document.toJS({ mapAsMap: true })));
  if (value instanceof Map) return { fields: withTagsInComments(value, text) };
  // A block of nothing but comments, or an empty one, is front matter without fields.
  return document.contents === null ? { fields: new Map() } : undefined;
}

/** As long: the parser does not know that a carriage return alone ends a line, as old files have it. */
export const withLineFeeds = (text: string): string => text.replace(/\r(?!\n)/g, "\n");

const TAGS_IN_COMMENT =
  /^(tags?|categor(?:y|ies)):[ \t]+(#[^\s#]\S{0,200}(?:[ \t]+#[^\s#]\S{0,200}){0,100})[ \t]*\r?$/gim;

/** `tags: #garden #rain`: a comment to YAML, and tags to whoever wrote it. */
function withTagsInComments(fields: Fields, text: string): Fields {
  const own = Array.from(text.matchAll(TAGS_IN_COMMENT), ([, name = "", tags = ""]) => [name, tags] as const)
    .filter(([name]) => fields.get(name.toLowerCase()) === "" || fields.get(name) === "")
    .map(([name, tags]) => [name.toLowerCase(), tags.split(/[ \t]+/)] as const);
  return own.length === 0 ? fields : new Map([...fields, ...own]);
}

/** Undefined where there are too many aliases, or ones to nothing or to themselves. */
export function safeValue(read: () => unknown): unknown {
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

/** Reads JSON fields, also without the braces around them; numbers and truth values as JSON spells them. */
export function parseJsonFields(text: string): ParsedFields | undefined {
  try {
    const whole = /^\s*\{/.test(text) ? text : `{${text}}`;
    const value = withinStack((): unknown => JSON.parse(whole));
    const fields = toFieldValue(value, (item) => (item === null ? "" : String(item)));
    return fields instanceof Map ? { fields } : undefined;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    // Its message quotes the text, and does not always say where.
    return {
      fields: new Map(),
      fault: { line: 1, message: said("the JSON that begins here is not well-formed") },
    };
  }
}

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
    const value = (match[2] ?? "").trim().replace(format === "yaml" ? /^(?:~|null)$/i : /^$/, "");
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
