import { NodeProp, Tree } from "@lezer/common";
import { expect, it } from "vitest";
import { markdownSyntax } from "../../../src/corpus/formats/markdown/markdown-syntax.ts";
import { MarkdownProse } from "../../../src/corpus/live/markdown-prose.ts";

it("Blocks that stand in one context have one object that tells it, and each the right one.", () => {
  const source = "She rowed home.\n\n- The tide\n- was slow.\n\n> So.\n>\n> - On\n\n".repeat(200);
  const live = new MarkdownProse(source, 0, "en", markdownSyntax);
  while (live.advance());
  const contexts = new Map<object, Set<number | undefined>>();
  let blocks = 0;
  const visit = (tree: Tree): void => {
    for (const child of tree.children) {
      if (!(child instanceof Tree)) continue;
      visit(child);
      const { props } = child as unknown as { readonly props: object | null };
      if (child.type.isAnonymous || props === null) continue;
      blocks += 1;
      contexts.set(props, (contexts.get(props) ?? new Set()).add(child.prop(NodeProp.contextHash)));
    }
  };
  visit(live.tree!);
  expect(blocks).toBeGreaterThan(2_000);
  // The last of a list, which ends with it, keeps its own.
  expect(contexts.size).toBeLessThan(blocks / 4);
  expect([...contexts.values()].every(({ size }) => size === 1)).toBe(true);
  const fresh = markdownSyntax.parser.parse(source);
  expect(`${live.tree}`).toBe(`${fresh}`);
  // The contexts themselves are those that the parser gives.
  const hashes = (of: Tree): readonly (number | undefined)[] =>
    of.children.flatMap((child) =>
      child instanceof Tree ? [child.prop(NodeProp.contextHash), ...hashes(child)] : [],
    );
  expect(hashes(live.tree!)).toEqual(hashes(fresh));
});
