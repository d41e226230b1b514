import { isAlias, isMap, isScalar, isSeq, type Pair, parseDocument, type YAMLMap, type YAMLSeq } from "yaml";
import { said } from "../../../said/said.ts";
import type { FieldValue } from "../../fields.ts";
import { lineStart, nextLine, type Stretch } from "../../lines.ts";
import { safeValue, withLineFeeds, yamlFieldValue, yamlReading } from "../../parse-fields.ts";
import { FALLBACK_FIELDS, TAG_FIELDS, TAG_TABLES } from "../tags.ts";
import {
  type BlockItem,
  keysOf,
  type NewFieldPlace,
  type Quote,
  stringValue,
  type TagField,
  type TagFields,
  type TagItem,
  type TagValue,
} from "./tag-field.ts";

/** The tag fields of YAML that stands at `inner` of the source and is well formed, or of JSON, which is YAML as well. */
export function yamlTagFields(source: string, inner: Stretch, format: "yaml" | "json"): TagFields {
  // Blank lines take the place of what stands before, so that the parser counts as the source does.
  const text = "\n".repeat(inner.start) + withLineFeeds(source.slice(inner.start, inner.end));
  const document = parseDocument(text, { ...yamlReading, keepSourceTokens: true });
  const { contents } = document;
  // What only JSON takes (a tab, a slash that is escaped) has places that cannot be relied on; nor has it without braces.
  const isPlaced = document.errors.length === 0 && isMap(contents) && contents.flow === true;
  if (format === "json" && !isPlaced) return { fields: [], newField: undefined };
  if (!isMap(contents)) {
    const place = { at: inner.end, indent: "", key: "tags", assignment: ": ", dashes: undefined };
    return { fields: [], newField: place };
  }
  const reader = new YamlFields(text, (node) => safeValue(() => node.toJS(document, { mapAsMap: true })));
  const fields = reader.fields(contents);
  if (format === "json") return { fields, newField: reader.newJsonField(contents) };
  return { fields, newField: contents.flow === true ? undefined : reader.newField(contents, fields) };
}

interface YamlNode {
  readonly toJS: (document: ReturnType<typeof parseDocument>, options: { mapAsMap: boolean }) => unknown;
}

class YamlFields {
  readonly #text: string;
  readonly #plainValue: (node: YamlNode) => unknown;

  constructor(text: string, plainValue: (node: YamlNode) => unknown) {
    this.#text = text;
    this.#plainValue = plainValue;
  }

  /** In the order of reading: by name, first at the top, then in the tables. */
  fields(map: YAMLMap): readonly TagField[] {
    const tables = TAG_TABLES.flatMap((table) =>
      pairsNamed(map, table).flatMap((pair) => (isMap(pair.value) ? [{ table, map: pair.value }] : [])),
    );
    return [...TAG_FIELDS, ...FALLBACK_FIELDS].flatMap((name) => [
      ...pairsNamed(map, name).map((pair) => this.#field(pair, name, undefined)),
      ...tables.flatMap(({ table, map: inside }) =>
        pairsNamed(inside, name).map((pair) => this.#field(pair, name, table)),
      ),
    ]);
  }

  /** After the title, else at the end; as a block list where the other tag fields are such. */
  newField(map: YAMLMap, fields: readonly TagField[]): NewFieldPlace | undefined {
    const pair = pairsNamed(map, "title")[0] ?? map.items.at(-1);
    const key = isScalar(pair?.key) ? pair.key : undefined;
    if (pair === undefined || !key?.range) return undefined;
    const start = lineStart(this.#text, key.range[0]);
    const end = endOfPair(pair);
    const block = fields.find(({ value }) => value.kind === "block")?.value;
    const item = block?.kind === "block" ? block.items[0] : undefined;
    return {
      at: end > 0 && /[\r\n]/.test(this.#text[end - 1]!) ? end : nextLine(this.#text, end),
      indent: this.#text.slice(start, key.range[0]),
      key: /^\p{Lu}\p{Ll}/u.test(String(key.value)) ? "Tags" : "tags",
      assignment: ": ",
      dashes: item && this.#text.slice(lineStart(this.#text, item.dash), item.start),
    };
  }

  /** After the title, else at the end, apart from it as the fields are from each other. */
  newJsonField(map: YAMLMap): NewFieldPlace | undefined {
    const pair = pairsNamed(map, "title")[0] ?? map.items.at(-1);
    const key = isScalar(pair?.key) ? pair.key : undefined;
    if (pair === undefined || !key?.range) return undefined;
    const [start] = key.range;
    const after = this.#text.slice(colonOf(pair) + 1);
    return {
      at: endOfPair(pair),
      indent: /\s*$/.exec(this.#text.slice(0, start))?.[0] || " ",
      key: /^\p{Lu}\p{Ll}/u.test(String(key.value)) ? "Tags" : "tags",
      assignment: `:${/^[ \t]*/.exec(after)?.[0] ?? ""}`,
      dashes: undefined,
    };
  }

  #field(pair: Pair, name: string, table: string | undefined): TagField {
    const value = this.#value(pair, name);
    const node = pair.value as YamlNode | null;
    return { name, table, value, keys: keysOf(name, node === null ? "" : this.#read(node)) };
  }

  #read(node: YamlNode): FieldValue {
    return yamlFieldValue(this.#plainValue(node)) ?? "";
  }

  #value(pair: Pair, name: string): TagValue {
    const node = pair.value;
    const afterKey = colonOf(pair) + 1;
    if (afterKey === 0) return { kind: "fixed", what: said("is a key without a colon") };
    if (isSeq(node)) return this.#list(node, name, afterKey);
    if (!isScalar(node) || !node.range)
      return { kind: "fixed", what: isAlias(node) ? said("is an alias") : said("is a mapping") };
    if (node.anchor !== undefined || node.tag?.startsWith("!"))
      return { kind: "fixed", what: said("has an anchor or a type") };
    const [start, end] = node.range;
    if (start === end) return this.#nothing(afterKey);
    if (node.value === null) return { kind: "empty", start, end };
    const quotes: Readonly<Record<string, Quote>> = { PLAIN: "", QUOTE_DOUBLE: '"', QUOTE_SINGLE: "'" };
    const quote = quotes[node.type ?? ""];
    if (quote === undefined) return { kind: "fixed", what: said("is a text of several lines") };
    return stringValue(
      name,
      this.#text.slice(start + quote.length, end - quote.length),
      start + quote.length,
      quote,
    );
  }

  #nothing(afterKey: number): TagValue {
    const comment = /[ \t]+#[^\s#]/y;
    comment.lastIndex = afterKey;
    if (comment.test(this.#text))
      return { kind: "fixed", what: said("is a comment, as YAML has it behind #") };
    const blanks = /[ \t]*(?=[\r\n]|$)/y;
    blanks.lastIndex = afterKey;
    return { kind: "empty", start: afterKey, end: afterKey + (blanks.exec(this.#text)?.[0].length ?? 0) };
  }

  #list(list: YAMLSeq, name: string, afterKey: number): TagValue {
    const items: TagItem[] = [];
    for (const node of list.items) {
      const item = this.#item(node, name);
      if (item === undefined) return { kind: "fixed", what: said("holds lists in a list") };
      items.push(item);
    }
    if (list.flow === true) {
      const [start, end] = list.range!;
      return { kind: "flow", open: start + 1, close: end - 1, items: items.filter(isWritten) };
    }
    const dashes = dashesOf(list);
    if (dashes.length !== items.length) return { kind: "fixed", what: said("is an unusual list") };
    return {
      kind: "block",
      afterKey,
      items: items.map((item, at): BlockItem => ({ ...item, dash: dashes[at]! })),
    };
  }

  #item(node: unknown, name: string): TagItem | undefined {
    if (!isScalar(node) && !isMap(node) && !isAlias(node)) return undefined;
    const [start, end] = node.range!;
    const keys = keysOf(name, [this.#read(node as YamlNode)]);
    return keys.length > 1 ? undefined : { start, end, key: keys[0], isTable: isMap(node) };
  }
}

const isWritten = ({ start, end }: Stretch): boolean => end > start;

function pairsNamed(map: YAMLMap, name: string): readonly Pair[] {
  return map.items.filter(({ key }) => isScalar(key) && String(key.value).trim().toLowerCase() === name);
}

function colonOf({ srcToken }: Pair): number {
  const separators = srcToken !== undefined && "sep" in srcToken ? (srcToken.sep ?? []) : [];
  return separators.find(({ type }) => type === "map-value-ind")?.offset ?? -1;
}

function dashesOf({ srcToken }: YAMLSeq): readonly number[] {
  const items = srcToken !== undefined && "items" in srcToken ? srcToken.items : [];
  return items.flatMap(({ start }) => start.find(({ type }) => type === "seq-item-ind")?.offset ?? []);
}

function endOfPair(pair: Pair): number {
  const node = pair.value as { readonly range?: readonly number[] | null } | null;
  return Math.max(node?.range?.[1] ?? 0, colonOf(pair) + 1);
}
