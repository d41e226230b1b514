import type { InlineContext, InlineParser } from "@lezer/markdown";

interface InlinePattern {
  /** Of the parser and of its nodes. */
  readonly name: string;
  /** What it begins with: one of these characters. */
  readonly opens: string;
  /** Begins with `^`, and matches all of it. */
  readonly pattern: RegExp;
  /** What must not stand before it. */
  readonly notAfter?: RegExp;
  /** Where alone it may stand, blanks aside. */
  readonly at?: "lineStart" | "blockStart";
  /** Whether a match is meant. */
  readonly accepts?: (written: string) => boolean;
}

/** Notation within a paragraph that is one node without children, and counts before CommonMark's own. */
export function inlinePattern({ name, opens, pattern, notAfter, at, accepts }: InlinePattern): InlineParser {
  const codes = Array.from(opens, (sign) => sign.charCodeAt(0));
  return {
    name,
    before: "Escape",
    parse(cx, next, pos) {
      if (codes.length > 0 && !codes.includes(next)) return -1;
      if (at !== undefined && (next === 32 || next === 9 || next === 10)) return -1;
      if (at === "lineStart" && !isLineStart(cx, pos)) return -1;
      if (at === "blockStart" && cx.slice(cx.offset, pos).trim() !== "") return -1;
      if (notAfter?.test(cx.slice(Math.max(cx.offset, pos - 1), pos))) return -1;
      const written = pattern.exec(cx.slice(pos, cx.end))?.[0];
      if (written === undefined || accepts?.(written) === false) return -1;
      return cx.addElement(cx.elt(name, pos, pos + written.length));
    },
  };
}

/** Whether nothing but blanks stands before a place in its line. */
function isLineStart(cx: InlineContext, pos: number): boolean {
  let at = pos - 1;
  while (at >= cx.offset && (cx.char(at) === 32 || cx.char(at) === 9)) at -= 1;
  return at < cx.offset || cx.char(at) === 10;
}
