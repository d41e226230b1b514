import type { Stretch } from "../../lines.ts";

/** A value of TOML as it is written. */
export type TomlValue = Stretch &
  (
    | { readonly kind: "array"; readonly items: readonly TomlValue[] }
    | { readonly kind: "table"; readonly entries: readonly TomlEntry[] }
    | { readonly kind: "string"; readonly fence: string }
    | { readonly kind: "other" }
  );

/** A key with its value; the key's path holds the names of the tables around it. */
export interface TomlEntry extends Stretch {
  /** In lower case. Undefined in an array of tables, whose entries are no fields. */
  readonly path: readonly string[] | undefined;
  /** The key alone as it is written. */
  readonly key: string;
  /** The sign between key and value with the blanks around it. */
  readonly assignment: string;
  /** Whether it stands in a line of its own rather than in an inline table. */
  readonly isLine: boolean;
  readonly value: TomlValue;
}

/** The line that opens a table. */
export interface TomlHeader extends Stretch {
  readonly path: readonly string[] | undefined;
}

export interface TomlStatements {
  readonly headers: readonly TomlHeader[];
  readonly entries: readonly TomlEntry[];
}

/** Finds all keys and values of TOML that is well formed, at the stretch of the source. */
export function scanToml(source: string, { start, end }: Stretch): TomlStatements {
  return new TomlScanner(source.slice(0, end), start).statements();
}

const KEY = /[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*'/y;
const FENCES: readonly string[] = ['"""', "'''", '"', "'"];

class TomlScanner {
  readonly #text: string;
  #at: number;
  readonly #headers: TomlHeader[] = [];
  readonly #entries: TomlEntry[] = [];

  constructor(text: string, start: number) {
    this.#text = text;
    this.#at = start;
  }

  statements(): TomlStatements {
    let table: readonly string[] | undefined = [];
    for (this.#skip(/(?:\s|#[^\r\n]*)*/y); this.#at < this.#text.length; this.#skip(/(?:\s|#[^\r\n]*)*/y)) {
      if (this.#text[this.#at] === "[") table = this.#header();
      else this.#entries.push(this.#entry(table, true));
    }
    return { headers: this.#headers, entries: this.#entries };
  }

  #header(): readonly string[] | undefined {
    const start = this.#at;
    const brackets = this.#skip(/\[+/y);
    const names = this.#path();
    this.#skip(/[\]\s]*?(?=[\r\n]|#|$)/y);
    const path = brackets.length > 1 ? undefined : names;
    this.#headers.push({ start, end: this.#at, path });
    return path;
  }

  #path(): readonly string[] {
    const names: string[] = [];
    do {
      this.#skip(/[ \t]*/y);
      names.push(
        this.#skip(KEY)
          .replace(/^(["'])(.*)\1$/, "$2")
          .toLowerCase(),
      );
      this.#skip(/[ \t]*(?=\.)/y);
    } while (this.#skip(/\./y) !== "");
    return names;
  }

  #entry(table: readonly string[] | undefined, isLine: boolean): TomlEntry {
    const start = this.#at;
    const names = this.#path();
    const key = this.#text.slice(start, this.#at);
    const assignment = this.#skip(/[ \t]*=[ \t]*/y);
    if (assignment === "") throw new RangeError("no assignment");
    const path = table === undefined ? undefined : [...table, ...names];
    const value = this.#value(path);
    return { start, end: value.end, path, key, assignment, isLine, value };
  }

  #value(path: readonly string[] | undefined): TomlValue {
    const start = this.#at;
    const first = this.#text[start];
    if (first === "[") {
      const items = this.#inside("]", () => this.#value(undefined));
      return { kind: "array", items, start, end: this.#at };
    }
    if (first === "{") {
      const entries = this.#inside("}", () => this.#entry(path, false));
      return { kind: "table", entries, start, end: this.#at };
    }
    const fence = FENCES.find((quote) => this.#text.startsWith(quote, start));
    if (fence === undefined) {
      const other = this.#skip(/[^,\]}#\r\n]*/y);
      return { kind: "other", start, end: start + other.trimEnd().length };
    }
    this.#skipString(fence);
    return { kind: "string", fence, start, end: this.#at };
  }

  /** What stands between brackets, apart by commas, with comments anywhere. */
  #inside<T>(close: "]" | "}", read: () => T): readonly T[] {
    const found: T[] = [];
    this.#at += 1;
    for (;;) {
      this.#skip(/(?:[\s,]|#[^\r\n]*)*/y);
      if (this.#at >= this.#text.length) throw new RangeError("no end");
      if (this.#text[this.#at] === close) break;
      const before = this.#at;
      found.push(read());
      if (this.#at === before) throw new RangeError("no value");
    }
    this.#at += 1;
    return found;
  }

  #skipString(fence: string): void {
    this.#at += fence.length;
    const isBasic = fence.startsWith('"');
    while (this.#at < this.#text.length && !this.#text.startsWith(fence, this.#at)) {
      this.#at += isBasic && this.#text[this.#at] === "\\" ? 2 : 1;
    }
    this.#at += fence.length;
    // A text of several lines may end in quotation marks of its own: up to two of them.
    if (fence.length === 3) this.#skip(isBasic ? /"{0,2}/y : /'{0,2}/y);
  }

  /** Goes past what the pattern (sticky) finds here, and gives it. */
  #skip(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? "";
    this.#at += found.length;
    return found;
  }
}
