import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CodeAction, Range } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { learn } from "../../../src/learner/learn.ts";
import { requests } from "../../../src/protocol/requests.ts";
import { smallJob } from "../../learner/job.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { OpenServer } from "../open-server.ts";

const text = "# A river\n\nNobody came at the *bridge*, and I was there. It was \n";

/** Where some words of the text stand; of a cursor before them with `isCursor`. */
function rangeOf(words: string, isCursor = false): Range {
  const document = TextDocument.create("", "", 1, text);
  const start = text.indexOf(words);
  const end = isCursor ? start : start + words.length;
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

describe("Words that the writer would use", { timeout: 240_000 }, () => {
  let server: OpenServer;
  let uri: string;

  beforeAll(async () => {
    // An editor that knows nothing of ours.
    server = await OpenServer.open({
      initializationOptions: { runsCommands: undefined, hearsNotifications: undefined },
    });
    const blog = writeSmallBlog(join(server.folder, "blog"), 28);
    const { storePath, modelPath } = server;
    const job = smallJob({ folders: [blog], storePath, modelPath, cachePath: join(server.folder, "cache") });
    await learn(job, { emit: () => undefined, clock: Date.now, onPace: () => undefined });
    uri = await server.openDocument(join(blog, "draft.md"), text);
  }, 240_000);
  afterAll(() => server.close());

  const suggest = (range: Range) => server.request(requests.suggestWords, { uri, range, limit: 5 });

  async function actionsAt(range: Range, only?: readonly string[]): Promise<readonly CodeAction[]> {
    const context = { diagnostics: [], ...(only === undefined ? {} : { only }) };
    const parameters = { textDocument: { uri }, range, context };
    return (await server.send("textDocument/codeAction", parameters)) as readonly CodeAction[];
  }

  it("are told of a selected word, with the writer's passages, beside those of anybody.", async () => {
    const suggested = await suggest(rangeOf("bridge"));
    if (suggested.kind === "none") throw new Error(suggested.reason);
    expect(suggested).toMatchObject({ text: "bridge", range: rangeOf("bridge"), version: 1 });
    expect(suggested.closed).toBeUndefined();
    expect(suggested.own).toHaveLength(5);
    expect(suggested.general).toHaveLength(5);
    for (const { word, uses, passages } of suggested.own!) {
      expect(word).not.toBe("bridge");
      expect(uses).toBeGreaterThan(0);
      for (const passage of passages) expect(passage.text.toLowerCase()).toContain(word.toLowerCase());
    }
    expect(suggested.own!.flatMap(({ passages }) => passages).length).toBeGreaterThan(0);
  });

  it("are told of a word at the cursor, and of a gap behind what is written.", async () => {
    expect(await suggest(rangeOf("obody came", true))).toMatchObject({ text: "Nobody" });
    const end = { line: 2, character: text.split("\n")[2]!.length };
    expect(await suggest({ start: end, end })).toMatchObject({ text: "", range: { start: end, end } });
  });

  it("are not told where there is no sentence, or too much is selected.", async () => {
    expect(await suggest(rangeOf("river"))).toMatchObject({
      kind: "none",
      reason: "there is no sentence of yours here",
    });
    expect(await suggest(rangeOf("Nobody came at the *bridge*, and"))).toMatchObject({
      kind: "none",
      reason: expect.stringContaining("too much is selected"),
    });
  });

  it("are code actions on a selection in other editors, each the edit that puts the word in.", async () => {
    const actions = (await actionsAt(rangeOf("bridge"))).filter(({ kind }) => kind === "idiolect.words");
    expect(actions).toHaveLength(5);
    const [first] = actions;
    expect(first!.title).toMatch(/^Use ‘.+’, as you would \(\d+ %, in general \d+ %\)$/);
    const word = /‘(.+)’/.exec(first!.title)![1]!;
    const document = TextDocument.create(uri, "markdown", 1, text);
    expect(TextDocument.applyEdits(document, first!.edit!.changes![uri]!)).toBe(
      text.replace("*bridge*", `*${word}*`),
    );
  });

  it("are code actions at a cursor only where they are asked for by their kind.", async () => {
    const cursor = rangeOf("bridge", true);
    expect((await actionsAt(cursor)).filter(({ kind }) => kind === "idiolect.words")).toEqual([]);
    expect(await actionsAt(cursor, ["idiolect.words"])).toHaveLength(5);
  });
});
