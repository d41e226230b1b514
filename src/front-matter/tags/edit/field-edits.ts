import { said } from "../../../said/said.ts";
import type { FrontMatterFormat } from "../../head-blocks.ts";
import type { SourceEdit } from "../../lines.ts";
import type { NewFieldPlace, TagField, TagItem, TagValue } from "../fields/tag-field.ts";
import { blockListEdits, inlineListEdits } from "./list-edits.ts";
import { planList } from "./list-plan.ts";
import { isPlain, quoteItem, quotePiece, usualQuote } from "./quotes.ts";
import { refused, type TagEditRefusal } from "./refusals.ts";

/** What the notation of the document is. */
export interface FieldStyle {
  readonly format: FrontMatterFormat;
  readonly newLine: string;
  /** What stands before an item of a new block list; undefined: new lists are flow lists. */
  readonly dashes?: string | undefined;
}

/** A tag that is wanted, by its key and in the spelling for a new one. */
export interface Wish {
  readonly key: string;
  readonly tag: string;
}

/** How tags become others, or why they cannot. */
export type TagEditing = { readonly kind: "edits"; readonly edits: readonly SourceEdit[] } | TagEditRefusal;

type StringValue = Extract<TagValue, { kind: "string" }>;

/** The edits that make the tags of one field these, in this order. */
export function fieldEdits(
  source: string,
  { name, value, keys }: TagField,
  wished: readonly Wish[],
  style: FieldStyle,
): TagEditing {
  if (keys.length === wished.length && keys.every((key, at) => key === wished[at]!.key)) return edits([]);
  switch (value.kind) {
    case "flow":
    case "block":
      return listEdits(source, name, value, wished, style);
    case "string":
      return stringEdits(source, name, value, wished, style);
    case "empty":
      return edits([{ start: value.start, end: value.end, newText: newValue(source, value, wished, style) }]);
    case "fixed":
      return refused(
        said("The field '{0}' {1}.", name, value.what),
        said("Write the tags as a list, such as [one, two]."),
      );
    default:
      return value satisfies never;
  }
}

/** A new field with these tags. */
export function newFieldEdits(place: NewFieldPlace, tags: readonly string[], style: FieldStyle): SourceEdit {
  const { at, indent, key, assignment, dashes } = place;
  if (style.format === "json") {
    const newText = `,${indent}${JSON.stringify(key)}${assignment}${oneLine(place, tags, style)}`;
    return { start: at, end: at, newText };
  }
  const value =
    dashes === undefined
      ? `${assignment}${oneLine(place, tags, style)}`
      : `:${itemsOf(place, tags, style)
          .map((item) => `${style.newLine}${dashes}${item}`)
          .join("")}`;
  return { start: at, end: at, newText: `${indent}${key}${value}${style.newLine}` };
}

function itemsOf(
  { habit }: NewFieldPlace,
  tags: readonly string[],
  { format }: FieldStyle,
): readonly string[] {
  return tags.map((tag) => quoteItem(tag, format, habit?.shape === "string" ? "" : (habit?.quote ?? "")));
}

/** A list in brackets, or a text where the writer writes one and it can hold these tags. */
function oneLine(place: NewFieldPlace, tags: readonly string[], style: FieldStyle): string {
  const { habit } = place;
  const { separator = ", ", padding = "", quote = "" } = habit ?? {};
  const isText = habit?.shape === "string" && tags.length > 1 && !tags.some((tag) => /[,;]/.test(tag));
  if (!isText) {
    const between = habit?.shape === "flow" ? separator : ", ";
    return `[${padding}${itemsOf(place, tags, style).join(between)}${padding}]`;
  }
  const text = tags.map((tag) => quotePiece(tag, style.format, quote)).join(separator);
  if (quote !== "") return `${quote}${text}${quote}`;
  return isPlain(text.replaceAll(/[,;]/g, " ")) ? text : JSON.stringify(text);
}

function listEdits(
  source: string,
  name: string,
  value: Extract<TagValue, { kind: "flow" | "block" }>,
  wished: readonly Wish[],
  { format, newLine }: FieldStyle,
): TagEditing {
  const items: readonly TagItem[] = value.items;
  const known = new Set(items.map(({ key }) => key));
  if (items.some(({ isTable }) => isTable) && wished.some(({ key }) => !known.has(key))) {
    return refused(
      said("The field '{0}' holds tables, not words.", name),
      said("Add the tag as a table by hand."),
    );
  }
  const quote = usualQuote(items.map(({ start }) => source[start]));
  const texts = wished.map(({ key, tag }) => ({ key, text: quoteItem(tag, format, quote) }));
  const plan = planList(source, items, texts);
  if (value.kind === "block") return edits(blockListEdits(source, value, plan, newLine));
  const { open, close } = value;
  const list = { open, close, items, separator: ",", hasComments: true, lineEnd: newLine } as const;
  return edits(inlineListEdits(source, list, plan));
}

function stringEdits(
  source: string,
  name: string,
  value: StringValue,
  wished: readonly Wish[],
  style: FieldStyle,
): TagEditing {
  const { start, end, items, quote, separator } = value;
  const [only] = items;
  if (items.length === 1 && only!.key === undefined) {
    return refused(
      said("The field '{0}' holds what is no tag, such as a template's placeholder.", name),
      said("Take it out first."),
    );
  }
  if (items.length === 1 && wished.length > 1 && source.slice(only!.end, end).trim() === "") {
    return singleBecomesList(source, value, wished, style);
  }
  const known = new Set(items.map(({ key }) => key));
  const split = wished.find(({ key, tag }) => !known.has(key) && /[,;]/.test(tag));
  if (split !== undefined) {
    return refused(
      said("The field '{0}' is a text in which '{1}' would be two tags.", name, split.tag),
      said("Write the tags as a list."),
    );
  }
  const texts = wished.map(({ key, tag }) => ({ key, text: quotePiece(tag, style.format, quote) }));
  const list = { open: start, close: end, items, separator, hasComments: false, lineEnd: style.newLine };
  const changes = inlineListEdits(source, list, planList(source, items, texts));
  return edits(quote === "" ? quotedWhereNeeded(source, value, changes) : changes);
}

/** A text that is no longer plain YAML gets quotation marks. */
function quotedWhereNeeded(
  source: string,
  { start, end }: StringValue,
  changes: readonly SourceEdit[],
): readonly SourceEdit[] {
  let text = source.slice(start, end);
  for (const { start: from, end: to, newText } of changes.toReversed()) {
    text = text.slice(0, from - start) + newText + text.slice(to - start);
  }
  const isText = text.trim() === "" || /[\r\n[\]]/.test(text) || isPlain(text.replaceAll(/[,;]/g, " "));
  return isText ? changes : [{ start, end, newText: JSON.stringify(text) }];
}

/** One tag becomes several: a list, which every reader takes for such. */
function singleBecomesList(
  source: string,
  { start, end, quote, items }: StringValue,
  wished: readonly Wish[],
  { format }: FieldStyle,
): TagEditing {
  const [only] = items;
  const written = source.slice(start - quote.length, end + quote.length);
  const isKept = quote !== "" || isPlain(written);
  const texts = wished.map(({ key, tag }) => {
    return key === only!.key && isKept ? written : quoteItem(tag, format, quote);
  });
  return edits([{ start: start - quote.length, end: end + quote.length, newText: `[${texts.join(", ")}]` }]);
}

function newValue(
  source: string,
  { start }: { readonly start: number },
  wished: readonly Wish[],
  { format, dashes, newLine }: FieldStyle,
): string {
  const texts = wished.map(({ tag }) => quoteItem(tag, format, ""));
  const isBare = format === "yaml" && source[start - 1] === ":";
  if (isBare && dashes !== undefined) return texts.map((text) => `${newLine}${dashes}${text}`).join("");
  return `${isBare ? " " : ""}[${texts.join(", ")}]`;
}

function edits(list: readonly SourceEdit[]): TagEditing {
  return { kind: "edits", edits: list };
}
