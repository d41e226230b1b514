import type { Tree } from "@lezer/common";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type MarkdownSyntax,
  markdownSyntax,
  mdxSyntax,
} from "../../../src/corpus/formats/markdown/markdown-syntax.ts";
import { MarkdownProse } from "../../../src/corpus/live/markdown-prose.ts";

describe("A text that is edited", () => {
  const piece = fc.constantFrom(
    ..."# |## |> |> [!note] |- |1. |\t|    |\n|\n\n|\n\n\n|===\n|---\n|```\n|~~~|$$|\n$$\n|\\[|\\]|%%|\n%%\n|<!--|-->|<div>|</div>".split(
      "|",
    ),
    ..."<blockquote>~</blockquote>~<pre>~</pre>~<span>~{% highlight js %}~{% endhighlight %}~{{ x }}~{~}~::: note\n~!!! note\n~[^1]: ~[a]: b\n~[a]~[a](b)~| a | b |\n~|---|---|\n~import x\n~[TOC]\n~a:: b\n~**~_~`~#tag~word~A sentence. ~ ~\r\n~\r".split(
      "~",
    ),
    "\\begin{align}",
    "\\end{align}",
    "- [ ] ",
  );
  const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
  const edit = fc.record({ at: fc.nat(1_000), gone: fc.nat(30), put: fc.array(piece, { maxLength: 4 }) });

  it.each([
    ["Markdown", markdownSyntax],
    ["MDX", mdxSyntax],
  ])("has the tree and the prose of the same text read from scratch: %s.", (_, syntax) => {
    fc.assert(
      fc.property(text, text, fc.array(edit, { minLength: 1, maxLength: 4 }), (start, rest, edits) => {
        let source = `${start}\n\n${"Some words of a paragraph that nobody edits.\n\n".repeat(4)}${rest}`;
        let live = opened(source, syntax);
        for (const { at, gone, put } of edits) {
          const from = Math.min(at, source.length);
          source = source.slice(0, from) + put.join("") + source.slice(from + gone);
          live = opened(source, syntax, live);
          const fresh = opened(source, syntax);
          expect(nodesOf(live.tree!)).toEqual(nodesOf(fresh.tree!));
          expect(live.prose).toEqual(fresh.prose);
        }
      }),
      { numRuns: Number(process.env["RUNS"] ?? 150) },
    );
  });
});

const sentences = Array.from({ length: 4_000 }, (_, at) => `The tide of day ${at} was a slow one.`);
const long: Readonly<Record<string, string>> = {
  "a book": sentences.join("\n\n"),
  "a book of another system": sentences.join("\r\n\r\n"),
  "one paragraph": sentences.join("\n"),
  "one line": sentences.join(" "),
  "one outline": sentences.map((sentence, at) => `${"\t".repeat(at % 4)}- ${sentence}\n`).join(""),
  "one list of references": sentences.map((sentence) => `[${sentence}]: https://example.org\n`).join(""),
};

describe("Of a long text", () => {
  it.each(Object.entries(long))("an edit parses what it touches, and no more: %s.", (_, source) => {
    let live = opened(source, markdownSyntax);
    let text = source;
    for (const place of [0.1, 0.5, 0.9]) {
      const at = Math.floor(place * text.length);
      text = `${text.slice(0, at)}xy${text.slice(at)}`;
      const next = opened(text, markdownSyntax, live);
      expect(parsedAnew(live.tree!, next.tree!)).toBeLessThan(45_000);
      live = next;
    }
  });

  it.each(Object.entries(long))("no step reads much at once: %s.", (_, source) => {
    const live = new MarkdownProse(source, 0, "en", markdownSyntax);
    let largest = 0;
    for (let before = 0; live.advance(); before = live.share)
      largest = Math.max(largest, live.share - before);
    expect(largest * source.length).toBeLessThan(35_000);
  });

  it("a place is told as soon as there is a tree, as it is told when all is read.", () => {
    const source = `<blockquote>\n\n${long["a book"]}\n\n</blockquote>\n\n# On\n\n${long["a book"]}`;
    const all = opened(source, markdownSyntax).prose.sentences;
    const live = new MarkdownProse(source, 0, "en", markdownSyntax);
    while (live.tree === undefined) {
      expect(live.around(source.length - 100)).toBeUndefined();
      live.advance();
    }
    for (const { start, plain } of all.slice(1_000, 4_000).filter((_, at) => at % 500 === 0)) {
      const found = live.around(start)!.sentences.find((sentence) => sentence.start === start);
      expect(found?.plain).toBe(plain);
    }
    expect(live.around(40)!.sentences).toEqual([]);
    expect(live.share).toBeLessThan(0.5);
  });
});

/** Signs of blocks that are not those of the tree before. */
function parsedAnew(before: Tree, after: Tree): number {
  const known = leavesOf(before);
  return [...leavesOf(after)].reduce((sum, leaf) => sum + (known.has(leaf) ? 0 : leaf.length), 0);
}

function leavesOf(tree: Tree): ReadonlySet<Tree> {
  const leaves = new Set<Tree>();
  tree.iterate({
    enter({ type, tree: own }) {
      if (own !== null && type.is("LeafBlock")) leaves.add(own);
      return !type.is("LeafBlock");
    },
  });
  return leaves;
}

function opened(source: string, syntax: MarkdownSyntax, former?: MarkdownProse): MarkdownProse {
  const live = new MarkdownProse(source, 0, "en", syntax, former);
  while (live.advance());
  return live;
}

function nodesOf(tree: Tree): readonly string[] {
  const nodes: string[] = [];
  tree.iterate({
    enter({ name, from, to }) {
      nodes.push(`${name} ${from}-${to}`);
    },
  });
  return nodes;
}
