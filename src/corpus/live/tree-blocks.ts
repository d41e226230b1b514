import { type NodeType, Tree } from "@lezer/common";
import { HTML_BLOCKS, HTML_PIECES, labelsOf } from "../formats/markdown/markdown-walk.ts";
import { reading } from "../formats/markdown/reading.ts";

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
  readonly branches: readonly { readonly tree: Tree; readonly at: number; readonly before: number }[];
}

const block: Branch = { count: 1, first: 0, isBlock: true, branches: [] };
const nothing: Branch = { count: 0, first: 0, isBlock: false, branches: [] };
/** Of kinds of nodes that are blocks, or nothing; and of trees that hold others. */
const ofTypes = new Map<NodeType, Branch | undefined>();
const ofTrees = new WeakMap<Tree, Branch>();
const labelsOfTrees = new WeakMap<Tree, ReadonlySet<string>>();
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
      const { isBlock, branches, count } = branchOf(tree);
      if (direction === 1 ? wanted >= count : wanted < 0) continue;
      if (isBlock) yield { tree, from, isHeading: /Heading[1-6]$/.test(tree.type.name) };
      // What is to come first goes on top.
      for (const branch of direction === 1 ? branches.toReversed() : branches)
        stack.push({ tree: branch.tree, from: from + branch.at, index: wanted - branch.before });
    }
  }

  at(index: number): TreeBlock | undefined {
    return index < 0 ? undefined : (this.from(index).next().value ?? undefined);
  }

  /** The last block that begins at a place or before it; below 0 where there is none. */
  indexAt(offset: number): number {
    let [tree, left, index] = [this.#tree, offset, 0];
    for (let branch = branchOf(tree); !branch.isBlock; branch = branchOf(tree)) {
      const next = branch.branches.findLast((one) => one.at + branchOf(one.tree).first <= left);
      if (next === undefined) return index - 1;
      [tree, left, index] = [next.tree, left - next.at, index + next.before];
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
  return HTML_BLOCKS.has(type.name) || type.is("LeafBlock") ? block : undefined;
}

function newBranch(tree: Tree): Branch {
  const branches: { tree: Tree; at: number; before: number }[] = [];
  let count = 0;
  for (const [index, child] of tree.children.entries()) {
    if (!(child instanceof Tree)) continue;
    const own = branchOf(child).count;
    if (own > 0) branches.push({ tree: child, at: tree.positions[index]!, before: count });
    count += own;
  }
  const [lead] = branches;
  if (lead === undefined) return nothing;
  return { count, first: lead.at + branchOf(lead.tree).first, isBlock: false, branches };
}

function labelsIn(tree: Tree, from: number, source: string): ReadonlySet<string> {
  const { isBlock, branches } = branchOf(tree);
  if (isBlock && tree.type.is("LeafBlock") && !tree.type.name.endsWith("Reference")) return none;
  const found = labelsOfTrees.get(tree);
  if (found !== undefined) return found;
  const inner = isBlock
    ? [labelsOf(tree, source.slice(from, from + tree.length))]
    : branches.map(({ tree: own, at }) => labelsIn(own, from + at, source));
  const [only = none, ...others] = inner.filter(({ size }) => size > 0);
  const labels = others.length === 0 ? only : new Set([only, ...others].flatMap((own) => [...own]));
  labelsOfTrees.set(tree, labels);
  return labels;
}
