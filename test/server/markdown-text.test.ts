import fc from "fast-check";
import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";
import { commandLink, fileLink, markdownText, visibleText } from "../../src/server/markdown-text.ts";

const hostile = [
  "[click](command:workbench.action.terminal.new)",
  "![x](https://example.org/pixel.png)",
  "<img src=x onerror=alert(1)>",
  "<script>alert(1)</script>",
  "<a href='command:x'>y</a>",
  "https://example.org/leak?q=1 www.example.org someone@example.org",
  "<https://example.org>",
  "`code` **bold** _em_ ~~gone~~",
  "# heading\n\n- list\n1. one\n> quoted\n\n    code\n\n```js\nx\n```",
  "[ref]: https://example.org\n\n[ref]",
  "| a | b |\n| - | - |\n| 1 | 2 |",
  "&lt;img src=x&gt; &#60;b&#62;",
  "$(zap) $(sync~spin)",
  "\\[not escaped\\](command:x)",
  "a[^1]\n\n[^1]: note",
  "safe\u202egnp.exe\u202c \u2066x\u2069 zero\u200bwidth\u200d\ufeff \u{e0041}tag",
  "]( command:x) [",
  "line\r\nline\u2028line\u0000\u0007\u001b[31mred",
  "z̸̡̢̨̡̛̛̛̛̛̛a",
  "\ud800 broken \udfff",
  "***",
  "---",
  "===",
  "",
];

describe("Text of a document in Markdown", () => {
  it.each(hostile)("is nothing but text: %j", (text) => {
    expectPlain(text);
  });

  it("is nothing but text whatever it is made of", () => {
    const pieces = fc.constantFrom(...hostile, ..."[]()<>!`*_~#|\\&:/.@-+=\n\t ");
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(pieces).map((parts) => parts.join("")),
    );
    fc.assert(fc.property(texts, expectPlain), { numRuns: 500 });
  });

  it("has no character that cannot be seen or turns the line", () => {
    const visible = visibleText("a\u202eb\u200bc\u2066d\u2069\ufeff\u00ade\u{e0041}");

    expect(visible).toBe("abcde");
  });

  it("is cut after so many characters, without a look at megabytes", () => {
    const started = "x".repeat(3_000_000);

    expect(markdownText(started, 10)).toBe(`${"x".repeat(9)}…`);
    expect(visibleText("👩🏽".repeat(20), 5)).toHaveLength([..."👩🏽👩🏽…"].join("").length);
  });
});

describe("Links of ours", () => {
  it("hold one command with its argument, whatever the argument says", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), (text, label) => {
        const argument = { kind: "tone", uri: text.toWellFormed() };
        const { links, others } = nodesOf(commandLink(label, "idiolect.teach", argument));

        expect(others).toEqual([]);
        expect(links).toHaveLength(1);
        const [command, query] = links[0]!.split("?");
        expect(command).toBe("command:idiolect.teach");
        expect(JSON.parse(decodeURIComponent(query!))).toEqual([argument]);
      }),
    );
  });

  it("lead to one file, whatever it is called", () => {
    const path = "/home/a (b)/[x](command:y) <z> *_*.md";
    const { links, others } = nodesOf(fileLink("[x](y).md", path, 12));

    expect(others).toEqual([]);
    expect(links).toHaveLength(1);
    expect(links[0]).toMatch(/^file:\/\/\/.*#L12$/);
  });
});

function expectPlain(text: string): void {
  const { links, others, plain } = nodesOf(`a${markdownText(text)}z`);

  expect(links).toEqual([]);
  expect(others).toEqual([]);
  expect(plain).toBe(`a${visibleText(text)}z`);
}

/**
 * Without the transform that looks for addresses in text that has been unescaped already: the editor's
 * reader looks for them in the source only.
 */
const fromGfm = gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] }));

/** Addresses of links, types of nodes that are neither link, text nor paragraph, and the text. */
function nodesOf(markdown: string) {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: fromGfm });
  const links: string[] = [];
  const others: string[] = [];
  let plain = "";
  const walk = (node: Nodes): void => {
    if (node.type === "link") links.push(node.url);
    else if (node.type === "text") plain += node.value;
    else if (node.type !== "root" && node.type !== "paragraph") others.push(node.type);
    if ("children" in node) for (const child of node.children) walk(child);
  };
  walk(tree);
  return { links, others, plain };
}
