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
    ..."```{note}\n~````{tip} So\n~````\n~:::{note}\n~:class: x\n~{ref}`a`~(a)=\n~📅 2024-05-01".split("~"),
    ..."# A title\n\nTags: a\n~Created: 2024-05-01\n~Status: so\n".split("~"),
  );
  // Trees are taken over in stretches of 128 signs at least, so long ones that nobody edits stand in between.
  const filler = "Some words of a paragraph that nobody edits.\n\n".repeat(4);
  const text = fc
    .array(
      fc.oneof({ weight: 6, arbitrary: piece }, { weight: 1, arbitrary: fc.constant(`\n\n${filler}`) }),
      {
        minLength: 5,
        maxLength: 60,
      },
    )
    .map((pieces) => pieces.join(""));
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const edit = fc.record({ at: share, gone: fc.nat(30), put: fc.array(piece, { maxLength: 4 }) });
  const [runs, seed] = [Number(process.env["RUNS"] ?? 100), 16];

  it.each([
    ["Markdown", markdownSyntax],
    ["MDX", mdxSyntax],
  ])("has the tree and the prose of the same text read from scratch: %s.", (_, syntax) => {
    fc.assert(
      fc.property(text, fc.array(edit, { minLength: 1, maxLength: 4 }), (start, edits) => {
        let source = start;
        let live = opened(source, syntax);
        for (const { at, gone, put } of edits) {
          const from = Math.floor(at * source.length);
          source = source.slice(0, from) + put.join("") + source.slice(from + gone);
          live = opened(source, syntax, live);
          const fresh = opened(source, syntax);
          expect(nodesOf(live.tree!)).toEqual(nodesOf(fresh.tree!));
          expect(live.prose).toEqual(fresh.prose);
        }
      }),
      { numRuns: runs, seed },
    );
  });

  /** Each was once read otherwise after an edit than from scratch, or would be without something that reading knows. */
  it.each([
    ["a comment that is closed far below", `<!--\n\n${filler}`, "-->\n\nShe rowed home.\n"],
    ["a formula that is closed far below", `$$\n\n${filler}`, "$$\n\nShe rowed home.\n"],
    ["a formula that was closed far below", `$$\n\n${filler}x\n$$\n\nShe rowed home.\n`, "", 20],
    ["a quotation in HTML that is closed far below", `<blockquote>\n\n${filler}`, "</blockquote>\n\nHome.\n"],
    ["a label that gets its address far below", `She saw [the harbour].\n\n${filler}`, "[the harbour]: /a\n"],
    ["a paragraph that goes on", `${filler}${filler}She rowed`, " home.\nShe slept.\n"],
    ["a box that goes on", `${filler}${filler}!!! note\n\n    She rowed.\n\n`, "    She slept.\n"],
    ["a note that goes on", `${filler}${filler}[^1]: She rowed.\n\n`, "    She slept.\n"],
    ["a heading that is underlined", `${filler}${filler}She rowed home\n`, "===\n"],
    ["a table that gets its line of dashes", `${filler}${filler}| a | b |\n`, "|---|---|\n| c | d |\n"],
  ])("is read anew where it has looked: %s.", (_, before, added, gone = 0) => {
    const source = `${before}\n${filler}`;
    const edited = before.slice(0, before.length - gone) + added + source.slice(before.length);
    const live = opened(edited, markdownSyntax, opened(source, markdownSyntax));
    const fresh = opened(edited, markdownSyntax);
    expect(nodesOf(live.tree!)).toEqual(nodesOf(fresh.tree!));
    expect(live.prose).toEqual(fresh.prose);
  });

  const closed = (source: string): string => `${source}$$\n\nShe rowed home.\n`;

  it("is read anew where it has looked, also when an edit elsewhere came between.", () => {
    const source = `${filler}${filler}$$\n\n${filler}${filler}`;
    const edited = `Once. ${source}`;
    const between = opened(edited, markdownSyntax, opened(source, markdownSyntax));
    const live = opened(closed(edited), markdownSyntax, between);
    expect(nodesOf(live.tree!)).toEqual(nodesOf(opened(closed(edited), markdownSyntax).tree!));
  });

  it("is read anew where it has looked, also when its parse was stopped for somebody who asked for a place.", () => {
    // A comment may be closed however far below.
    const source = `%%\n${filler.repeat(400)}`;
    const commented = `${source}%%\n\nShe rowed home.\n`;
    const asked = new MarkdownProse(source, 0, "en", markdownSyntax);
    while (asked.around(100) === undefined) asked.advance();
    expect(asked.tree).toBeUndefined();
    while (asked.advance());
    const live = opened(commented, markdownSyntax, asked);
    const fresh = opened(commented, markdownSyntax);
    expect(nodesOf(live.tree!)).toEqual(nodesOf(fresh.tree!));
    expect(live.prose).toEqual(fresh.prose);
    expect(fresh.prose.sentences.map(({ plain }) => plain)).toEqual(["She rowed home."]);
  });

  it("is read alike where somebody has asked for a place in code whose end stands in a comment.", () => {
    const source = "<pre>a <!-- b\n\nc</pre>\n\nShe rowed home.";
    const asked = new MarkdownProse(source, 0, "en", markdownSyntax);
    for (let more = true; more; more = asked.advance()) asked.around(0);
    expect(asked.prose).toEqual(opened(source, markdownSyntax).prose);
  });

  it("is read alike where somebody asks for a place before all is parsed.", () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 20, maxLength: 40 }), share, (texts, at) => {
        const source = texts.join("\n");
        const asked = new MarkdownProse(source, 0, "en", markdownSyntax);
        for (let more = true; more; more = asked.advance()) asked.around(Math.floor(at * source.length));
        const fresh = opened(source, markdownSyntax);
        expect(nodesOf(asked.tree!)).toEqual(nodesOf(fresh.tree!));
        expect(asked.prose).toEqual(fresh.prose);
      }),
      { numRuns: Math.ceil(runs / 8), seed },
    );
  });
});

const sentences = Array.from({ length: 4_000 }, (_, at) => `The tide of day ${at} was a slow one.`);
const long: Readonly<Record<string, string>> = {
  "lines of one sign": "a\n".repeat(50_000),
  "a book": sentences.join("\n\n"),
  "a book of another system": sentences.join("\r\n\r\n"),
  "one paragraph": sentences.join("\n"),
  "one line": sentences.join(" "),
  "one line without an end of a sentence": sentences.join(" ").replaceAll(".", ""),
  "one line without words": Array.from(
    { length: 20_000 },
    (_, at) => `*${(at * 7_919) % 1_000} +${at} `,
  ).join(""),
  "one line of Chinese": sentences.map((_, at) => `第${at}日，潮水很慢。`).join(""),
  "one line of Chinese without an end of a sentence": sentences
    .map((_, at) => `第${at}日潮水很慢`)
    .join("")
    .repeat(2),
  "one outline": sentences.map((sentence, at) => `${"\t".repeat(at % 4)}- ${sentence}\n`).join(""),
  "one list of references": sentences.map((sentence) => `[${sentence}]: https://example.org\n`).join(""),
};

describe("Of a long text", () => {
  it.each(Object.entries(long))("an edit parses what it touches, and no more: %s.", (name, source) => {
    // Where no sentence ends, lines that are cut are longer, and the next ones may be cut elsewhere.
    const most = name.includes("without") ? 80_000 : 45_000;
    let live = opened(source, markdownSyntax);
    let text = source;
    for (const place of [0.1, 0.5, 0.9]) {
      const at = Math.floor(place * text.length);
      text = `${text.slice(0, at)}xy${text.slice(at)}`;
      const next = opened(text, markdownSyntax, live);
      expect(parsedAnew(live.tree!, next.tree!)).toBeLessThan(most);
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

  it.each(["*a ", "{a ", "^[a ", "a\t"])(
    "in one line of which all is alike an edit is told before all behind it is parsed: %j.",
    (unit) => {
      const source = unit.repeat(600_000 / unit.length);
      const at = 200_001;
      const text = `${source.slice(0, at)}x${source.slice(at)}`;
      const next = new MarkdownProse(text, 0, "en", markdownSyntax, opened(source, markdownSyntax));
      let [steps, largest] = [0, 0];
      for (let before = 0; next.around(at) === undefined; before = next.share, steps++) {
        next.advance();
        // What is taken over as it is counts for nothing.
        largest = Math.max(largest, next.share - Math.max(before, (0.3 * at) / source.length));
      }
      expect(steps).toBeLessThan(25);
      expect((largest * source.length) / 0.3).toBeLessThan(40_000);
      while (next.advance());
      expect(next.prose).toEqual(opened(text, markdownSyntax).prose);
    },
  );

  it("no sentence of a script without blanks is lost where its line is cut.", () => {
    const { prose } = opened(`- ${long["one line of Chinese"]}`, markdownSyntax);
    expect(prose.sentences.map(({ plain }) => plain)).toEqual(
      sentences.map((_, at) => `第${at}日，潮水很慢。`),
    );
    expect(prose.sentences.every(({ text, plain }) => text === plain)).toBe(true);
  });

  it("addresses that nothing ends cost little, and those of data are what they are.", () => {
    const start = process.cpuUsage();
    opened("[a](".repeat(200_000), markdownSyntax);
    expect(process.cpuUsage(start).user / 1e3).toBeLessThan(400);
    const data = `data:image/png;base64,${"A".repeat(50_000)}`;
    const source = `![a](${data}) Two ${"[so](b) ".repeat(200)}on.`;
    expect(opened(source, markdownSyntax).prose.sentences.map(({ plain }) => plain)).toEqual([
      `Two ${"so ".repeat(200)}on.`,
    ]);
  });

  it("a place is told as soon as the parse has passed it, as it is told when all is read.", () => {
    const source = `<blockquote>\n\n${long["a book"]}\n\n</blockquote>\n\n# On\n\n${long["a book"]}`;
    const all = opened(source, markdownSyntax).prose.sentences;
    const live = new MarkdownProse(source, 0, "en", markdownSyntax);
    for (const { start, plain } of all.filter((_, at) => at % 500 === 0)) {
      while (live.around(start) === undefined) live.advance();
      expect(live.share * source.length).toBeLessThan(0.3 * start + 45_000);
      const found = live.around(start)!.sentences.find((sentence) => sentence.start === start);
      expect(found?.plain).toBe(plain);
    }
    expect(live.around(40)!.sentences).toEqual([]);
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
