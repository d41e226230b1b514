import type { FrontMatterFormat } from "../../head-blocks.ts";
import { lineEnd, type Stretch } from "../../lines.ts";
import { usualQuote } from "../edit/quotes.ts";
import type { Quote } from "../fields/tag-field.ts";

/** Where a tag is being written in front matter; what is written replaces `start` to `end`. */
export interface FrontMatterPlace {
  readonly kind: "frontMatter";
  readonly start: number;
  readonly end: number;
  /** What has been typed of the tag so far, without quotation marks. */
  readonly prefix: string;
  readonly format: FrontMatterFormat;
  /** The item of a list in brackets, of a list of dashes, of a text with commas, or a value that is not there yet. */
  readonly context: "flow" | "block" | "string" | "empty";
  /** Marks that the others of the list are written in; in a text, those around it. */
  readonly quote: Quote;
  /** A blank where the notation wants one before the tag. */
  readonly lead: "" | " ";
  /** The tags of the field besides this one, as they are written. */
  readonly present: readonly string[];
}

/** The value of a field of tags as far as it may reach, and where in it something is being written. */
export interface ValueAt {
  readonly source: string;
  readonly format: FrontMatterFormat;
  readonly start: number;
  readonly end: number;
  readonly offset: number;
}

/** The place of a tag in a value that begins on the line of its key. */
export function tagPlaceInValue(value: ValueAt): FrontMatterPlace | undefined {
  const { source, start, offset } = value;
  const first = start + (/^[ \t]*/.exec(source.slice(start, lineEnd(source, start)))?.[0].length ?? 0);
  const rest = source.slice(first, lineEnd(source, first));
  if (rest === "" || rest.startsWith("#")) return emptyPlace(value, first);
  if (source[first] === "[") return offset > first ? listPlace(value, first) : undefined;
  if (/^["']?[{&*|>!]/.test(rest) || offset > lineEnd(source, first)) return undefined;
  return stringPlace(value, first);
}

function emptyPlace({ format, start, offset }: ValueAt, first: number): FrontMatterPlace | undefined {
  if (offset > first || offset < start) return undefined;
  const lead = offset === start && format === "yaml" ? " " : "";
  return {
    kind: "frontMatter",
    start: offset,
    end: offset,
    prefix: "",
    format,
    context: "empty",
    quote: "",
    lead,
    present: [],
  };
}

/** The items of a list in brackets as far as it goes; `undefined` where the offset is behind it or in a comment. */
function listPlace(value: ValueAt, bracket: number): FrontMatterPlace | undefined {
  const { source, end, offset } = value;
  const pieces: Stretch[] = [];
  let start = bracket + 1;
  let at = start;
  for (; at < end && source[at] !== "]"; at++) {
    const character = source[at]!;
    if (character === '"' || character === "'") at = closingMark(source, at, end);
    else if (character === "#" && /[\s,[]/.test(source[at - 1]!)) {
      if (offset > at && offset <= lineEnd(source, at)) return undefined;
      const comment = lineEnd(source, at);
      if (source.slice(start, at).trim() === "") start = comment;
      at = comment;
    } else if (character === "[" || character === "{") return undefined;
    else if (character === ",") {
      pieces.push({ start, end: at });
      start = at + 1;
    }
  }
  pieces.push({ start, end: Math.min(at, end) });
  if (offset > at) return undefined;
  return placeAmong(value, pieces, "flow");
}

/** A mark that is not closed on its line, or only behind the next comma, is no mark of this item alone. */
function closingMark(source: string, at: number, end: number): number {
  const mark = source[at]!;
  const to = Math.min(end, lineEnd(source, at));
  const close = source.indexOf(mark, at + 1);
  if (!isOpeningMark(source, at) || close < 0 || close >= to) return at;
  return /^\s*(?:[,\]#]|$)/.test(source.slice(close + 1, to)) ? close : at;
}

function isOpeningMark(source: string, at: number): boolean {
  return /[\s,[]/.test(source[at - 1] ?? "");
}

function stringPlace(value: ValueAt, first: number): FrontMatterPlace | undefined {
  const { source, format, offset } = value;
  const mark = source[first] === '"' || source[first] === "'" ? (source[first] as Quote) : "";
  if (mark === "" && format !== "yaml") return undefined;
  const start = first + mark.length;
  const line = lineEnd(source, first);
  const close = mark === "" ? -1 : source.indexOf(mark, start);
  const comment = mark === "" ? source.slice(start, line).search(/\s#/) : -1;
  const end = close >= 0 && close <= line ? close : comment >= 0 ? start + comment : line;
  if (offset < start || offset > end) return undefined;
  const text = source.slice(start, end);
  const separator = text.includes(",") ? "," : ";";
  const pieces: Stretch[] = [];
  for (let from = start; from <= end; ) {
    const next = source.indexOf(separator, from);
    const to = next < 0 || next > end ? end : next;
    pieces.push({ start: from, end: to });
    from = to + 1;
  }
  return placeAmong(value, pieces, "string", mark);
}

/**
 * The one of the pieces that the offset is in, without the blanks around it, as far as its line goes; where only
 * blanks stand, the offset.
 *
 * @param mark the quotation marks around all of them; absent: each has its own
 */
function placeAmong(
  { source, format, offset }: ValueAt,
  pieces: readonly Stretch[],
  context: "flow" | "string",
  mark?: Quote,
): FrontMatterPlace | undefined {
  const own = pieces.find((piece) => piece.start <= offset && offset <= piece.end);
  if (own === undefined) return undefined;
  const texts = pieces.map((piece) => source.slice(piece.start, piece.end).trim());
  const others = texts.filter((other, at) => pieces[at] !== own && other !== "");
  const quote = mark ?? markAt(source, own) ?? usualQuote(others.map(([first]) => first));
  const present = others.map(bare).filter((tag) => tag !== "");
  const place = { kind: "frontMatter", format, context, quote, lead: "", present } as const;
  const text = source.slice(own.start, own.end);
  if (text.trim() === "") return { ...place, start: offset, end: offset, prefix: "" };
  const start = own.start + (text.length - text.trimStart().length);
  if (offset < start) return undefined;
  // An item that is not closed runs on below; what is being written ends with its line.
  const line = source.slice(start, Math.min(own.end, lineEnd(source, offset)));
  const end = start + line.trimEnd().length;
  const typed = source.slice(start, offset);
  if (offset > end || typed.includes("\n")) return undefined;
  const prefix = context === "flow" ? typed.replace(/^["']/, "").replace(/["']$/, "") : typed;
  return { ...place, start, end, prefix };
}

function markAt(source: string, { start, end }: Stretch): Quote | undefined {
  const first = source.slice(start, end).trimStart()[0];
  return first === '"' || first === "'" ? first : undefined;
}

function bare(item: string): string {
  return item.replace(/^(["'])(.*)\1$/, "$2").trim();
}
