import type { Said } from "../../../said/said.ts";
import { tagKey } from "../../../text/tag-key.ts";
import type { FieldValue } from "../../fields.ts";
import type { Stretch } from "../../lines.ts";
import { tagsIn } from "../tags.ts";

/** A tag as it is written, quotation marks included. */
export interface TagItem extends Stretch {
  /** Undefined for what is no tag: an empty item, or the name of a language. */
  readonly key: string | undefined;
  /** Written as `{ name: "Rust" }`. */
  readonly isTable: boolean;
}

export interface BlockItem extends TagItem {
  /** Where its dash stands. */
  readonly dash: number;
}

export type Quote = "" | '"' | "'";

/** How the tags of a field are written, and where. */
export type TagValue =
  /** `[a, b]` in YAML or TOML; `open` is after the bracket, `close` before it. */
  | {
      readonly kind: "flow";
      readonly open: number;
      readonly close: number;
      readonly items: readonly TagItem[];
    }
  /** `- a`, one a line; `afterKey` is after the colon. */
  | { readonly kind: "block"; readonly afterKey: number; readonly items: readonly BlockItem[] }
  /** `a, b`; the stretch holds no quotation marks. */
  | ({
      readonly kind: "string";
      readonly quote: Quote;
      readonly separator: "," | ";";
      readonly items: readonly TagItem[];
    } & Stretch)
  /** Nothing; the stretch is what a value takes the place of. */
  | ({ readonly kind: "empty" } & Stretch)
  /** Something that tags can be read from, but not written to. */
  | { readonly kind: "fixed"; readonly what: Said };

/** A field of the front matter that tags are read from. */
export interface TagField {
  /** In lower case. */
  readonly name: string;
  /** The table of TOML or the mapping of YAML in which it stands, in lower case. */
  readonly table: string | undefined;
  readonly value: TagValue;
  /** Its tags by key, each once. */
  readonly keys: readonly string[];
}

/** Where a new field would go, and what its value would look like. */
export interface NewFieldPlace {
  /** At the start of a line; in JSON behind the value of the field before it. */
  readonly at: number;
  /** In JSON with the line end before it. */
  readonly indent: string;
  readonly key: string;
  /** With the blanks around it: `: ` or ` = `. */
  readonly assignment: string;
  /** Undefined: a list or text in one line; else a list with this before each item. */
  readonly dashes: string | undefined;
  /** How the writer writes it elsewhere; absent: a flow list, quoted where it must be. */
  readonly habit?: OneLineHabit;
}

/** How tags are written in one line. */
export interface OneLineHabit {
  readonly shape: "flow" | "block" | "string";
  readonly quote: Quote;
  readonly separator: string;
  readonly padding: string;
}

/** The notation of a front matter with its places. */
export interface TagFields {
  /** In the order in which `tagsIn` reads them. */
  readonly fields: readonly TagField[];
  /** Undefined where no field can be added by itself. */
  readonly newField: NewFieldPlace | undefined;
}

/** The keys of what a field with this value says. */
export function keysOf(name: string, value: FieldValue): readonly string[] {
  return tagsIn(new Map([[name, value]])).map(tagKey);
}

/** The pieces of `a, b` or `a; b`, also in brackets, with their places. `raw` stands at `start`. */
export function stringValue(name: string, raw: string, start: number, quote: Quote): TagValue {
  if (raw.trim() === "")
    return { kind: "empty", start: start - quote.length, end: start + raw.length + quote.length };
  const lead = /^\s*\[/.exec(raw)?.[0].length ?? 0;
  const tail = /\]\s*$/.exec(raw)?.[0].length ?? 0;
  const inner = raw.slice(lead, Math.max(lead, raw.length - tail));
  const separator = inner.includes(",") ? "," : ";";
  const items: TagItem[] = [];
  let at = start + lead;
  for (const piece of inner.split(separator)) {
    const from = at + (piece.length - piece.trimStart().length);
    const end = from + piece.trim().length;
    if (end > from) items.push({ start: from, end, key: keysOf(name, [piece])[0], isTable: false });
    at += piece.length + 1;
  }
  return { kind: "string", quote, separator, items, start: start + lead, end: start + lead + inner.length };
}
