import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CompletionList, Hover } from "vscode-languageserver/node";
import { learn } from "../../../src/learner/learn.ts";
import { requests } from "../../../src/protocol/requests.ts";
import { smallJob } from "../../learner/job.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { OpenServer } from "../open-server.ts";

let server: OpenServer;
let cells = 0;

beforeAll(async () => {
  server = await OpenServer.open();
  const { storePath, modelPath, folder } = server;
  const folders = [writeSmallBlog(join(folder, "blog"))];
  const job = smallJob(
    { folders, storePath, modelPath, cachePath: join(folder, "cache") },
    { epochs: 1, maximumPassages: 8 },
  );
  await learn(job, { emit: () => undefined, clock: Date.now, onPace: () => undefined });
});
afterAll(() => server.close());

/** Opens a cell of one notebook as VS Code does: the path is the notebook's, and what follows it names the cell. */
async function openCell(text: string): Promise<string> {
  const notebook = pathToFileURL(join(server.folder, "blog", "walk.ipynb")).pathname;
  const uri = `vscode-notebook-cell:${notebook}#W${cells++}sZmlsZQ%3D%3D`;
  await server.notify("textDocument/didOpen", {
    textDocument: { uri, languageId: "markdown", version: 1, text },
  });
  return uri;
}

function hover(uri: string, line: number, character: number): Promise<Hover | null> {
  const position = { line, character };
  return server.send("textDocument/hover", { textDocument: { uri }, position }) as Promise<Hover | null>;
}

async function completed(uri: string, line: number, character: number): Promise<readonly string[]> {
  const parameters = { textDocument: { uri }, position: { line, character } };
  const list = (await server.send("textDocument/completion", parameters)) as CompletionList | null;
  return (list?.items ?? []).map(({ label }) => label);
}

test("A Markdown cell is read as Markdown: hovers on what is said, none on headings and code.", async () => {
  const uri = await openCell("# Walk\n\nThe river was at the *bridge* today.\n\n```\nThe boat = 1\n```\n");
  expect(JSON.stringify(await hover(uri, 2, 6))).toContain("sure**");
  expect(await hover(uri, 0, 3)).toBeNull();
  expect(await hover(uri, 5, 3)).toBeNull();
});

test("Each cell has its own tone, though all have the notebook's path.", async () => {
  const [first, second] = [
    await openCell("The boat went."),
    await openCell("It rained. The water was high."),
  ];
  const counts = await Promise.all(
    [first, second].map(async (uri) => {
      const { sentences } = await server.request(requests.readDocument, { uri });
      return sentences.length;
    }),
  );
  expect(counts).toEqual([1, 2]);
});

test("Hashtags are completed in a cell, and tags in front matter that it has.", async () => {
  const text = await openCell("The river was at the #");
  expect(await completed(text, 0, 22)).toContain("bridge");
  const head = await openCell("---\ntags: [bri]\n---\n");
  expect(await completed(head, 1, 10)).toContain("bridge");
});

test("Tags are written into front matter that a cell has, and none is put into a cell without.", async () => {
  const head = await openCell("---\ntags: [river]\n---\nThe river was high.\n");
  const edit = await server.request(requests.tagEdit, { uri: head, tags: ["river", "bridge"] });
  expect(edit).toMatchObject({ kind: "edit", edits: [{ newText: expect.stringContaining("bridge") }] });
  const bare = await openCell("The river was high.\n");
  expect(await server.request(requests.tagEdit, { uri: bare, tags: ["bridge"] })).toMatchObject({
    kind: "refused",
    reason: "Tags are not written into documents of the kind Notebook.",
    advice: expect.stringContaining("keywords"),
  });
});
