import type { Input } from "@lezer/common";
import type { BlockContext, BlockParser, Line } from "@lezer/markdown";

/** Where a block may begin, and what comes after it. Offsets count in the whole text. */
export interface BlockStart {
  /** All of it, of which `nearby` signs after `from` may be looked at: ask where a block is likely. */
  readonly text: () => string;
  /** Of the first character of the line that is neither blank nor a container's mark. */
  readonly from: number;
  /** The line from there on. */
  readonly line: string;
  /**
   * Where the next match of `closing`, which is global, ends; undefined where there is none in the same container, or,
   * unless `overBlankLines`, in the lines before the next blank one.
   */
  readonly find: (closing: RegExp, from: number, overBlankLines?: "overBlankLines") => number | undefined;
}

/** How far a block may look where it asks for the text. */
export const nearby = 12_000;

const BLANK_LINE = /\n[ \t]*\n/g;
const REST_OF_LINE = /[ \t]*(?=\n|$)/y;

/**
 * A block that has its lines to itself and is one node without children. It may follow a paragraph without a blank
 * line, and is none where anything else stands on its last line.
 * @param endOf where it ends; undefined where none begins
 * @param indent 'any' where nothing is code by its indent
 */
export function wholeBlock(
  name: string,
  endOf: (start: BlockStart) => number | undefined,
  indent: "any" | "upToThree" = "upToThree",
): BlockParser {
  const endAt = (cx: BlockContext, line: Line): number | undefined => {
    if (line.next < 0 || (indent !== "any" && line.indent >= line.baseIndent + 4)) return undefined;
    const end = endOf(blockStart(cx, line));
    if (end === undefined) return undefined;
    REST_OF_LINE.lastIndex = end;
    return REST_OF_LINE.test(sourceOf(cx)) ? end : undefined;
  };
  return {
    name,
    before: "FencedCode",
    parse(cx, line) {
      const end = endAt(cx, line);
      if (end === undefined) return false;
      const from = cx.lineStart + line.pos;
      while (cx.lineStart + line.text.length < end && cx.nextLine());
      cx.nextLine();
      cx.addElement(cx.elt(name, from, end));
      return true;
    },
    endLeaf: (cx, line) => endAt(cx, line) !== undefined,
  };
}

/** What a line may begin. */
export function blockStart(cx: BlockContext, line: Line): BlockStart {
  const from = cx.lineStart + line.pos;
  return {
    text: () => {
      noteLook(cx, from, from + nearby);
      return sourceOf(cx);
    },
    from,
    line: line.text.slice(line.pos),
    find: (closing, after, over) => endOfNext(cx, line.baseIndent, closing, from, after, over !== undefined),
  };
}

/** The text that is parsed. The parser keeps it, but its types do not tell; hence its version is pinned. */
export function sourceOf(cx: BlockContext): string {
  const { input } = cx as unknown as { readonly input: Input };
  return input.read(0, input.length);
}

/** How far the blocks of a text have looked, from where each begins, or might: what they are depends on all of that. */
export type Looks = ReadonlyMap<number, number>;

const looks = new WeakMap<object, Map<number, number>>();

/** Those of a parse. */
export function looksOf(parse: object): Looks {
  return looks.get(parse) ?? new Map();
}

function noteLook(cx: BlockContext, from: number, to: number): void {
  const known = looks.get(cx) ?? new Map<number, number>();
  looks.set(cx, known);
  known.set(from, Math.max(to, known.get(from) ?? 0));
}

interface Found {
  readonly from: number;
  readonly start: number;
  readonly end: number;
}

/** The last match of each pattern in each text: as long as it lies ahead, nobody has to search again. */
const lastFound = new WeakMap<BlockContext, Map<RegExp, Found>>();

function next(cx: BlockContext, pattern: RegExp, from: number): Found {
  const known = lastFound.get(cx) ?? new Map<RegExp, Found>();
  lastFound.set(cx, known);
  const last = known.get(pattern);
  if (last !== undefined && last.from <= from && from <= last.start) return last;
  pattern.lastIndex = from;
  const match = pattern.exec(sourceOf(cx));
  const found =
    match === null
      ? { from, start: Number.POSITIVE_INFINITY, end: Number.POSITIVE_INFINITY }
      : { from, start: match.index, end: pattern.lastIndex };
  known.set(pattern, found);
  return found;
}

function endOfNext(
  cx: BlockContext,
  indent: number,
  closing: RegExp,
  from: number,
  after: number,
  overBlankLines: boolean,
): number | undefined {
  const { start, end } = next(cx, closing, after);
  noteLook(cx, from, overBlankLines ? end : Math.min(end, next(cx, BLANK_LINE, from).end));
  if (!Number.isFinite(end)) return undefined;
  if (!overBlankLines && next(cx, BLANK_LINE, from).start < start) return undefined;
  const isInContainer =
    indent === 0 || !new RegExp(`\\n[ \\t]{0,${indent - 1}}[^ \\t\\n]`).test(sourceOf(cx).slice(from, end));
  return isInContainer ? end : undefined;
}
