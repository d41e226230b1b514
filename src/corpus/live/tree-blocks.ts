import { type NodeType, Tree } from "@lezer/common";
import { HTML_BLOCKS, HTML_PIECES, labelsOf } from "../formats/markdown/markdown-walk.ts";
import { reading } from "../formats/markdown/reading.ts";
import { KeptWith } from "./kept-with.ts";

/** A block that holds no others, or of which nothing is read. */
export interface TreeBlock {
  readonly tree: Tree;
  readonly from: number;
  readonly isHeading: boolean;
}

/** The blocks in a tree, with places from its start. Kept with it: of a tree that is taken over nothing is counted again. */
interface Branch {
  readonly count: number;
  /** Where the first begins. */
  readonly first: number;
  /** It is one itself. */
  readonly isBlock: boolean;
  readonly isHeading: boolean;
  /** How many are before each child of the tree, and last, how many there are: no objects, as a list may have thousands. */
  readonly before: readonly number[];
}

const block: Branch = { count: 1, first: 0, isBlock: true, isHeading: false, before: [] };
const headingBlock: Branch = { ...block, isHeading: true };
const nothing: Branch = { count: 0, first: 0, isBlock: false, isHeading: false, before: [] };
/** Of kinds of nodes that are blocks, or nothing; and of trees that hold others. */
const ofTypes = new Map<NodeType, Branch | undefined>();
const ofTrees = new KeptWith<Tree, Branch>();
const labelsOfTrees = new KeptWith<Tree, ReadonlySet<string>>();
const none: ReadonlySet<string> = new Set();

/** The blocks of a tree that are read one by one, in order, each found without a look at all before it. */
export class TreeBlocks {
  readonly #tree: Tree;

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  get count(): number {
    return branchOf(this.#tree).count;
  }

  /** Those from one on, forwards, or with it and those before it, backwards. */
  *from(index: number, direction: 1 | -1 = 1): Generator<TreeBlock> {
    const stack = [{ tree: this.#tree, from: 0, index }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { tree, from, index: wanted } = top;
      const { isBlock, isHeading, before, count } = branchOf(tree);
      if (direction === 1 ? wanted >= count : wanted < 0) continue;
      if (isBlock) yield { tree, from, isHeading };
      // What is to come first goes on top.
      const last = tree.children.length - 1;
      for (let left = 0; left <= last && !isBlock; left++) {
        const at = direction === 1 ? last - left : left;
        const [start, end] = [before[at]!, before[at + 1]!];
        if (start === end || (direction === 1 ? wanted >= end : wanted < start)) continue;
        stack.push({
          tree: tree.children[at] as Tree,
          from: from + tree.positions[at]!,
          index: wanted - start,
        });
      }
    }
  }

  at(index: number): TreeBlock | undefined {
    return index < 0 ? undefined : (this.from(index).next().value ?? undefined);
  }

  /** The last block that begins at a place or before it; below 0 where there is none. */
  indexAt(offset: number): number {
    let [tree, left, index] = [this.#tree, offset, 0];
    for (let branch = branchOf(tree); !branch.isBlock; branch = branchOf(tree)) {
      const { children, positions } = tree;
      const next = children.findLastIndex(
        (child, at) =>
          branch.before[at]! < branch.before[at + 1]! &&
          positions[at]! + branchOf(child as Tree).first <= left,
      );
      if (next < 0) return index - 1;
      [tree, left, index] = [children[next] as Tree, left - positions[next]!, index + branch.before[next]!];
    }
    return index;
  }

  /** The labels that they give addresses to. */
  labels(source: string): ReadonlySet<string> {
    return labelsIn(this.#tree, 0, source);
  }
}

/** Whether there is HTML in a block, which it may leave open. */
export function holdsHtml(tree: Tree): boolean {
  let holds = false;
  tree.iterate({
    enter({ type }) {
      holds ||= HTML_BLOCKS.has(type.name) || HTML_PIECES.has(type.name);
      return !holds;
    },
  });
  return holds;
}

function branchOf(tree: Tree): Branch {
  const { type } = tree;
  if (!ofTypes.has(type)) ofTypes.set(type, branchOfType(type));
  const found = ofTypes.get(type) ?? ofTrees.get(tree);
  if (found !== undefined) return found;
  const branch = newBranch(tree);
  ofTrees.set(tree, branch);
  return branch;
}

function branchOfType(type: NodeType): Branch | undefined {
  const kind = type.prop(reading);
  if (kind !== undefined) return kind === "mark" ? nothing : block;
  if (/Heading[1-6]$/.test(type.name)) return headingBlock;
  return HTML_BLOCKS.has(type.name) || type.is("LeafBlock") ? block : undefined;
}

function newBranch(tree: Tree): Branch {
  const { children, positions } = tree;
  const before = [0];
  let count = 0;
  let first = 0;
  for (let at = 0; at < children.length; at++) {
    const child = children[at];
    const own = child instanceof Tree ? branchOf(child) : nothing;
    if (count === 0 && own.count > 0) first = positions[at]! + own.first;
    count += own.count;
    before.push(count);
  }
  return count === 0 ? nothing : { count, first, isBlock: false, isHeading: false, before };
}

function labelsIn(tree: Tree, from: number, source: string): ReadonlySet<string> {
  const { isBlock, count } = branchOf(tree);
  if (count === 0) return none;
  if (isBlock && tree.type.is("LeafBlock") && !tree.type.name.endsWith("Reference")) return none;
  const found = labelsOfTrees.get(tree);
  if (found !== undefined) return found;
  const inner: ReadonlySet<string>[] = [];
  if (isBlock) inner.push(labelsOf(tree, source.slice(from, from + tree.length)));
  else
    for (let at = 0; at < tree.children.length; at++) {
      const child = tree.children[at];
      const own = child instanceof Tree ? labelsIn(child, from + tree.positions[at]!, source) : none;
      if (own.size > 0) inner.push(own);
    }
  const [only = none, ...others] = inner;
  const labels = others.length === 0 ? only : new Set([only, ...others].flatMap((own) => [...own]));
  labelsOfTrees.set(tree, labels);
  return labels;
}
