import type { Said } from "../said/said.ts";
/** A value in front matter. Numbers, dates and truth values keep the writer's spelling as strings. */
export type FieldValue = string | readonly FieldValue[] | Fields;

/** Fields by name in lower case. */
export type Fields = ReadonlyMap<string, FieldValue>;

/** What is wrong with a front matter that was read as far as possible. */
export interface FrontMatterFault {
  /** 1-based. */
  readonly line: number;
  /** A sentence of ours, without its full stop, or the words of the notation's parser, which are English. */
  readonly message: Said | string;
}

/** What the parser of one notation found. */
export interface ParsedFields {
  readonly fields: Fields;
  /** Absent when the text is well formed. */
  readonly fault?: FrontMatterFault;
}

/** Whether a value is a table of further fields. */
export function isTable(value: FieldValue | undefined): value is Fields {
  return value instanceof Map;
}

/** The text of the first of these fields that has one. */
export function textField(fields: Fields, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = fields.get(name);
    if (typeof value === "string" && value.trim() !== "") return value.trim();
  }
  return undefined;
}

/** No writer's front matter goes deeper, or has more values, once its aliases are followed. */
const deepest = 16;
const mostValues = 20_000;

/**
 * What a parser gave, as a field has it: tables (a `Map` or a plain object) with names in lower case, lists, and
 * all else in the spelling of `asText`. Undefined where it holds itself, goes too deep or has too many values.
 */
export function toFieldValue(value: unknown, asText: (value: unknown) => string): FieldValue | undefined {
  let left = mostValues;
  const convert = (item: unknown, depth: number): FieldValue => {
    left -= 1;
    if (left < 0 || depth > deepest) throw new RangeError("too much");
    if (Array.isArray(item)) return item.map((each) => convert(each, depth + 1));
    const entries = entriesOf(item);
    if (entries === undefined) return asText(item);
    const fields = new Map<string, FieldValue>();
    for (const [key, each] of entries) {
      const name = String(key).trim().toLowerCase();
      const known = fields.get(name);
      if (known === undefined || known === "") fields.set(name, convert(each, depth + 1));
    }
    return fields;
  };
  return withinStack(() => convert(value, 0));
}

/** Undefined where a text nests so deep that a parser, or a walk of what it gave, runs out of stack. */
export function withinStack<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof RangeError) return undefined;
    throw cause;
  }
}

function entriesOf(item: unknown): Iterable<readonly [unknown, unknown]> | undefined {
  if (item instanceof Map) return item;
  const isTable = typeof item === "object" && item !== null && isPlain(item);
  return isTable ? Object.entries(item) : undefined;
}

function isPlain(item: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(item);
  return prototype === null || prototype === Object.prototype;
}
