import type { Tree } from "@lezer/common";
import type { Prose } from "../document.ts";
import type { LiveProse } from "../formats/format.ts";
import { closingOf, HtmlReader, type Muted } from "../formats/html.ts";
import type { MarkdownSyntax } from "../formats/markdown/markdown-syntax.ts";
import { MarkdownWalk } from "../formats/markdown/markdown-walk.ts";
import { ProseCollector } from "../formats/prose-collector.ts";
import { KeptWith } from "./kept-with.ts";
import { MarkdownParse, type MarkdownTree } from "./markdown-tree.ts";
import { isProsePlace } from "./prose-place.ts";
import { GatheredBlocks, type ReadBlock } from "./read-block.ts";
import { holdsHtml, type TreeBlock, TreeBlocks } from "./tree-blocks.ts";

/** Signs of blocks that are read, and blocks, in a step. */
const SIGNS_PER_STEP = 8_000;
const BLOCKS_PER_STEP = 100;
const LINE_FEED = 10;
/** So far before a place a heading is looked for, at which no HTML is open any more. */
const LONGEST_SECTION = 50_000;
/** Blocks on each side of one that is asked about: what language a sentence is in, its neighbours tell. */
const NEIGHBOURS = 4;
const SIGNS_OF_NEIGHBOURS = 4_000;
/** So far behind a place a text is parsed before the place is told, where not all is. */
const PARSED_BEHIND = 4_000;
/** Of the parse after an edit. */
const STEPS_AFTER_EDIT = 10;
/** Shares of the time that a text takes. */
const PARSING = 0.3;

/** What was read of a block that stands in a tree. */
interface TreeBlockRead extends ReadBlock {
  /** The labels that its links have in place of addresses, and whether there were any for those. */
  readonly asked: ReadonlyMap<string, boolean>;
}

const nothingAsked: ReadonlyMap<string, boolean> = new Map();

/** What was read of trees outlives an edit: one that is taken over from the version before says the same. */
type ReadBlocks = KeptWith<Tree, TreeBlockRead>;

/**
 * The prose of a Markdown text: its tree is made first, then its blocks are read one by one, those that are known at
 * once. What stands about a place is told as soon as the parse has passed it.
 */
export class MarkdownProse implements LiveProse {
  readonly #source: string;
  readonly #locale: string;
  readonly #syntax: MarkdownSyntax;
  readonly #known: ReadBlocks;
  readonly #former: MarkdownTree | undefined;
  readonly #parse: MarkdownParse;
  #parsingSteps = 0;
  #blocks: TreeBlocks | undefined;
  /** While the text is parsed: the blocks up to a place. */
  #soFar: { readonly tree: Tree; readonly blocks: TreeBlocks } | undefined;
  #labels: ReadonlySet<string> | undefined;
  readonly #lastClosings = new Map<string, number>();
  /** How many blocks were read in order, and what those have left open. */
  #done = 0;
  #muted: Muted | undefined;
  readonly #gathered: GatheredBlocks;
  #prose: Prose | undefined;

  constructor(
    source: string,
    bodyStart: number,
    locale: string,
    syntax: MarkdownSyntax,
    former?: MarkdownProse,
  ) {
    this.#source = source;
    this.#locale = locale;
    this.#syntax = syntax;
    this.#gathered = new GatheredBlocks(source);
    this.#known = former === undefined ? new KeptWith() : former.#known;
    this.#former = former && (former.#parse.tree ?? former.#former);
    this.#parse = new MarkdownParse(syntax.parser, source, bodyStart, this.#former);
  }

  takesHashtag(at: number): boolean {
    const tree = this.tree ?? (this.#soFar && at < this.#soFar.tree.length ? this.#soFar.tree : undefined);
    const { text } = this.#parse;
    return tree !== undefined && text !== undefined && isProsePlace(tree, text, at, this.#syntax.parser);
  }

  /** Undefined until it is made. */
  get tree(): Tree | undefined {
    return this.#parse.tree?.tree;
  }

  get share(): number {
    if (this.#prose !== undefined) return 1;
    if (this.#blocks === undefined) return (PARSING * this.#parse.parsedTo) / (this.#source.length + 1);
    return PARSING + ((1 - PARSING) * this.#done) / (this.#blocks.count + 1);
  }

  get prose(): Prose {
    if (this.#prose === undefined) throw new Error("There is something left to read.");
    return this.#prose;
  }

  advance(): boolean {
    if (this.#prose !== undefined) return false;
    if (this.#blocks === undefined) this.#parseOn();
    else if (this.#done < this.#blocks.count) this.#readOn(this.#blocks);
    else this.#finish();
    return this.#prose === undefined;
  }

  around(offset: number): Prose | undefined {
    if (this.#prose !== undefined) return this.#prose;
    const blocks = this.#blocksAround(offset);
    if (blocks === undefined) return undefined;
    const at = blocks.indexAt(offset);
    const [first, last] = [neighbours(blocks, at, -1), neighbours(blocks, at, 1)];
    const start = this.#cleanStart(blocks, first);
    let muted = start === this.#done ? this.#muted : undefined;
    const gathered = new GatheredBlocks(this.#source);
    let index = start;
    for (const block of blocks.from(start)) {
      muted = this.#readBlock(block, muted, index < first ? undefined : gathered);
      index += 1;
      if (index > last) break;
    }
    return gathered.prose;
  }

  /** All blocks, or while the text is parsed those up to some way behind a place, once it has come so far. */
  #blocksAround(offset: number): TreeBlocks | undefined {
    // After an edit the rest is parsed in no time, as a rule.
    const isSoon = this.#former !== undefined && this.#parsingSteps < STEPS_AFTER_EDIT;
    if (this.#blocks !== undefined || isSoon) return this.#blocks;
    const wanted = offset + PARSED_BEHIND;
    if ((this.#soFar?.tree.length ?? 0) < wanted && wanted <= this.#parse.parsedTo) {
      const tree = this.#parse.treeSoFar();
      this.#soFar = tree && { tree, blocks: new TreeBlocks(tree) };
    }
    const { tree, blocks } = this.#soFar ?? {};
    return tree !== undefined && tree.length >= wanted ? blocks : undefined;
  }

  /** The block that reading may begin with to know what is open at another: after those that were read, or a heading. */
  #cleanStart(blocks: TreeBlocks, at: number): number {
    let start = at;
    let earliest: number | undefined;
    let mayBeOpen = false;
    for (const { tree, from, isHeading } of blocks.from(at, -1)) {
      earliest ??= from - LONGEST_SECTION;
      if (start <= this.#done || isHeading || from <= earliest) break;
      start -= 1;
      mayBeOpen ||= holdsHtml(tree);
    }
    return mayBeOpen || (start === this.#done && this.#muted !== undefined) ? start : at;
  }

  #parseOn(): void {
    this.#parsingSteps += 1;
    this.#parse.advance();
    const parsed = this.#parse.tree;
    if (parsed === undefined) return;
    this.#blocks = new TreeBlocks(parsed.tree);
    this.#soFar = undefined;
  }

  #readOn(all: TreeBlocks): void {
    const end = this.#done + BLOCKS_PER_STEP;
    let signs = 0;
    for (const block of all.from(this.#done)) {
      if (this.#known.get(block.tree) === undefined) signs += block.tree.length;
      this.#muted = this.#readBlock(block, this.#muted, this.#gathered);
      this.#done += 1;
      if (this.#done >= end || signs >= SIGNS_PER_STEP) return;
    }
  }

  #finish(): void {
    const end = this.#source.length;
    if (this.#muted !== undefined)
      this.#gathered.parts.push({ kind: this.#muted.kind, start: this.#muted.start, end });
    this.#prose = this.#gathered.prose;
  }

  /**
   * @param muted the element of HTML that is open at the start
   * @param gathered where what is read is put
   * @returns that which is open at the end
   */
  #readBlock(
    block: TreeBlock,
    muted: Muted | undefined,
    gathered: GatheredBlocks | undefined,
  ): Muted | undefined {
    const known = muted === undefined ? this.#known.get(block.tree) : undefined;
    if (known !== undefined && this.#isAnsweredAlike(known)) {
      gathered?.add(known, block.from);
      return undefined;
    }
    const { tree, from } = block;
    const end = from + tree.length;
    const source = this.#source.slice(from, this.#isCutAt(end) ? end + 1 : end);
    const collector = new ProseCollector(source, this.#locale);
    let asked: Map<string, boolean> | undefined;
    let looksBehind = muted !== undefined;
    const html = new HtmlReader(source, collector, undefined, (name) => {
      looksBehind = true;
      return this.#lastClosing(name) >= end;
    });
    if (muted !== undefined) html.resume({ ...muted, start: muted.start - from });
    new MarkdownWalk(source, tree, collector, html, {
      blankInHtml: this.#syntax.blankInHtml,
      hasAddress: (label) => {
        const has = this.#hasAddress(label);
        asked ??= new Map();
        asked.set(label, has);
        return has;
      },
    }).walk();
    html.endComment();
    const read: TreeBlockRead = { ...collector.take(), asked: asked ?? nothingAsked };
    if (!looksBehind && html.muted === undefined) this.#known.set(tree, read);
    gathered?.add(read, from);
    return html.muted && { ...html.muted, start: html.muted.start + from };
  }

  /** Whether the parser sees a line end in the place of a letter, which then is the last of what stands before it. */
  #isCutAt(place: number): boolean {
    const { text } = this.#parse;
    if (text === undefined || text === this.#source || text.charCodeAt(place) !== LINE_FEED) return false;
    return /\S/.test(this.#source.charAt(place));
  }

  #isAnsweredAlike({ asked }: TreeBlockRead): boolean {
    for (const [label, has] of asked) if (this.#hasAddress(label) !== has) return false;
    return true;
  }

  /** While the text is parsed only what stands above tells. */
  #hasAddress(label: string): boolean {
    if (this.#blocks === undefined) return this.#soFar?.blocks.labels(this.#source).has(label) === true;
    this.#labels ??= this.#blocks.labels(this.#source);
    return this.#labels.has(label);
  }

  /** Where an element is closed last in the text. */
  #lastClosing(name: string): number {
    const known = this.#lastClosings.get(name);
    if (known !== undefined) return known;
    let last = -1;
    for (const { index } of this.#source.matchAll(closingOf(name))) last = index;
    this.#lastClosings.set(name, last);
    return last;
  }
}

/** The first or last block that is read with one: of long ones fewer, as those hold many sentences. */
function neighbours(blocks: TreeBlocks, at: number, direction: 1 | -1): number {
  let [index, signs] = [at, 0];
  for (const { tree } of blocks.from(at + direction, direction)) {
    index += direction;
    signs += tree.length;
    if (signs >= SIGNS_OF_NEIGHBOURS || Math.abs(index - at) >= NEIGHBOURS) break;
  }
  return Math.max(0, index);
}
