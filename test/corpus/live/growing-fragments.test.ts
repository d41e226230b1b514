import { type Tree, TreeFragment } from "@lezer/common";
import { expect, it } from "vitest";
import { markdownSyntax } from "../../../src/corpus/formats/markdown/markdown-syntax.ts";
import { growingFragments } from "../../../src/corpus/live/growing-fragments.ts";

const { parser } = markdownSyntax;
const text = Array.from({ length: 30_000 }, (_, at) => `The tide of day ${at}.\n\n`).join("");
const tree = parser.parse(text);
const change = 400_000;
const added = `${text.slice(0, change)}xy${text.slice(change)}`;
const fragments = TreeFragment.applyChanges(TreeFragment.addTree(tree), [
  { fromA: change, toA: change, fromB: change, toB: change + 2 },
]);

/** What the parser takes over, branches and blocks, each counted once. */
function takenOver(from: readonly TreeFragment[]): { readonly taken: number; readonly tree: Tree } {
  const parse = parser.startParse(added, from);
  const { block } = parse as unknown as { readonly block: { readonly children: readonly unknown[] } };
  for (;;) {
    const done = parse.advance();
    if (done !== null) return { taken: block.children.length, tree: done };
  }
}

it("From pieces that grow the parser takes branches, where it takes block by block from one.", () => {
  const grown = growingFragments(fragments, tree, text, change);
  expect(grown.length).toBeGreaterThan(5);
  const [one, many] = [takenOver(fragments), takenOver(grown)];
  expect(one.taken).toBeGreaterThan(10_000);
  expect(many.taken).toBeLessThan(1_000);
  const blocksOf = (of: Tree): readonly string[] => {
    const blocks: string[] = [];
    of.iterate({ enter: ({ name, from, to }) => void blocks.push(`${name} ${from}-${to}`) });
    return blocks;
  };
  expect(blocksOf(many.tree)).toEqual(blocksOf(parser.parse(added)));
});

it("No block is parsed anew for a cut.", () => {
  const known = new Set<Tree>();
  const collect = (of: Tree, into: Set<Tree>) =>
    of.iterate({
      enter: ({ tree: own }) => void (own?.type.is("LeafBlock") && into.add(own)),
    });
  collect(tree, known);
  const after = new Set<Tree>();
  collect(takenOver(growingFragments(fragments, tree, text, change)).tree, after);
  expect([...after].filter((block) => !known.has(block)).length).toBeLessThan(4);
});
