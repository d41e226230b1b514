import { type FrontMatter, readHead } from "../../front-matter.ts";
import { fieldLines, lineStart, type Stretch } from "../../lines.ts";
import type { NewFieldPlace, Quote, TagField } from "../fields/tag-field.ts";
import { tagFieldsIn } from "../fields/tag-fields.ts";
import { usualQuote } from "./quotes.ts";

/** How a writer writes tags and where, as one document shows it. */
export interface TagHabit {
  readonly format: "yaml" | "toml";
  /** As it is written: `tags`, `Categories`. */
  readonly key: string;
  readonly shape: "flow" | "block" | "string";
  /** What stands before an item of a block list. */
  readonly dashes: string;
  readonly quote: Quote;
  /** Between two items of a line. */
  readonly separator: string;
  /** After the opening bracket. */
  readonly padding: string;
  /** Names of the fields before it and after it, nearest first, in lower case. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** How a document writes its tags; undefined where it has none at the margin of a front matter that is well formed. */
export function tagHabitIn(source: string): TagHabit | undefined {
  const frontMatter = readHead(source);
  if (frontMatter === undefined || frontMatter.fault !== undefined) return undefined;
  const { format, inner } = frontMatter;
  // What JSON leaves to the writer is the order of fields alone.
  if (format === "json") return undefined;
  const field = tagFieldsIn(source, frontMatter).fields.find(
    ({ table, keys }) => table === undefined && keys.length > 0,
  );
  const form = field && formOf(source, field);
  const lines = fieldLines(source, inner, format);
  const at = lines.findIndex(({ key }) => key.toLowerCase() === field?.name);
  if (form === undefined || at < 0) return undefined;
  const names = lines.map(({ key }) => key.toLowerCase());
  return {
    format,
    key: lines[at]!.key,
    ...form,
    before: names.slice(0, at).toReversed(),
    after: names.slice(at + 1),
  };
}

/** The habit of most documents, as the first of them shows it: give the newest first. */
export function usualHabit(habits: readonly TagHabit[]): TagHabit | undefined {
  const alike = Map.groupBy(habits, ({ format, key, shape, before }) =>
    JSON.stringify([format, key, shape, before[0]]),
  );
  return [...alike.values()].toSorted((a, b) => b.length - a.length)[0]?.[0];
}

type Form = Pick<TagHabit, "shape" | "dashes" | "quote" | "separator" | "padding">;

function formOf(source: string, { value }: TagField): Form | undefined {
  const form = { dashes: "- ", separator: ", ", padding: "" };
  switch (value.kind) {
    case "block": {
      const [first] = value.items;
      if (first === undefined) return undefined;
      const dashes = source.slice(lineStart(source, first.dash), first.start);
      return {
        ...form,
        shape: "block",
        quote: usualQuote(value.items.map(({ start }) => source[start])),
        dashes,
      };
    }
    case "flow": {
      const [first, second] = value.items;
      if (first === undefined || first.isTable) return undefined;
      const between = second && source.slice(first.end, second.start);
      const padding = source.slice(value.open, first.start);
      return {
        ...form,
        shape: "flow",
        quote: usualQuote(value.items.map(({ start }) => source[start])),
        ...(between !== undefined && /^,[ \t]*$/.test(between) ? { separator: between } : {}),
        ...(/^[ \t]*$/.test(padding) ? { padding } : {}),
      };
    }
    case "string":
      // One word may be the only tag of a list as well as of a text.
      return value.items.length < 2
        ? undefined
        : { ...form, shape: "string", quote: value.quote, separator: `${value.separator} ` };
    case "empty":
    case "fixed":
      return undefined;
    default:
      return value satisfies never;
  }
}

/** Where and how a document without tags gets them by this habit; undefined where it has another format or no such place. */
export function placeByHabit(
  source: string,
  { format, inner }: { readonly format: FrontMatter["format"]; readonly inner: Stretch },
  usual: NewFieldPlace,
  habit: TagHabit | undefined,
): NewFieldPlace {
  if (format === "json" || habit?.format !== format) return usual;
  const lines = fieldLines(source, inner, format);
  const named = (name: string) => lines.find(({ key }) => key.toLowerCase() === name);
  const before = habit.before.flatMap((name) => named(name) ?? [])[0];
  const after = habit.after.flatMap((name) => named(name) ?? [])[0];
  const at = before?.end ?? after?.start;
  const { key, dashes, shape } = habit;
  const place = { ...usual, key, dashes: shape === "block" ? dashes : undefined, habit };
  return at === undefined || !isLineStart(source, at) ? place : { ...place, at, indent: "" };
}

function isLineStart(source: string, at: number): boolean {
  return at > 0 && /[\r\n]/.test(source[at - 1]!);
}
