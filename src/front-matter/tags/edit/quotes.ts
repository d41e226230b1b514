import { Document, type ToStringOptions } from "yaml";
import type { FrontMatterFormat } from "../../head-blocks.ts";
import type { Quote } from "../fields/tag-field.ts";

/** Writes a tag as an item of a list, in quotation marks of this kind, or in others where it needs them. */
export function quoteItem(tag: string, format: FrontMatterFormat, quote: Quote): string {
  if (format === "json") return JSON.stringify(tag);
  if (format === "toml") return quote === "'" && !tag.includes("'") ? `'${tag}'` : JSON.stringify(tag);
  if (quote === "" && !isPlain(tag)) return yamlItem(tag, '"');
  return yamlItem(tag, quote);
}

/** Writes a tag as a piece of a text that stands in such quotation marks. */
export function quotePiece(tag: string, format: FrontMatterFormat, quote: Quote): string {
  if (quote === '"') return JSON.stringify(tag).slice(1, -1);
  return quote === "'" && format === "yaml" ? tag.replaceAll("'", "''") : tag;
}

/** The quotation marks of more than half of the items, given the first character of each. */
export function usualQuote(firsts: readonly (string | undefined)[]): Quote {
  const isUsual = (quote: Quote) => firsts.filter((first) => first === quote).length * 2 > firsts.length;
  return (['"', "'"] as const).find(isUsual) ?? "";
}

/** Whether YAML of any version reads the text as itself, also in a flow list. */
export function isPlain(text: string): boolean {
  return /^[\p{L}\p{N}._]/u.test(text) && !/[,[\]{}]/.test(text) && yamlItem(text, "") === text;
}

const stringTypes = { "": "PLAIN", '"': "QUOTE_DOUBLE", "'": "QUOTE_SINGLE" } as const;

/** Letters and signs between them, without digits: `e5` is a number to YAML 1.1. */
const lettersAlone = /^\p{L}[\p{L}_/-]*$/u;
/** What some version of YAML takes for a truth value or for nothing. */
const keyword = /^(?:y|yes|n|no|on|off|true|false|null)$/i;

/**
 * An item of a flow list, as the package writes it. It is asked where a tag is not plainly a word, for it takes a tenth of a
 * millisecond, and thousands of tags may be completed at each key.
 */
export function yamlItem(text: string, quote: Quote): string {
  if (lettersAlone.test(text) && !keyword.test(text)) return quote + text + quote;
  return yamlItemOfPackage(text, quote);
}

/** As `yamlItem`, by the package alone. */
export function yamlItemOfPackage(text: string, quote: Quote): string {
  // The package takes it for the key that merges mappings, and never puts it in quotation marks.
  if (text === "<<") return quote === "" ? `"${text}"` : quote + text + quote;
  // What only one version of YAML takes for a number, a date or a truth value is quoted for all.
  const document = new Document([text], { version: "1.1", compat: "core" });
  const options: ToStringOptions = {
    lineWidth: 0,
    flowCollectionPadding: false,
    collectionStyle: "flow",
    defaultStringType: stringTypes[quote],
  };
  const list = document.toString(options).trim();
  return list.slice(1, -1);
}
