import {
  type BlockContext,
  type BlockParser,
  type InlineContext,
  type LeafBlock,
  type Line,
  type MarkdownConfig,
  parser,
} from "@lezer/markdown";
import { KeptWith } from "../../live/kept-with.ts";
import { endsLongParagraph, longestParagraph } from "../long-paragraphs.ts";
import { sourceOf } from "./whole-block.ts";

/** Containers inside one another that are told apart: nobody writes as many, and each costs something in each line. */
const DEEPEST = 100;
/** Open brackets, and marks of emphasis, that a paragraph may have: each is looked at again for those after it. */
const MOST_BRACKETS = 300;
const MOST_MARKS = 1_000;
/** A paragraph of so many lines, each of which costs as much as hundreds of signs, ends with any of them. */
const MOST_LINES = 1_000;
/** One whose lines lack the marks of what it stands in, as after `> `: to end it ends that, too. */
const LONGEST_LAZY = 128_000;
/** A reference of so many signs is none: what may become one is looked at again with each line. */
const LONGEST_REFERENCE = 2_000;

/** What stands in round brackets behind words is looked through to its end: a longer run without a blank few times. */
const LONGEST_ADDRESS = 10_000;
const MOST_LONG_ADDRESSES = 2;
const BLANK = /\s/g;

/** Open brackets, marks of emphasis and long addresses so far, and where the next blank stands. */
interface Counts {
  brackets: number;
  marks: number;
  longAddresses: number;
  blank: number;
}
const counts = new KeptWith<InlineContext, Counts>();

/** No fewer brackets are open in a stretch than the parser knows; 0 where none is, which need not be looked for. */
export const openBrackets = (cx: InlineContext): number => counts.get(cx)?.brackets ?? 0;

/** Lines of a paragraph so far. */
const lineCounts = new KeptWith<LeafBlock, number>();

/** The parser of what may be a reference; the package keeps it, but its types do not tell; hence its version is pinned. */
const { blockNames, leafBlockParsers } = parser as unknown as {
  readonly blockNames: readonly string[];
  readonly leafBlockParsers: readonly BlockParser["leaf"][];
};
const linkReference = leafBlockParsers[blockNames.indexOf("LinkReference")]!;

/**
 * What is deeper or longer than any writer's: lists and quotations there are read line by line, brackets and marks of
 * emphasis are signs like others, a paragraph is several. So no text takes the parser the square of its length, nor any
 * piece of it long.
 */
export const deepText: MarkdownConfig = {
  parseBlock: [
    {
      name: "DeepText",
      before: "IndentedCode",
      parse(cx, line) {
        if (cx.depth <= DEEPEST || line.next < 0) return false;
        const from = cx.lineStart + line.pos;
        const written = line.text.slice(line.pos);
        const words = cx.parser.parseInline(written, from);
        cx.nextLine();
        cx.addElement(cx.elt("Paragraph", from, from + written.length, words));
        return true;
      },
    },
    {
      name: "LongParagraph",
      endLeaf(cx, line, leaf) {
        const { content } = leaf;
        const lines = (lineCounts.get(leaf) ?? 0) + 1;
        lineCounts.set(leaf, lines);
        if (lines >= MOST_LINES && depthOf(line) >= cx.depth) return true;
        if (content.length < longestParagraph) return false;
        if (depthOf(line) < cx.depth) return content.length >= LONGEST_LAZY;
        return endsLongParagraph(content.length, lineBefore(cx));
      },
    },
    {
      name: "LinkReference",
      leaf(cx, leaf) {
        const inner = linkReference(cx, leaf);
        return (
          inner && {
            nextLine: (...next) => leaf.content.length < LONGEST_REFERENCE && inner.nextLine(...next),
            finish: (...ended) => inner.finish(...ended),
          }
        );
      },
    },
  ],
  parseInline: [{ name: "DeepSign", before: "Emphasis", parse: passDeepSign }],
};

/** Of how many containers a line has the marks. */
const depthOf = (line: Line): number => (line as unknown as { readonly depth: number }).depth;

/** Its last signs. */
const lineBefore = (cx: BlockContext): string =>
  sourceOf(cx).slice(Math.max(0, cx.lineStart - 11), cx.lineStart - 1);

function passDeepSign(cx: InlineContext, next: number, pos: number): number {
  const isMark = next === 42 /* * */ || next === 95; /* _ */
  const isImage = next === 33 && cx.char(pos + 1) === 91; /* ![ */
  const isOpening = isImage || next === 91; /* [ */
  if (!isMark && !isOpening && next !== 93 /* ] */) return -1;
  const count = counts.get(cx) ?? { brackets: 0, marks: 0, longAddresses: 0, blank: -1 };
  counts.set(cx, count);
  if (isMark) {
    count.marks += 1;
    return count.marks > MOST_MARKS ? pos + 1 : -1;
  }
  if (isOpening && count.brackets >= MOST_BRACKETS) return pos + 1;
  if (!isOpening && count.brackets === 0) return pos + 1;
  count.brackets += isOpening ? 1 : -1;
  return isOpening || mayEndLink(cx, pos, count) ? -1 : pos + 1;
}

function mayEndLink(cx: InlineContext, pos: number, count: Counts): boolean {
  if (cx.char(pos + 1) === 40 /* ( */ && isLongRun(cx, pos, count)) count.longAddresses += 1;
  return count.longAddresses <= MOST_LONG_ADDRESSES;
}

function isLongRun(cx: InlineContext, pos: number, count: Counts): boolean {
  if (count.blank < pos) {
    BLANK.lastIndex = pos - cx.offset;
    count.blank = BLANK.test(cx.text) ? BLANK.lastIndex - 1 + cx.offset : cx.end;
  }
  return count.blank - pos > LONGEST_ADDRESS;
}
