import { NodeProp, type PartialParse, Tree } from "@lezer/common";
import { KeptWith } from "./kept-with.ts";

/** What a parse of Markdown and its trees keep, but their types do not tell; hence the packages' versions are pinned. */
interface OpenBlock {
  readonly children: readonly unknown[];
}
interface WithProps {
  props: object | null;
}

/** How many of a block's children are done. */
const done = new KeptWith<OpenBlock, number>();
/** By the hash of the context that they tell. */
const shared = new Map<number, object>();
/** Contexts are lists of a depth and indent, quotations and so on: more are told apart by nobody. */
const MOST_CONTEXTS = 10_000;

/**
 * Each block of a tree has an object of its own that tells the context which it stands in; all in one context are given
 * the same. It is most of what a small block weighs, and garbage collection most of what hundreds of thousands cost.
 * @param parse that has gone on since this was asked last
 */
export function shareContexts(parse: PartialParse): void {
  const { stack } = parse as unknown as { readonly stack: readonly OpenBlock[] };
  for (const block of stack) {
    const { children } = block;
    for (let at = done.get(block) ?? 0; at < children.length; at++) shareContext(children[at]);
    done.set(block, children.length);
  }
}

function shareContext(child: unknown): void {
  const context = child instanceof Tree ? child.prop(NodeProp.contextHash) : undefined;
  if (context === undefined) return;
  const tree = child as WithProps;
  const known = shared.get(context);
  if (known !== undefined) tree.props = known;
  else if (tree.props !== null && shared.size < MOST_CONTEXTS) shared.set(context, tree.props);
}
