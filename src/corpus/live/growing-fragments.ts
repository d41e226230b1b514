import { type Tree, TreeFragment } from "@lezer/common";
import { TreeBlocks } from "./tree-blocks.ts";

/** Signs of the first piece; each further one is as long as all before it. */
const FIRST = 512;

/**
 * Fragments of a tree, of which those before a change are cut into pieces that grow from the start of each container on
 * that the change stands in. The parser takes over branches no larger than a quarter of what a container has when it
 * begins to take from a fragment, so from a single one it takes all blocks one by one.
 */
export function growingFragments(
  fragments: readonly TreeFragment[],
  tree: Tree,
  text: string,
  change: number,
): readonly TreeFragment[] {
  const places = cutsBefore(tree, text, change);
  return fragments.flatMap((fragment) => {
    const cuts = places.filter((place) => place > fragment.from + 1 && place < fragment.to);
    return fragment.offset === 0 && cuts.length > 0 ? pieces(fragment, cuts) : [fragment];
  });
}

/** Each begins with the line end before its first line, without which the parser takes nothing. */
function pieces({ from, to, tree, offset, openStart, openEnd }: TreeFragment, cuts: readonly number[]) {
  const starts = [from, ...cuts.map((cut) => cut - 1)];
  return starts.map(
    (start, at) =>
      new TreeFragment(
        start,
        cuts[at] ?? to,
        tree,
        offset,
        at === 0 && openStart,
        at === cuts.length && openEnd,
      ),
  );
}

/** Rising starts of lines that begin blocks. */
function cutsBefore(tree: Tree, text: string, change: number): readonly number[] {
  const blocks = new TreeBlocks(tree);
  const cuts = new Set<number>();
  for (
    let node: ReturnType<Tree["resolve"]> | null = tree.resolve(change, 1);
    node !== null;
    node = node.parent
  ) {
    for (let length = FIRST; node.from + length < change; length *= 2) {
      const block = blocks.at(blocks.indexAt(node.from + length));
      if (block !== undefined) cuts.add(text.lastIndexOf("\n", block.from - 1) + 1);
    }
  }
  return [...cuts].sort((a, b) => a - b);
}
