import { type ChangedRange, type PartialParse, type Tree, TreeFragment } from "@lezer/common";
import type { MarkdownParser } from "@lezer/markdown";
import { type Looks, looksOf } from "../formats/markdown/whole-block.ts";
import { growingFragments } from "./growing-fragments.ts";
import { type ParserText, parserText } from "./parser-text.ts";
import { shareContexts } from "./shared-contexts.ts";
import type { TextChange } from "./text-change.ts";

/** The tree of one version of a text, with what the parse of the next needs. */
export interface MarkdownTree extends ParserText {
  readonly tree: Tree;
  readonly looks: Looks;
}

/** Signs that are parsed, and blocks, in a step. */
const SIGNS_PER_STEP = 16_000;
const BLOCKS_PER_STEP = 200;

/**
 * Parses a text in steps. What an edit has not touched is taken from the tree of the version before; the tree is that
 * of a parse from scratch.
 */
export class MarkdownParse {
  readonly #parser: MarkdownParser;
  readonly #former: MarkdownTree | undefined;
  readonly #making: Generator<undefined, ParserText>;
  #text: ParserText | undefined;
  #fragments: readonly TreeFragment[] = [];
  /** The last of them goes on; those before it were stopped, for what they had so far. */
  readonly #parses: PartialParse[] = [];
  #change: TextChange | undefined;
  #tree: MarkdownTree | undefined;

  /** @param former of the version before */
  constructor(parser: MarkdownParser, source: string, bodyStart: number, former: MarkdownTree | undefined) {
    this.#parser = parser;
    this.#former = former;
    this.#making = parserText(source, bodyStart, former);
  }

  /** Undefined until all is parsed. */
  get tree(): MarkdownTree | undefined {
    return this.#tree;
  }

  /** The text as the parser sees it; undefined until it is made. */
  get text(): string | undefined {
    return this.#text?.text;
  }

  /** Up to where the text has been parsed. */
  get parsedTo(): number {
    return this.#parses.at(-1)?.parsedPos ?? 0;
  }

  /** Goes on for one step. */
  advance(): void {
    if (this.#text === undefined) this.#makeText();
    else if (this.#tree === undefined) this.#parseOn(this.#text);
  }

  /** The tree of what has been parsed so far, and of one block more; the parse then goes on behind it. */
  treeSoFar(): Tree | undefined {
    const parse = this.#parses.at(-1);
    if (parse === undefined || this.#text === undefined) return this.#tree?.tree;
    parse.stopAt(parse.parsedPos);
    let tree: Tree | null = null;
    while (tree === null) tree = parse.advance();
    this.#begin(this.#text, TreeFragment.addTree(tree, this.#fragments, true));
    return tree;
  }

  #makeText(): void {
    const step = this.#making.next();
    if (!step.done) return;
    const text = step.value;
    this.#text = text;
    this.#change = text.change && withLines(text.text, text.change);
    this.#begin(text, this.#former && this.#change ? fragmentsOf(this.#former, this.#change) : []);
  }

  #begin({ text }: ParserText, fragments: readonly TreeFragment[]): void {
    this.#fragments = fragments;
    this.#parses.push(this.#parser.startParse(text, fragments));
  }

  #parseOn(text: ParserText): void {
    const parse = this.#parses.at(-1)!;
    const start = parse.parsedPos;
    let tree: Tree | null = null;
    for (let blocks = 0; tree === null && blocks < BLOCKS_PER_STEP; blocks++) {
      if (parse.parsedPos - start >= SIGNS_PER_STEP) break;
      tree = parse.advance();
      shareContexts(parse);
    }
    if (tree === null) return;
    const kept = this.#former && this.#change ? keptLooks(this.#former.looks, this.#change) : [];
    const looks = new Map([...kept, ...this.#parses.flatMap((one) => [...looksOf(one)])]);
    this.#tree = { ...text, tree, looks };
  }
}

/**
 * A change with what else of the text it may tell: the line before, on which something stands, as it may go on; and its
 * last line to the end, where what begins behind the change had its indent in it.
 */
function withLines(text: string, { from, toBefore, toAfter }: TextChange): TextChange {
  const found = text.indexOf("\n", toAfter);
  const end = found < 0 ? text.length : found;
  return { from: lineBefore(text, from), toBefore: toBefore + end - toAfter, toAfter: end };
}

function lineBefore(text: string, at: number): number {
  let end = text.lastIndexOf("\n", at - 1);
  while (end > 0 && text.charCodeAt(end - 1) <= 32) end -= 1;
  return Math.max(0, Math.min(at, text.lastIndexOf("\n", end - 1) + 1));
}

/** The former tree without what an edit touches, and without the blocks that have looked at what it touches. */
function fragmentsOf({ tree, text, looks }: MarkdownTree, { from, toBefore, toAfter }: TextChange) {
  const touched: ChangedRange[] = [{ fromA: from, toA: toBefore, fromB: from, toB: toAfter }];
  for (const [at, to] of looks) {
    if (at < from && to >= from) touched.push({ fromA: at, toA: at + 1, fromB: at, toB: at + 1 });
  }
  touched.sort((a, b) => a.fromA - b.fromA);
  const fragments = TreeFragment.applyChanges(TreeFragment.addTree(tree), touched);
  return growingFragments(fragments, tree, text, from);
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
