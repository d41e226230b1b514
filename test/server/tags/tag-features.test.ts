import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CodeAction, CompletionItem, CompletionList } from "vscode-languageserver/node";
import { learn } from "../../../src/learner/learn.ts";
import { requests } from "../../../src/protocol/requests.ts";
import { defaultSettings } from "../../../src/server/settings.ts";
import { smallJob } from "../../learner/job.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { OpenServer } from "../open-server.ts";

const frontMatter = (...lines: readonly string[]) =>
  ["---", "title: The river", ...lines, "---", ""].join("\n");
const body = "The river was at the bridge and the water was high.\n";

describe("Tags of a writer who was learned", () => {
  let server: OpenServer;
  let folder: string;
  let opened = 0;

  beforeAll(async () => {
    server = await OpenServer.open();
    const { storePath, modelPath } = server;
    folder = writeSmallBlog(join(server.folder, "blog"));
    const paths = { folders: [folder], storePath, modelPath, cachePath: join(server.folder, "cache") };
    const job = smallJob(paths, { epochs: 1, maximumPassages: 8 });
    await learn(job, { emit: () => undefined, clock: Date.now, onPace: () => undefined });
  });
  afterAll(() => server.close());

  /** Opens a document with a mark `|` and gives its URI and the place of the mark. */
  async function open(marked: string, name = `open-${opened++}.md`) {
    const offset = marked.indexOf("|");
    const before = marked.slice(0, offset).split("\n");
    const uri = await server.openDocument(join(folder, name), marked.replace("|", ""));
    return { uri, position: { line: before.length - 1, character: before.at(-1)!.length } };
  }

  async function complete(marked: string, name?: string): Promise<CompletionList | null> {
    const { uri, position } = await open(marked, name);
    return (await server.send("textDocument/completion", {
      textDocument: { uri },
      position,
    })) as CompletionList | null;
  }

  const texts = (list: CompletionList | null) =>
    list?.items.map(({ textEdit }: CompletionItem) => textEdit?.newText) ?? [];

  const suggest = (uri: string, limit = 10) => server.request(requests.suggestTags, { uri, limit });

  it("that were never used are offered last, if they are likely enough, where the setting says so and no list is closed.", async () => {
    const named = "The zeppelin Zeppelin landed. We saw the Zeppelin.\n".repeat(40);
    const newOnes = async (tags: Partial<typeof defaultSettings.tags>) => {
      await server.setSettings({ tags: { ...defaultSettings.tags, ...tags } });
      const { uri } = await open(`${frontMatter().replace("The river", "Zeppelin")}${named}|`);
      const suggested = await suggest(uri);
      if (suggested.kind === "none") throw new Error(suggested.reason);
      const isNew = suggested.tags.map((one) => one.isNew === true);
      expect(isNew).toEqual(isNew.toSorted());
      return suggested.tags.filter((one) => one.isNew);
    };
    expect(await newOnes({})).toEqual([]);
    const offered = await newOnes({ new: true });
    // Other words of the text could be tags as well, and are too unlikely.
    expect(offered).toEqual([
      {
        tag: "zeppelin",
        score: expect.any(Number),
        reasons: [expect.any(String)],
        present: false,
        isNew: true,
      },
    ]);
    expect(await newOnes({ new: true, closedList: ["river"] })).toEqual([]);
    await server.setSettings({});
  });

  it("are suggested with score and reasons, best first, the same at every time.", async () => {
    const { uri } = await open(`${frontMatter()}${body}|`);
    const suggested = await suggest(uri);
    if (suggested.kind === "none") throw new Error(suggested.reason);
    const scores = suggested.tags.map(({ score }) => score);
    expect(suggested.writer).toBe("Anna");
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(suggested.tags[0]!.reasons.length).toBeGreaterThan(0);
    expect(await suggest(uri)).toEqual(suggested);
  });

  it("hold those that the document has, whatever the limit.", async () => {
    const { uri } = await open(`${frontMatter("tags: [Entirely new, river]")}${body}|`);
    const suggested = await suggest(uri, 1);
    if (suggested.kind === "none") throw new Error(suggested.reason);
    const present = suggested.tags.filter((tag) => tag.present).map(({ tag }) => tag.toLowerCase());
    expect(present.toSorted()).toEqual(["entirely new", "river"]);
    expect(suggested.tags.length).toBeLessThanOrEqual(3);
  });

  it("hold one that the document has at the end of the list, in front of the limit too.", async () => {
    const all = await suggest((await open(`${frontMatter()}${body}|`)).uri, 1_000);
    const ranked = await suggest((await open(`${frontMatter("tags: [tower]")}${body}|`)).uri, 1);
    if (all.kind === "none" || ranked.kind === "none") throw new Error("nothing was suggested");
    const [best] = all.tags;
    expect(best!.tag).not.toBe("tower");
    expect(ranked.tags.map(({ tag, present }) => [tag, present])).toEqual([
      [best!.tag, false],
      ["tower", true],
    ]);
    expect(ranked.tags[1]!.reasons).not.toContain("the document has it");
  });

  it("are not taken for those of a text that has changed since it was read.", async () => {
    const { uri, position } = await open(`${frontMatter("tags: [|]")}${body}`, "changing.md");
    await suggest(uri);
    const ask = async () =>
      (await server.send("textDocument/completion", { textDocument: { uri }, position })) as CompletionList;
    expect((await ask()).isIncomplete).toBe(false);
    await server.changeDocument(uri, `${frontMatter("tags: []")}They saw the tower in the garden.\n`);
    expect((await ask()).isIncomplete).toBe(true);
  });

  it("are forgotten with the document that is closed, and read anew when it is opened again.", async () => {
    const marked = `${frontMatter("tags: [|]")}${body}`;
    const { uri, position } = await open(marked, "closing.md");
    await suggest(uri);
    await server.closeDocument(uri);
    await open(marked, "closing.md");
    const again = await server.send("textDocument/completion", { textDocument: { uri }, position });
    expect((again as CompletionList).isIncomplete).toBe(true);
  });

  it("are read ahead of an opened document, before anybody asks.", async () => {
    const other = await OpenServer.open({ storePath: server.storePath, modelPath: server.modelPath });
    try {
      await other.openDocument(join(folder, "ahead.md"), `${frontMatter()}${body}`);
      const isModelOpen = async () => (await other.request(requests.figures, {})).isModelOpen;
      await expect.poll(isModelOpen, { timeout: 30_000 }).toBe(true);
    } finally {
      await other.close();
    }
  });

  it("are read anew once something was taught.", async () => {
    const { uri, position } = await open(`${frontMatter("tags: [|]")}${body}`, "taught.md");
    const isIncomplete = async () => {
      const list = await server.send("textDocument/completion", { textDocument: { uri }, position });
      return (list as CompletionList).isIncomplete;
    };
    await suggest(uri);
    expect(await isIncomplete()).toBe(false);
    const { id } = await server.request(requests.teach, { kind: "thisTag", uri, tag: "tower" });
    expect(await isIncomplete()).toBe(true);
    await server.request(requests.withdraw, { id });
  });

  it("no longer hold one that the writer refused, and hold one that was added, at the very next answer.", async () => {
    const { uri } = await open(`${frontMatter()}${body}|`);
    const before = await suggest(uri);
    if (before.kind === "none") throw new Error(before.reason);
    const [refused, other] = before.tags;
    await server.request(requests.teach, { kind: "notThisTag", uri, tag: refused!.tag.toUpperCase() });
    const { id } = await server.request(requests.teach, { kind: "thisTag", uri, tag: other!.tag });
    const after = await suggest(uri);
    if (after.kind === "none") throw new Error(after.reason);
    expect(after.tags.map(({ tag }) => tag)).not.toContain(refused!.tag);
    expect(after.tags[0]).toMatchObject({ tag: other!.tag, score: 1 });
    expect(after.tags[0]!.reasons[0]).toBe("you added it");
    await server.request(requests.withdraw, { id });
    const again = await suggest(uri);
    expect(
      again.kind === "suggested" && again.tags.find(({ tag }) => tag === other!.tag)?.score,
    ).toBeLessThan(1);
  });

  it("complete at once by use, and by the model once the text was read.", async () => {
    const { uri, position } = await open(`${frontMatter("tags: [|]")}${body}`);
    const ask = async () =>
      (await server.send("textDocument/completion", { textDocument: { uri }, position })) as CompletionList;
    const first = await ask();
    expect(first.isIncomplete).toBe(true);
    expect(first.items[0]?.detail).toMatch(/^used in \d+ documents?$/);
    await suggest(uri);
    const ranked = await ask();
    expect(ranked.isIncomplete).toBe(false);
    expect(ranked.items[0]).toMatchObject({
      detail: expect.stringMatching(/^\d+ %$|^used in \d+ documents?$/),
      sortText: "000000",
    });
  });

  it.each([
    ["a list of marks", 'tags: ["x", "ri|', '"river"'],
    ["a plain list", "tags: [ri|]", "river"],
    ["a new item", "tags:\n  - x\n  -|", " river"],
    ["nothing yet", "tags: |", "[river]"],
    ["a comma text", "tags: x, |", "river"],
  ])("are written into %s as the document writes them.", async (_what, line, expected) => {
    expect(texts(await complete(`${frontMatter(line)}${body}`))).toContain(expected);
  });

  it("complete after a hash in prose, and leave out what the list has.", async () => {
    expect(texts(await complete(`${frontMatter()}Words #|\n`))).toContain("#river");
    expect(texts(await complete(`${frontMatter("tags: [River, |]")}${body}`))).not.toContain("river");
  });

  it("do not complete elsewhere, in plain text, or where the settings say so.", async () => {
    expect(await complete(`${frontMatter()}Words |`)).toBeNull();
    expect(await complete("Words #|", "a.txt")).toBeNull();
    await server.setSettings({ tags: { ...defaultSettings.tags, completion: false } });
    expect(await complete(`${frontMatter("tags: [|]")}${body}`)).toBeNull();
    await server.setSettings({});
  });

  it("are completed in the field for tags that a notation has.", async () => {
    const offered = texts(await complete("#+title: A\n#+filetags: :water:|\n\nText.\n", "completed.org"));
    expect(offered).toContain("river:");
    expect(offered).not.toContain("water:");
    expect(texts(await complete("= A\n:keywords: a, r|\n\nText.\n", "completed.adoc"))).toContain("river");
    expect(texts(await complete("= A\n:keywords: |\n\nText.\n", "empty.adoc"))).toContain("river");
    expect(await complete("= A|\n:keywords: a\n\nText.\n", "title.adoc")).toBeNull();
  });

  it("are not suggested where the text has them as hashtags, unless hashtags are no tags.", async () => {
    const { uri } = await open(`${frontMatter()}${body}#river\n|`);
    const names = async () => {
      const suggested = await suggest(uri);
      return suggested.kind === "none" ? [] : suggested.tags.map(({ tag }) => tag);
    };
    expect(await names()).not.toContain("river");
    await server.setSettings({ tags: { ...defaultSettings.tags, hashtags: "never" } });
    expect(await names()).toContain("river");
    await server.setSettings({});
  });

  it("are refused where a document has no place for them, with advice.", async () => {
    const { uri } = await open("Words of mine.|", "no-place.txt");
    expect(await server.request(requests.tagEdit, { uri, tags: ["river"] })).toEqual({
      kind: "refused",
      reason: "Tags are not written into documents of the kind Plain text.",
      advice: "Save the document as Markdown, or write front matter at its top.",
    });
  });

  it("are written by an edit in the notation of the document, or refused with advice.", async () => {
    const { uri } = await open(`${frontMatter("tags: ['river']")}${body}|`);
    const edit = await server.request(requests.tagEdit, { uri, tags: ["river", "it's"] });
    const place = { line: 2, character: 14 };
    expect(edit).toMatchObject({
      kind: "edit",
      edits: [{ range: { start: place, end: place }, newText: ", 'it''s'" }],
    });
    const broken = await open(`${frontMatter("tags: [river")}${body}|`);
    expect(await server.request(requests.tagEdit, { uri: broken.uri, tags: ["x"] })).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining("broken"),
    });
  });

  it("are offered by a code action on front matter without tags, and not below it.", async () => {
    const { uri } = await open(`${frontMatter()}${body}|`);
    const actionsAt = async (line: number) => {
      const at = { line, character: 0 };
      const range = { start: at, end: at };
      return (await server.send("textDocument/codeAction", {
        textDocument: { uri },
        range,
        context: { diagnostics: [] },
      })) as CodeAction[];
    };
    expect(await actionsAt(1)).toMatchObject([
      { title: "Suggest tags", command: { command: "idiolect.suggestTags" } },
    ]);
    expect(await actionsAt(4)).toEqual([]);
  });

  it("are offered by a code action on front matter that has one which hardly fits, by its name.", async () => {
    const text = `We made tea over it at the garden, and I was there.\n`.repeat(8);
    const marked = `${frontMatter("tags: [tower, notes]").replace("The river", "The garden")}${text}|`;
    const near = await open(marked);
    const { id } = await server.request(requests.teach, { kind: "notThisTag", uri: near.uri, tag: "tower" });
    const { uri } = await open(marked.replace("tea", "soup"));
    await suggest(uri);
    const actionsAt = async (line: number) => {
      const at = { line, character: 0 };
      const asked = { textDocument: { uri }, range: { start: at, end: at }, context: { diagnostics: [] } };
      return (await server.send("textDocument/codeAction", asked)) as CodeAction[];
    };
    expect(await actionsAt(2)).toMatchObject([
      { title: "Suggest tags ('tower' does not seem to fit)", command: { command: "idiolect.suggestTags" } },
    ]);
    await server.request(requests.withdraw, { id });
    await suggest(uri);
    expect(await actionsAt(2)).toEqual([]);
  });

  it("are written where and as the writer's other documents have them.", async () => {
    const { uri } = await open(`---\ntitle: New\ndate: 2024-03-01\nmood: good\n---\n${body}|`);
    const edit = await server.request(requests.tagEdit, { uri, tags: ["river", "notes"] });
    const at = { line: 3, character: 0 };
    expect(edit).toMatchObject({
      kind: "edit",
      edits: [{ range: { start: at, end: at }, newText: "tags: [river, notes]\n" }],
    });
  });

  it("stand a hostile document.", async () => {
    const tags = Array.from({ length: 10_000 }, (_, at) => `"t${at} \u202E](command:x) <img>"`).join(", ");
    const { uri, position } = await open(`${frontMatter(`tags: [${tags}, |]`)}${"#a ".repeat(50_000)}`);
    const list = await server.send("textDocument/completion", { textDocument: { uri }, position });
    expect(list === null || Array.isArray((list as CompletionList).items)).toBe(true);
    const edit = await server.request(requests.tagEdit, { uri, tags: ["river"] });
    expect(["edit", "refused"]).toContain(edit.kind);
  });
});

describe("Tags where nothing was learned", () => {
  let server: OpenServer;

  beforeAll(async () => {
    server = await OpenServer.open();
  });
  afterAll(() => server.close());

  it("are not suggested, with the reason, and completions and code actions keep still.", async () => {
    const uri = await server.openDocument("a.md", "---\ntags: []\n---\nText.\n");
    expect(await server.request(requests.suggestTags, { uri, limit: 5 })).toMatchObject({
      kind: "none",
      reason: expect.stringContaining("Nothing has been learned"),
    });
    const position = { line: 1, character: 7 };
    const textDocument = { uri };
    const list = (await server.send("textDocument/completion", { textDocument, position })) as CompletionList;
    expect(list.items).toEqual([]);
    const range = { start: position, end: position };
    expect(
      await server.send("textDocument/codeAction", { textDocument, range, context: { diagnostics: [] } }),
    ).toEqual([]);
  });
});
