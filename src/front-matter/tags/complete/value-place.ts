import { lineEnd } from "../../lines.ts";
import type { Quote } from "../fields/tag-field.ts";

/** Where a tag is being written in front matter; what is written replaces `start` to `end`. */
export interface FrontMatterPlace {
  readonly kind: "frontMatter";
  readonly start: number;
  readonly end: number;
  /** What has been typed of the tag so far, without quotation marks. */
  readonly prefix: string;
  readonly format: "yaml" | "toml";
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
  readonly format: "yaml" | "toml";
  readonly start: number;
  readonly end: number;
  readonly offset: number;
}

/** An item of a list or of a text, with its blanks: `source.slice(start, end)`. */
interface Piece {
  readonly start: number;
  readonly end: number;
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
  const { source, format, end, offset } = value;
  const pieces: Piece[] = [];
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
  const own = pieces.find((piece) => piece.start <= offset && offset <= piece.end);
  if (own === undefined) return undefined;
  const others = pieces
    .filter((piece) => piece !== own)
    .map((piece) => source.slice(piece.start, piece.end).trim());
  const open = markAt(source, own);
  const quote = open ?? usualMark(others);
  return placeOf(value, own, {
    format,
    context: "flow",
    quote,
    lead: "",
    present: others.map(bare).filter((tag) => tag !== ""),
  });
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
  if (mark === "" && format === "toml") return undefined;
  const start = first + mark.length;
  const line = lineEnd(source, first);
  const close = mark === "" ? -1 : source.indexOf(mark, start);
  const comment = mark === "" ? source.slice(start, line).search(/\s#/) : -1;
  const end = close >= 0 && close <= line ? close : comment >= 0 ? start + comment : line;
  if (offset < start || offset > end) return undefined;
  const text = source.slice(start, end);
  const separator = text.includes(",") ? "," : ";";
  const pieces: Piece[] = [];
  for (let from = start; from <= end; ) {
    const next = source.indexOf(separator, from);
    const to = next < 0 || next > end ? end : next;
    pieces.push({ start: from, end: to });
    from = to + 1;
  }
  const own = pieces.find((piece) => piece.start <= offset && offset <= piece.end)!;
  const others = pieces
    .filter((piece) => piece !== own)
    .map((piece) => bare(source.slice(piece.start, piece.end).trim()));
  const present = others.filter((tag) => tag !== "");
  return placeOf(value, own, { format, context: "string", quote: mark, lead: "", present });
}

/** The piece without the blanks around it, as far as its line goes; where only blanks stand, the offset. */
function placeOf(
  { source, offset }: ValueAt,
  piece: Piece,
  rest: Omit<FrontMatterPlace, "kind" | "start" | "end" | "prefix">,
): FrontMatterPlace | undefined {
  const text = source.slice(piece.start, piece.end);
  const start = piece.start + (text.length - text.trimStart().length);
  // An item that is not closed runs on below; what is being written ends with its line.
  const line = source.slice(start, Math.min(piece.end, lineEnd(source, Math.max(start, offset))));
  const end = start + line.trimEnd().length;
  if (text.trim() === "" || offset < start) {
    const isBefore = text.trim() !== "";
    return isBefore ? undefined : { kind: "frontMatter", start: offset, end: offset, prefix: "", ...rest };
  }
  if (offset > end || source.slice(start, offset).includes("\n")) return undefined;
  const typed = source.slice(start, offset);
  const prefix = rest.context === "flow" ? typed.replace(/^["']/, "").replace(/["']$/, "") : typed;
  return { kind: "frontMatter", start, end, prefix, ...rest };
}

function markAt(source: string, { start, end }: Piece): Quote | undefined {
  const first = source.slice(start, end).trimStart()[0];
  return first === '"' || first === "'" ? first : undefined;
}

function usualMark(items: readonly string[]): Quote {
  const written = items.filter((item) => item !== "");
  for (const mark of ['"', "'"] as const) {
    if (written.filter((item) => item.startsWith(mark)).length * 2 > written.length) return mark;
  }
  return "";
}

function bare(item: string): string {
  return item.replace(/^(["'])(.*)\1$/, "$2").trim();
}
