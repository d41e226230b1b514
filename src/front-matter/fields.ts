/** A value in front matter. Numbers, dates and truth values keep the writer's spelling as strings. */
export type FieldValue = string | readonly FieldValue[] | Fields;

/** Fields by name in lower case. */
export type Fields = ReadonlyMap<string, FieldValue>;

/** What is wrong with a front matter that was read as far as possible. */
export interface FrontMatterFault {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
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
