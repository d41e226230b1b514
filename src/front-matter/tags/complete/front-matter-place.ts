import { type FrontMatterFormat, findHeadBlock } from "../../head-blocks.ts";
import { lineEnd, lineStart, nextLine } from "../../lines.ts";
import { usualQuote } from "../edit/quotes.ts";
import type { Quote } from "../fields/tag-field.ts";
import { FALLBACK_FIELDS, TAG_FIELDS, TAG_TABLES } from "../tags.ts";
import { type FrontMatterPlace, tagPlaceInValue } from "./value-place.ts";

const OPENING = /^\uFEFF?(?:[ \t]*\r?\n)*(---|\+\+\+)[ \t]*(?:\r\n|\n|\r)/;
const KEYS = {
  yaml: /^([ \t]*)(["']?)([\p{L}_][\p{L}\p{N} _./-]*?)\2[ \t]*:(?=[ \t]|$)/u,
  toml: /^([ \t]*)(["']?)([\w.-]+)\2[ \t]*=/,
  json: /^([ \t{]*)(")([^"]+)"[ \t]*:/,
} as const;
const TABLE = /^[ \t]*\[[ \t]*["']?([\w-]+)["']?[ \t]*\][ \t]*(?:#.*)?$/;
/** Front matter of more lines is none that a writer types tags into. */
const mostLines = 400;
/** A line of a megabyte is no line of front matter. */
const longestLine = 20_000;
const longestKey = 100;
const longestItem = 500;

/** Whether an offset is in front matter, also one that is not closed yet; and the place of the tag there. */
export type HeadPlace =
  | { readonly kind: "inside"; readonly place: FrontMatterPlace | undefined }
  | { readonly kind: "outside"; readonly bodyStart: number };

export function frontMatterPlaceAt(source: string, offset: number): HeadPlace {
  const opening = OPENING.exec(source.slice(0, longestLine));
  const fence = opening?.[1];
  if (opening === null || fence === undefined) return placeWithoutFence(source, offset);
  const format = fence === "---" ? "yaml" : "toml";
  const start = opening[0].length;
  const lines = linesOf(source, start, format);
  if (offset < start) return { kind: "inside", place: undefined };
  if (offset > lines.end) return { kind: "outside", bodyStart: lines.end };
  const head: Head = { source, format, starts: lines.starts, end: lines.end };
  return { kind: "inside", place: placeIn(head, offset) };
}

/** Half a fence, or JSON, is known by what follows, so it has to be whole. */
function placeWithoutFence(source: string, offset: number): HeadPlace {
  const block = findHeadBlock(source.slice(0, longestLine));
  if (block?.isClosed !== true) return { kind: "outside", bodyStart: 0 };
  if (offset > block.end) return { kind: "outside", bodyStart: block.end };
  const { format, inner } = block;
  const starts: number[] = [];
  for (let at = inner.start; at < inner.end && starts.length < mostLines; at = nextLine(source, at))
    starts.push(at);
  const end = format === "json" ? inner.end : Math.max(inner.start, inner.end - 1);
  return {
    kind: "inside",
    place: offset > end ? undefined : placeIn({ source, format, starts, end }, offset),
  };
}

/** Where the text begins, behind front matter that may be half typed. */
export function bodyStartOf(source: string): number {
  const head = frontMatterPlaceAt(source, source.length);
  return head.kind === "outside" ? head.bodyStart : source.length;
}

/** Lines of a block, by where they start. */
interface Head {
  readonly source: string;
  readonly format: FrontMatterFormat;
  readonly starts: readonly number[];
  readonly end: number;
}

/** Up to the closing fence; where there is none, up to a blank line. */
function linesOf(source: string, start: number, format: "yaml" | "toml") {
  const closing = format === "yaml" ? /^(?:---|\.\.\.)[ \t]*$/ : /^\+\+\+[ \t]*$/;
  const starts: number[] = [];
  let blankAt: number | undefined;
  for (let at = start; starts.length < mostLines; at = nextLine(source, at)) {
    const line = source.slice(at, Math.min(lineEnd(source, at), at + longestLine));
    if (closing.test(line)) return { starts, end: at - 1 };
    if (line.trim() === "") blankAt ??= at;
    starts.push(at);
    if (lineEnd(source, at) >= source.length) break;
  }
  const end = blankAt ?? source.length;
  return { starts: starts.filter((at) => at < end || at === start), end };
}

function placeIn(head: Head, offset: number): FrontMatterPlace | undefined {
  const { source, format, starts } = head;
  const at = starts.findLastIndex((start) => start <= offset);
  const line = textAt(head, at);
  if (at < 0 || line.length >= longestLine) return undefined;
  const own = keyOf(head, at);
  if (own !== undefined) {
    const isTags = offset >= own.valueStart && isTagField(head, at, own);
    return isTags
      ? tagPlaceInValue({ source, format, start: own.valueStart, end: valueEnd(head, at), offset })
      : undefined;
  }
  const above = starts.slice(0, at).findLastIndex((_, index) => keyOf(head, index) !== undefined);
  const key = above < 0 ? undefined : keyOf(head, above);
  if (key === undefined || !isTagField(head, above, key)) return undefined;
  const value = source.slice(key.valueStart, lineEnd(source, key.valueStart)).replace(/(?:^|\s)#.*$/, "");
  if (value.trim() === "" && format === "yaml") return blockPlace(head, above, at, offset);
  return tagPlaceInValue({ source, format, start: key.valueStart, end: valueEnd(head, above), offset });
}

interface Key {
  readonly name: string;
  readonly indent: number;
  readonly valueStart: number;
}

function keyOf(head: Head, at: number): Key | undefined {
  const match = KEYS[head.format].exec(textAt(head, at, longestKey));
  if (match === null) return undefined;
  const name = (match[3] ?? "").trim().toLowerCase();
  return { name, indent: match[1]?.length ?? 0, valueStart: head.starts[at]! + match[0].length };
}

function textAt({ source, starts }: Head, at: number, limit = longestLine): string {
  const start = starts[at] ?? source.length;
  return source.slice(start, Math.min(lineEnd(source, start), start + limit));
}

/** A field of tags at the top, or in a table that holds such fields. */
function isTagField(head: Head, at: number, { name, indent }: Key): boolean {
  const parts = head.format === "toml" ? name.split(".") : [name];
  const table = parts.length > 1 ? parts[0] : tableOf(head, at, indent);
  const isTable = table === undefined || TAG_TABLES.includes(table);
  const field = parts.at(-1) ?? "";
  return isTable && parts.length <= 2 && (TAG_FIELDS.includes(field) || FALLBACK_FIELDS.includes(field));
}

function tableOf(head: Head, at: number, indent: number): string | undefined {
  for (let above = at - 1; above >= 0; above--) {
    if (head.format === "toml") {
      const table = TABLE.exec(textAt(head, above, longestKey))?.[1];
      if (table !== undefined) return table.toLowerCase();
      if (/^[ \t]*\[\[/.test(textAt(head, above))) return "";
    } else {
      const key = keyOf(head, above);
      if (indent > 0 && key !== undefined && key.indent < indent) return key.name;
    }
  }
  return undefined;
}

/** The value may go on to the next key or table. */
function valueEnd(head: Head, at: number): number {
  for (let below = at + 1; below < head.starts.length; below++) {
    const isNext =
      keyOf(head, below) !== undefined ||
      (head.format === "toml" && TABLE.test(textAt(head, below, longestKey)));
    if (isNext) return head.starts[below]! - 1;
  }
  return head.end;
}

const ITEM = /^([ \t]*)-([ \t]+|$)((["']?)(.*?)\4?)[ \t]*(?:[ \t]#.*)?$/;

function blockPlace(head: Head, key: number, at: number, offset: number): FrontMatterPlace | undefined {
  const { source, starts } = head;
  const match = ITEM.exec(textAt(head, at, longestItem));
  if (match === null) return undefined;
  const [, indent = "", gap = "", written = "", open = "", word = ""] = match;
  const start = starts[at]! + indent.length + 1 + gap.length;
  const end = start + written.length;
  if (offset < start || offset > Math.max(end, lineStart(source, offset) + textAt(head, at).length))
    return undefined;
  // Behind a finished item stands nothing but a comment.
  if (offset > end && written !== "") return undefined;
  if (/:(?:\s|$)/.test(word) && open === "") return undefined;
  const present: string[] = [];
  const quotes: string[] = [];
  for (let line = key + 1; line < starts.length; line++) {
    const item = line === at ? null : ITEM.exec(textAt(head, line, longestItem));
    if (item === null && line !== at && !/^\s*(?:#|$)/.test(textAt(head, line))) break;
    if (item === null || item[5] === "") continue;
    present.push(item[5] ?? "");
    quotes.push(item[4] ?? "");
  }
  return {
    kind: "frontMatter",
    start: written === "" ? offset : start,
    end: written === "" ? offset : end,
    prefix: source.slice(start + open.length, offset),
    format: "yaml",
    context: "block",
    quote: open === "" ? usualQuote(quotes) : (open as Quote),
    lead: gap === "" ? " " : "",
    present,
  };
}
