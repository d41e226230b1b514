import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CodeAction, Hover, Range, WorkspaceEdit } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { learn } from "../../src/learner/learn.ts";
import { serverCommands } from "../../src/protocol/commands.ts";
import { notifications, requests } from "../../src/protocol/requests.ts";
import { defaultSettings } from "../../src/server/settings.ts";
import { openStore } from "../../src/store/open-store.ts";
import { smallJob } from "../learner/job.ts";
import { writeSmallBlog } from "../learner/small-blog.ts";
import { messages, OpenServer, type OpenServerOptions } from "./open-server.ts";

const text = "The river was long and the bridge was not. They could see the water from there.";
const first = { start: { line: 0, character: 3 }, end: { line: 0, character: 3 } };
/** What an editor announces that knows nothing of ours. */
const unknowing = { runsCommands: undefined, hearsNotifications: undefined };
const untagged = "---\ntitle: The river\n---\nThe river was at the bridge and the water was high.\n";
const atHead = { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } };

let server: OpenServer;

async function open(options: OpenServerOptions = {}): Promise<void> {
  server = await OpenServer.open({ initializationOptions: unknowing, ...options });
}

const withCapabilities = (textDocument: object, workspace: object = {}): OpenServerOptions => ({
  client: { capabilities: { textDocument, workspace } },
});

async function hover(uri: string): Promise<Hover> {
  return (await server.send("textDocument/hover", { textDocument: { uri }, position: first.start })) as Hover;
}

async function actionsAt(
  uri: string,
  range: Range,
  only?: readonly string[],
): Promise<readonly CodeAction[]> {
  const context = { diagnostics: [], ...(only === undefined ? {} : { only }) };
  return (await server.send("textDocument/codeAction", {
    textDocument: { uri },
    range,
    context,
  })) as readonly CodeAction[];
}

const execute = ({ command, arguments: words }: NonNullable<CodeAction["command"]>): Promise<unknown> =>
  server.send("workspace/executeCommand", { command, arguments: words });

function applied(edit: WorkspaceEdit | undefined, uri: string, source: string): string {
  const versioned = edit?.documentChanges?.flatMap((change) => ("edits" in change ? change.edits : []));
  const edits = edit?.changes?.[uri] ?? versioned ?? [];
  return TextDocument.applyEdits(TextDocument.create(uri, "markdown", 1, source), edits as never);
}

describe("An editor that is not VS Code", () => {
  afterEach(() => server.close());

  it.each([[{}], [null], [{ idiolect: null }], [{ idiolect: { tags: { maximumSuggestions: 5 } } }]])(
    "keeps its initialization options where its settings are %j.",
    async (settings) => {
      await open({ settings: { tone: { hover: "off", strength: 1 } } });
      const uri = await server.openDocument("river.md", text);
      await server.notify("workspace/didChangeConfiguration", { settings });

      expect(await hover(uri)).toBeNull();
    },
  );

  it("keeps them where it sends no settings at all.", async () => {
    await open({ settings: { tone: { hover: "off", strength: 1 } } });
    const uri = await server.openDocument("river.md", text);
    await server.notify("workspace/didChangeConfiguration", null);

    expect(await hover(uri)).toBeNull();
    expect(server.logged.filter((line) => line.includes("failed"))).toEqual([]);
  });

  it.each([
    ["workspaceFolders", (folder: string) => [{ uri: pathToFileURL(folder).href, name: "garden" }]],
    ["rootUri", (folder: string) => pathToFileURL(folder).href],
    ["rootPath", (folder: string) => folder],
  ])("may name its folder as %s.", async (name, give) => {
    const folder = join("/home/ann/garden");
    await open({ client: { [name]: give(folder) } });
    const uri = await server.openDocument(join(folder, "2024", "river.md"), text);

    const taught = await server.request(requests.teach, { kind: "tone", uri, range: first, valence: -0.5 });
    expect(taught.writer).toBe("garden");
  });

  it("is shown hovers without links that only our extension follows.", async () => {
    await open();
    const uri = await server.openDocument("river.md", text);
    const { contents } = await hover(uri);

    expect(contents).toMatchObject({ kind: "markdown", value: expect.stringContaining("sure") });
    expect(JSON.stringify(contents)).not.toMatch(/command:|For me it is/);
  });

  it("is shown hovers as plain text where it does not show Markdown.", async () => {
    await open(withCapabilities({ hover: { contentFormat: ["plaintext"] } }));
    const uri = await server.openDocument("river.md", text);
    const { contents } = await hover(uri);

    expect(contents).toMatchObject({
      kind: "plaintext",
      value: expect.stringMatching(/^[a-z ]+, (?:not so |quite |fairly )?sure\n/),
    });
    expect(JSON.stringify(contents)).not.toMatch(/\*|\\\\/);
  });

  it("teaches by a code action with a command that the server executes, and takes it back.", async () => {
    await open();
    const uri = await server.openDocument("river.md", text);
    const actions = await actionsAt(uri, first);
    expect(actions.map(({ title }) => title)).toEqual(
      ["very positive", "positive", "neutral", "negative", "very negative"].map(
        (tone) => `For me this sentence is ${tone}`,
      ),
    );
    expect(server.initialized.capabilities.executeCommandProvider?.commands).toContain(
      actions[0]!.command!.command,
    );

    await execute(actions[0]!.command!);
    await server.hears(messages, ({ message }) =>
      /: “The river was long and the bridge was not\.” is very positive\.$/.test(message),
    );
    const taught = await server.request(requests.readDocument, { uri });
    expect(taught.sentences[0]).toMatchObject({ taught: true, personal: { label: "veryPositive" } });
    expect((await hover(uri)).contents).toMatchObject({ value: expect.stringContaining("as you said") });

    await execute({ title: "", command: serverCommands.withdraw });
    const { sentences } = await server.request(requests.readDocument, { uri });
    expect(sentences[0]).not.toHaveProperty("taught");
    await expect(execute({ title: "", command: serverCommands.withdraw })).rejects.toMatchObject({
      data: { name: "NothingTaughtError" },
    });
  });

  it("is offered lessons in prose alone, and where it asks for them.", async () => {
    await open();
    const uri = await server.openDocument("code.md", `${text}\n\n\`\`\`js\nconst one = 1;\n\`\`\`\n`);
    const inCode = { start: { line: 3, character: 2 }, end: { line: 3, character: 2 } };

    expect(await actionsAt(uri, inCode)).toEqual([]);
    expect(await actionsAt(uri, first, ["idiolect"])).toHaveLength(5);
    expect(await actionsAt(uri, first, ["quickfix"])).toEqual([]);
  });

  it("gets commands alone where it knows no code actions.", async () => {
    await open(withCapabilities({ codeAction: {} }));
    const uri = await server.openDocument("river.md", text);
    const [best] = (await actionsAt(uri, first)) as readonly unknown[];

    expect(best).toEqual({
      title: "For me this sentence is very positive",
      command: serverCommands.teach,
      arguments: [expect.objectContaining({ kind: "tone", valence: 1 })],
    });
  });

  it("is told of nothing that it does not know, and of what the server notices by a message.", async () => {
    await open();
    const uri = await server.openDocument("river.md", text);
    await server.request(requests.status, {});
    await server.request(requests.teach, { kind: "tone", uri, range: first, valence: -0.5 });
    await execute({ title: "", command: serverCommands.status });

    const own = new Set<string>(Object.values(notifications).map(({ method }) => method));
    await server.hears(messages);
    expect(server.told.filter(({ method }) => own.has(method))).toEqual([]);
  });

  it.each([
    ["an unknown command", "idiolect.server.nothing", [], "UnknownCommandError"],
    ["a command of the extension", "idiolect.teach", [], "UnknownCommandError"],
    ["no lesson", serverCommands.teach, [{ kind: "tone" }], "ParametersError"],
    [
      "a lesson on a closed document",
      serverCommands.teach,
      [{ kind: "thisTag", uri: "file:///a.md", tag: "x" }],
      "DocumentNotOpenError",
    ],
    ["tags that are none", serverCommands.noteTags, [{ add: 7 }], "ParametersError"],
  ])("is told why %s cannot be executed.", async (_, command, words, name) => {
    await open();
    await expect(execute({ title: "", command, arguments: words as unknown[] })).rejects.toMatchObject({
      data: { name },
    });
  });
});

describe("Tags in an editor that is not VS Code", () => {
  beforeEach(async () => {
    await open();
    const { folder, storePath, modelPath } = server;
    const blog = writeSmallBlog(join(folder, "blog"));
    const paths = { folders: [blog], storePath, modelPath, cachePath: join(folder, "cache") };
    const job = smallJob(paths, { epochs: 1, maximumPassages: 8 });
    await learn(job, { emit: () => undefined, clock: Date.now, onPace: () => undefined });
  });
  afterEach(() => server.close());

  const openUntagged = () => server.openDocument(join(server.folder, "blog", "new.md"), untagged);
  const single = (actions: readonly CodeAction[]) =>
    actions.find(({ title }) => /^Add the tag ‘/.test(title))!;

  it("are code actions with edits, and what was taken is no evidence.", async () => {
    const uri = await openUntagged();
    const action = single(await actionsAt(uri, atHead));
    const [, tag] = /‘(.+)’ \(\d+ %\)$/.exec(action.title)!;
    expect(applied(action.edit, uri, untagged)).toBe(untagged.replace("river\n", `river\ntags: [${tag}]\n`));

    await execute(action.command!);
    using store = openStore(server.storePath);
    const [writer] = store.writers.list();
    expect(store.acceptedTags.list(writer!.id).map((one) => one.tag)).toEqual([tag]);
  });

  it("are none below the front matter, in plain text, and where nothing was learned.", async () => {
    const uri = await openUntagged();
    expect(
      await actionsAt(uri, { start: { line: 4, character: 0 }, end: { line: 4, character: 0 } }),
    ).toEqual([]);
    const plain = await server.openDocument(join(server.folder, "blog", "new.txt"), "They could see.");
    expect(await actionsAt(plain, first, ["quickfix"])).toEqual([]);
  });

  it("that were never used are offered after the others, by their own words, where the setting says so.", async () => {
    const source = `---\ntitle: Zeppelin\n---\n${"We saw the Zeppelin.\n".repeat(40)}`;
    const uri = await server.openDocument(join(server.folder, "blog", "new.md"), source);
    const ofZeppelin = async () =>
      (await actionsAt(uri, atHead)).filter(({ title }) => title.includes("zeppelin"));
    expect(await ofZeppelin()).toEqual([]);
    await server.setSettings({ tags: { ...defaultSettings.tags, new: true } });
    const [action, ...others] = await ofZeppelin();
    expect(others).toEqual([]);
    expect(action!.title).toMatch(/^Add the tag ‘zeppelin’, never used before \(\d+ %\)$/);
    expect(applied(action!.edit, uri, source)).toContain("tags: [zeppelin]\n");
  });

  it("that the document has are not offered, and can be taken out.", async () => {
    const source = untagged.replace("river\n", "river\ntags: [boat, garden]\n");
    const uri = await server.openDocument(join(server.folder, "blog", "new.md"), source);
    const actions = await actionsAt(uri, atHead);
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.some(({ title }) => /^Add .*‘(boat|garden)’/.test(title))).toBe(false);

    const removal = { title: "Remove the tag ‘boat’", data: { uri, remove: ["Boat"] } };
    const { edit } = (await server.send("codeAction/resolve", removal)) as CodeAction;
    expect(applied(edit, uri, source)).toBe(source.replace("boat, ", ""));
  });
});

describe("Tags in an editor that asks for an edit once it was chosen", () => {
  it("are written into the text that is there then, of that version.", async () => {
    const codeAction = { codeActionLiteralSupport: {}, resolveSupport: { properties: ["edit"] } };
    await open(withCapabilities({ codeAction }, { workspaceEdit: { documentChanges: true } }));
    try {
      const { folder, storePath, modelPath } = server;
      const blog = writeSmallBlog(join(folder, "blog"));
      const paths = { folders: [blog], storePath, modelPath, cachePath: join(folder, "cache") };
      const job = smallJob(paths, { epochs: 1, maximumPassages: 8 });
      await learn(job, { emit: () => undefined, clock: Date.now, onPace: () => undefined });
      const uri = await server.openDocument(join(blog, "new.md"), untagged);
      const action = (await actionsAt(uri, atHead)).find(({ title }) => title.startsWith("Add the tag ‘"))!;
      expect(action.edit).toBeUndefined();

      const later = untagged.replace("title: The river", "title: The long river");
      const version = await server.changeDocument(uri, later);
      const { edit } = (await server.send("codeAction/resolve", action)) as CodeAction;
      expect(edit?.documentChanges?.[0]).toMatchObject({ textDocument: { uri, version } });
      expect(applied(edit, uri, later)).toMatch(/^---\ntitle: The long river\ntags: \[.+\]\n---\n/);

      await server.changeDocument(uri, later.replace("title: The long", "title: [The long"));
      await expect(server.send("codeAction/resolve", action)).rejects.toMatchObject({
        data: { name: "TagEditRefusedError" },
      });
      const lesson = { title: "a lesson", command: { title: "", command: serverCommands.teach } };
      expect(await server.send("codeAction/resolve", lesson)).toEqual(lesson);
    } finally {
      await server.close();
    }
  });
});
