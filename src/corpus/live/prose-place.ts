import type { SyntaxNode, Tree } from "@lezer/common";
import type { MarkdownParser } from "@lezer/markdown";
import { reading } from "../formats/markdown/reading.ts";

/** Nodes whose words no reader sees as they stand, beside those that `reading` tells of. */
const UNSEEN: ReadonlySet<string> = new Set(
  "URL LinkLabel LinkTitle Autolink Image WikiLink InlineCode Entity Escape HTMLTag HTMLBlock Comment CommentBlock ProcessingInstruction ProcessingInstructionBlock JsxTag JsxBlock".split(
    " ",
  ),
);
/** What closes something that may have been opened: whoever is writing has not come so far. */
const CLOSINGS: readonly string[] = ["", ")", "]]", "}", "}}", "%}", ">", "-->", "$$"];

/**
 * Whether a hashtag may stand at a place of a text: no code, heading, comment, formula, HTML, no target of a link; and
 * nothing of these is open before it.
 */
export function isProsePlace(tree: Tree, text: string, at: number, parser: MarkdownParser): boolean {
  const node = tree.resolveInner(at, 1);
  if (!isProse(node)) return false;
  const before = text.slice(blockAround(node).from, at);
  if (parser.parse(before.trimEnd()).topNode.lastChild?.name === "LinkReference") return false;
  return CLOSINGS.every((closing) =>
    isProse(parser.parse(`${before}#x${closing}`).resolveInner(before.length, 1)),
  );
}

function isProse(node: SyntaxNode): boolean {
  for (let around: SyntaxNode | null = node; around !== null; around = around.parent) {
    const kind = around.type.prop(reading);
    const isSeen = kind === undefined || kind === "quotation" || kind === "table";
    if (!isSeen || UNSEEN.has(around.name) || /Heading[1-6]$/.test(around.name)) return false;
  }
  return true;
}

function blockAround(node: SyntaxNode): SyntaxNode {
  let around = node;
  while (!around.type.is("LeafBlock") && around.parent !== null) around = around.parent;
  return around;
}
