import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Hover } from "vscode-languageserver/node";
import { editorCommands } from "../../../src/protocol/commands.ts";
import { requests } from "../../../src/protocol/requests.ts";
import { OpenServer } from "../open-server.ts";

const words = [
  "[run](command:workbench.action.quit) this now, they said.",
  "![see](https://example.org/pixel.png) what was there in time.",
  "<img src=x onerror=alert(1)> They could see the water.",
  "<script>fetch('https://example.org')</script> The river was long.",
  "[x]: https://example.org\n\nThey made [x] over and over.",
  "People said \u202e so \u2066 and \u200b that \u2069 was it.",
  "It was & and &#60;b&#62; and &lt;img&gt; all the time.",
  "`[run](command:x)` was what they had made.",
];

describe("A hostile document", () => {
  let server: OpenServer;

  beforeAll(async () => {
    server = await OpenServer.open({ settings: { tone: { hover: "all", strength: 1 } } });
  });
  afterAll(() => server.close());

  it.each(words)("puts nothing of its own into hovers: %j", async (text) => {
    const uri = await server.openDocument("hostile [a](command:b).md", `The bridge was long. ${text}`);
    const { sentences } = await server.request(requests.readDocument, { uri });
    expect(sentences.length).toBeGreaterThan(0);

    for (const { range } of sentences) {
      const markdown = await hoverAt(uri, range.start);
      const { links, others } = nodesOf(markdown);
      expect(others).toEqual([]);
      expect(links.every((url) => url.startsWith(`command:${editorCommands.teach}?`))).toBe(true);
      expect(markdown).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b-\u200f]/);
    }
  });

  it.each([
    ["one line of 100 kB", "word ".repeat(20_000)],
    ["half a million open brackets", "[".repeat(500_000)],
    [
      "ten thousand tags",
      `---\ntags: [${Array.from({ length: 10_000 }, (_, at) => `t${at}`)}]\n---\nThey see.`,
    ],
    ["nested quotations", `${">".repeat(5_000)} a`],
    ["nothing but replacement characters", "\ufffd".repeat(50_000)],
    ["nothing", ""],
  ])("is answered: %s", async (_, text) => {
    const uri = await server.openDocument("large.md", text);
    const read = server.request(requests.readDocument, { uri });

    expect(
      await read.then(
        () => "read",
        ({ data }) => data.name,
      ),
    ).toBe("read");
    expect(await server.request(requests.figures, {})).toBeDefined();
  });

  async function hoverAt(uri: string, position: object): Promise<string> {
    const hover = (await server.send("textDocument/hover", {
      textDocument: { uri },
      position,
    })) as Hover | null;
    return hover === null ? "" : (hover.contents as { value: string }).value;
  }
});

function nodesOf(markdown: string) {
  const links: string[] = [];
  const others: string[] = [];
  const known = ["root", "paragraph", "text", "strong", "emphasis", "break"];
  const walk = (node: Nodes): void => {
    if (node.type === "link") links.push(node.url);
    else if (!known.includes(node.type)) others.push(node.type);
    if ("children" in node) for (const child of node.children) walk(child);
  };
  walk(fromMarkdown(markdown));
  return { links, others };
}
