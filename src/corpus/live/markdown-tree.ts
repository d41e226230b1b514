import { type ChangedRange, type Tree, TreeFragment } from "@lezer/common";
import type { MarkdownParser } from "@lezer/markdown";
import { type Looks, looksOf } from "../formats/markdown/whole-block.ts";
import { parserText } from "./parser-text.ts";
import { type TextChange, textChange } from "./text-change.ts";

/** The tree of one version of a text, with what the parse of the next needs. */
export interface MarkdownTree {
  readonly source: string;
  /** As the parser saw it. */
  readonly text: string;
  readonly tree: Tree;
  readonly looks: Looks;
}

/** Signs that are parsed, and blocks, in a step. */
const SIGNS_PER_STEP = 16_000;
const BLOCKS_PER_STEP = 200;

/**
 * Parses a text in steps, after each of which it says how far it is. What an edit has not touched is taken from the
 * tree of the version before; the tree is that of a parse from scratch.
 */
export function* parseMarkdown(
  parser: MarkdownParser,
  source: string,
  bodyStart: number,
  former: MarkdownTree | undefined,
): Generator<number, MarkdownTree> {
  const text = parserText(source, bodyStart);
  const change = former && changeOf(former, source, text);
  const parse = parser.startParse(text, former && change && fragmentsOf(former, change));
  let tree: Tree | null = null;
  while (tree === null) {
    const start = parse.parsedPos;
    for (let blocks = 0; tree === null && blocks < BLOCKS_PER_STEP; blocks++) {
      if (parse.parsedPos - start >= SIGNS_PER_STEP) break;
      tree = parse.advance();
    }
    if (tree === null) yield parse.parsedPos;
  }
  const looks = new Map([...(former && change ? keptLooks(former.looks, change) : []), ...looksOf(parse)]);
  return { source, text, tree, looks };
}

/** Where source or text differ, and back to where the line before begins that something stands on: it may go on. */
function changeOf(former: MarkdownTree, source: string, text: string): TextChange {
  const [one, other] = [textChange(former.source, source), textChange(former.text, text)];
  const from = Math.min(one.from, other.from);
  const same = Math.min(source.length - one.toAfter, text.length - other.toAfter);
  return {
    from: lineBefore(text, from),
    toBefore: former.text.length - same,
    toAfter: text.length - same,
  };
}

function lineBefore(text: string, at: number): number {
  let end = text.lastIndexOf("\n", at - 1);
  while (end > 0 && text.charCodeAt(end - 1) <= 32) end -= 1;
  return Math.max(0, Math.min(at, text.lastIndexOf("\n", end - 1) + 1));
}

/** The former tree without what an edit touches, and without the blocks that have looked at what it touches. */
function fragmentsOf({ tree, looks }: MarkdownTree, { from, toBefore, toAfter }: TextChange) {
  const touched: ChangedRange[] = [{ fromA: from, toA: toBefore, fromB: from, toB: toAfter }];
  for (const [at, to] of looks) {
    if (at < from && to >= from) touched.push({ fromA: at, toA: at + 1, fromB: at, toB: at + 1 });
  }
  touched.sort((a, b) => a.fromA - b.fromA);
  return TreeFragment.applyChanges(TreeFragment.addTree(tree), touched);
}

function keptLooks(
  looks: Looks,
  { from, toBefore, toAfter }: TextChange,
): readonly (readonly [number, number])[] {
  const moved = toAfter - toBefore;
  return [...looks].flatMap(([at, to]): (readonly [number, number])[] => {
    if (at >= toBefore) return [[at + moved, to + moved]];
    return at < from && to < from ? [[at, to]] : [];
  });
}
