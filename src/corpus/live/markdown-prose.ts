import type { Tree } from "@lezer/common";
import type { Heading, Part, Prose, Sentence } from "../document.ts";
import type { LiveProse } from "../formats/format.ts";
import { HtmlReader, type Muted } from "../formats/html.ts";
import type { MarkdownSyntax } from "../formats/markdown/markdown-syntax.ts";
import { HTML_BLOCKS, labelsOf, MarkdownWalk } from "../formats/markdown/markdown-walk.ts";
import { reading } from "../formats/markdown/reading.ts";
import { ProseCollector } from "../formats/prose-collector.ts";
import { type MarkdownTree, parseMarkdown } from "./markdown-tree.ts";
import { isProsePlace } from "./prose-place.ts";

/** Signs of blocks that are read, and blocks, in a step. */
const SIGNS_PER_STEP = 8_000;
const BLOCKS_PER_STEP = 100;
/** So far before a place a heading is looked for, at which no HTML is open any more. */
const LONGEST_SECTION = 50_000;
/** Blocks on each side of one that is asked about: what language a sentence is in, its neighbours tell. */
const NEIGHBOURS = 4;
/** Shares of the time that a text takes. */
const PARSING = 0.3;

/** A block that holds no others, or of which nothing is read. */
interface Block {
  readonly tree: Tree;
  readonly from: number;
  readonly isHeading: boolean;
}

/** What was read of a block; places count from its start, paragraphs from 0. No text: it would keep its whole source. */
interface ReadBlock {
  readonly sentences: readonly Omit<Sentence, "text">[];
  readonly headings: readonly Omit<Heading, "text">[];
  readonly parts: readonly Part[];
  /** The labels that its links have in place of addresses, and whether there were any for those. */
  readonly asked: ReadonlyMap<string, boolean>;
}

/** What outlives an edit: a tree that is taken over from the version before says the same. */
interface KnownBlocks {
  readonly read: WeakMap<Tree, ReadBlock>;
  readonly labels: WeakMap<Tree, ReadonlySet<string>>;
}

/** The prose of a Markdown text: its tree is made first, then its blocks are read one by one, those that are known at once. */
export class MarkdownProse implements LiveProse {
  readonly #source: string;
  readonly #locale: string;
  readonly #syntax: MarkdownSyntax;
  readonly #known: KnownBlocks;
  readonly #former: MarkdownTree | undefined;
  readonly #parse: ReturnType<typeof parseMarkdown>;
  #parsed = 0;
  #tree: MarkdownTree | undefined;
  #blocks: readonly Block[] = [];
  #labels: ReadonlySet<string> | undefined;
  readonly #lastClosings = new Map<string, number>();
  /** How many blocks were read in order, and what those have left open. */
  #done = 0;
  #muted: Muted | undefined;
  readonly #gathered: Gathered;
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
    this.#gathered = new Gathered(source);
    this.#known = former === undefined ? { read: new WeakMap(), labels: new WeakMap() } : former.#known;
    this.#former = former && (former.#tree ?? former.#former);
    this.#parse = parseMarkdown(syntax.parser, source, bodyStart, this.#former);
  }

  takesHashtag(at: number): boolean {
    if (this.#tree === undefined) return false;
    return isProsePlace(this.#tree.tree, this.#tree.text, at, this.#syntax.parser);
  }

  /** Undefined until it is made. */
  get tree(): Tree | undefined {
    return this.#tree?.tree;
  }

  get share(): number {
    if (this.#prose !== undefined) return 1;
    if (this.#tree === undefined) return (PARSING * this.#parsed) / (this.#source.length + 1);
    return PARSING + ((1 - PARSING) * this.#done) / (this.#blocks.length + 1);
  }

  get prose(): Prose {
    if (this.#prose === undefined) throw new Error("There is something left to read.");
    return this.#prose;
  }

  advance(): boolean {
    if (this.#prose !== undefined) return false;
    if (this.#tree === undefined) this.#parseOn();
    else if (this.#done < this.#blocks.length) this.#readOn();
    else this.#finish();
    return this.#prose === undefined;
  }

  around(offset: number): Prose | undefined {
    if (this.#prose !== undefined) return this.#prose;
    if (this.#tree === undefined) return undefined;
    const at = this.#blocks.findLastIndex(({ from }) => from <= offset);
    const first = Math.max(0, at - NEIGHBOURS);
    const start = this.#cleanStart(first);
    let muted = start === this.#done ? this.#muted : undefined;
    const gathered = new Gathered(this.#source);
    for (const [index, block] of this.#blocks.slice(start, at + NEIGHBOURS + 1).entries()) {
      const wanted = start + index < first ? undefined : gathered;
      muted = this.#readBlock(block, muted, wanted);
    }
    return gathered.prose;
  }

  /** The block that reading may begin with to know what is open at another: after those that were read, or a heading. */
  #cleanStart(at: number): number {
    let start = at;
    const earliest = (this.#blocks[at]?.from ?? 0) - LONGEST_SECTION;
    while (start > this.#done && !this.#blocks[start]!.isHeading && this.#blocks[start]!.from > earliest)
      start -= 1;
    return start;
  }

  #parseOn(): void {
    const step = this.#parse.next();
    if (step.done) {
      this.#tree = step.value;
      this.#blocks = blocksOf(step.value.tree);
    } else this.#parsed = step.value;
  }

  #readOn(): void {
    let signs = 0;
    for (let blocks = 0; blocks < BLOCKS_PER_STEP && signs < SIGNS_PER_STEP; blocks++) {
      const block = this.#blocks[this.#done];
      if (block === undefined) return;
      if (!this.#known.read.has(block.tree)) signs += block.tree.length;
      this.#muted = this.#readBlock(block, this.#muted, this.#gathered);
      this.#done += 1;
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
  #readBlock(block: Block, muted: Muted | undefined, gathered: Gathered | undefined): Muted | undefined {
    const known = muted === undefined ? this.#known.read.get(block.tree) : undefined;
    if (known !== undefined && [...known.asked].every(([label, has]) => this.#hasAddress(label) === has)) {
      gathered?.add(known, block.from);
      return undefined;
    }
    const { tree, from } = block;
    const source = this.#source.slice(from, from + tree.length);
    const collector = new ProseCollector(source, this.#locale);
    const asked = new Map<string, boolean>();
    let looksBehind = muted !== undefined;
    const html = new HtmlReader(source, collector, new Set(), (name) => {
      looksBehind = true;
      return this.#lastClosing(name) >= from + tree.length;
    });
    if (muted !== undefined) html.resume({ ...muted, start: muted.start - from });
    new MarkdownWalk(source, tree, collector, html, {
      blankInHtml: this.#syntax.blankInHtml,
      hasAddress: (label) => {
        const has = this.#hasAddress(label);
        asked.set(label, has);
        return has;
      },
    }).walk();
    const { sentences, headings, parts } = collector.finish();
    const read: ReadBlock = {
      sentences: sentences.map(({ text: _, ...sentence }) => sentence),
      headings: headings.map(({ text: _, ...heading }) => heading),
      parts,
      asked,
    };
    if (!looksBehind) this.#known.read.set(tree, read);
    gathered?.add(read, from);
    return html.muted && { ...html.muted, start: html.muted.start + from };
  }

  #hasAddress(label: string): boolean {
    this.#labels ??= new Set(this.#blocks.flatMap((block) => [...this.#labelsIn(block)]));
    return this.#labels.has(label);
  }

  #labelsIn({ tree, from }: Block): ReadonlySet<string> {
    if (tree.type.is("LeafBlock") && !tree.type.name.endsWith("Reference")) return none;
    const known =
      this.#known.labels.get(tree) ?? labelsOf(tree, this.#source.slice(from, from + tree.length));
    this.#known.labels.set(tree, known);
    return known;
  }

  /** Where an element is closed last in the text. */
  #lastClosing(name: string): number {
    const known = this.#lastClosings.get(name);
    if (known !== undefined) return known;
    let last = -1;
    for (const { index } of this.#source.matchAll(new RegExp(`</${name}[\\s>]`, "gi"))) last = index;
    this.#lastClosings.set(name, last);
    return last;
  }
}

const none: ReadonlySet<string> = new Set();

/** What blocks gave, with places in the whole source. */
class Gathered {
  readonly #source: string;
  readonly sentences: Sentence[] = [];
  readonly headings: Heading[] = [];
  readonly parts: Part[] = [];
  #paragraphs = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get prose(): Prose {
    const parts = this.parts.toSorted((a, b) => a.start - b.start || b.end - a.end);
    return { sentences: this.sentences, headings: this.headings, parts };
  }

  add({ sentences, headings, parts }: ReadBlock, by: number): void {
    const first = this.#paragraphs;
    for (const { plain, start, end, paragraph } of sentences) {
      const text = this.#source.slice(start + by, end + by);
      this.sentences.push({ text, plain, start: start + by, end: end + by, paragraph: first + paragraph });
      this.#paragraphs = first + paragraph + 1;
    }
    for (const { plain, start, end, level } of headings) {
      const text = this.#source.slice(start + by, end + by);
      this.headings.push({ text, plain, start: start + by, end: end + by, level });
    }
    for (const { kind, start, end } of parts) this.parts.push({ kind, start: start + by, end: end + by });
  }
}

/** The blocks of a tree that are read one by one, in order. */
function blocksOf(tree: Tree): readonly Block[] {
  const blocks: Block[] = [];
  tree.iterate({
    enter({ type, from, tree: own }) {
      const kind = type.prop(reading);
      const isBlock = kind !== undefined || HTML_BLOCKS.has(type.name) || type.is("LeafBlock");
      if (isBlock && own !== null && kind !== "mark")
        blocks.push({ tree: own, from, isHeading: /Heading[1-6]$/.test(type.name) });
      return !isBlock;
    },
  });
  return blocks;
}
