import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CodeAction, CompletionList, Hover } from "vscode-languageserver/node";
import { learn } from "../../src/learner/learn.ts";
import { smallJob } from "../learner/job.ts";
import { writeSmallBlog } from "../learner/small-blog.ts";
import { messages, OpenServer } from "./open-server.ts";

/** What Helix 25.01 announces of what matters here (helix-lsp, `Client::initialize`). */
const capabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    applyEdit: true,
    executeCommand: { dynamicRegistration: false },
    workspaceEdit: { documentChanges: true, failureHandling: "abort", normalizesLineEndings: false },
  },
  textDocument: {
    completion: {
      completionItem: { snippetSupport: true, insertReplaceSupport: true },
      completionItemKind: {},
    },
    hover: { contentFormat: ["markdown"] },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["", "quickfix", "refactor", "source"] } },
      dataSupport: true,
      disabledSupport: true,
      resolveSupport: { properties: ["edit", "command"] },
    },
  },
  window: { workDoneProgress: true },
  general: { positionEncodings: ["utf-8", "utf-32", "utf-16"] },
};
const config = { settings: { tags: { maximumSuggestions: 3 } } };
const draft = "---\ntitle: The river\ntags: []\n---\nThe river 🙂 was high. They could see the water.\n";
const at = (line: number, character: number) => ({ line, character });

describe("A client with what Helix announces", () => {
  let server: OpenServer;
  let uri: string;

  beforeAll(async () => {
    const announced = { runsCommands: undefined, hearsNotifications: undefined, ...config };
    server = await OpenServer.open({ client: { capabilities }, initializationOptions: announced });
    const { folder, storePath, modelPath } = server;
    const blog = writeSmallBlog(join(folder, "blog"));
    const paths = { folders: [blog], storePath, modelPath, cachePath: join(folder, "cache") };
    const job = smallJob(paths, { epochs: 1, maximumPassages: 8 });
    await learn(job, { emit: () => undefined, clock: Date.now, onPace: () => undefined });
    // It sends the same once more, as it stands in languages.toml.
    await server.notify("workspace/didChangeConfiguration", { settings: config });
    uri = await server.openDocument(join(blog, "new.md"), draft);
  });
  afterAll(() => server.close());

  const actionsAt = async (line: number, character: number) => {
    const [start, end] = [at(line, character), at(line, character + 1)];
    const context = { diagnostics: [], triggerKind: 1 };
    const asked = { textDocument: { uri }, range: { start, end }, context };
    return (await server.send("textDocument/codeAction", asked)) as readonly CodeAction[];
  };

  it("counts characters in UTF-16, the only way that the server offers.", () => {
    expect(server.initialized.capabilities.positionEncoding ?? "utf-16").toBe("utf-16");
  });

  it("gets a hover in Markdown that has no links, at the sentence after one with an emoji.", async () => {
    const asked = { textDocument: { uri }, position: at(4, 30) };
    const { contents, range } = (await server.send("textDocument/hover", asked)) as Hover;
    expect(contents).toMatchObject({ kind: "markdown", value: expect.not.stringContaining("](") });
    expect(range).toEqual({ start: at(4, 23), end: at(4, 48) });
  });

  it("completes tags, and puts one in by a code action that it resolves.", async () => {
    const completion = { textDocument: { uri }, position: at(2, 7) };
    const { items } = (await server.send("textDocument/completion", completion)) as CompletionList;
    expect(items.map(({ label }) => label)).toContain("river");

    const offered = (await actionsAt(1, 0)).filter(({ title }) => title.startsWith("Add the tag ‘"));
    expect(offered).toHaveLength(3);
    const { edit } = (await server.send("codeAction/resolve", offered[0]!)) as CodeAction;
    expect(edit?.documentChanges).toMatchObject([
      { textDocument: { uri, version: 1 }, edits: [{ range: { start: at(2, 7) } }] },
    ]);
  });

  it("teaches by one of five actions, whose command the server executes.", async () => {
    const [best, ...others] = await actionsAt(4, 2);
    expect(others).toHaveLength(4);
    const { command, arguments: words } = best!.command!;
    await server.send("workspace/executeCommand", { command, arguments: words });
    await server.hears(messages, ({ message }) =>
      message.endsWith("“The river 🙂 was high.” is very positive."),
    );
  });
});
