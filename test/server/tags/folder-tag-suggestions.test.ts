import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CompletionList } from "vscode-languageserver/node";
import { learn } from "../../../src/learner/learn.ts";
import { requests } from "../../../src/protocol/requests.ts";
import { defaultSettings } from "../../../src/server/settings.ts";
import { smallJob } from "../../learner/job.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { messages, OpenServer } from "../open-server.ts";

const text = "It was a good day at the river, and I was there with her for 3 hours.\n";

describe("Tags for the documents of a folder", () => {
  let server: OpenServer;
  let folder: string;

  beforeAll(async () => {
    server = await OpenServer.open();
    const { storePath, modelPath } = server;
    folder = writeSmallBlog(join(server.folder, "blog"));
    const paths = { folders: [folder], storePath, modelPath, cachePath: join(server.folder, "cache") };
    const job = smallJob(paths, { epochs: 1, maximumPassages: 8 });
    await learn(job, { emit: () => undefined, clock: Date.now, onPace: () => undefined });
    writeFileSync(join(folder, "x-draft.md"), `---\ntitle: The river\n---\n${text}`);
    writeFileSync(join(folder, "x-broken.md"), `---\ntitle: "The river\n---\n${text}`);
  });
  afterAll(() => server.close());

  const missing = (name: string) =>
    server.request(requests.missingTags, { path: join(folder, name), threshold: 0.2, limit: 10 });

  it("are asked document by document, in their order.", async () => {
    const paths = await server.request(requests.folderDocuments, { folder });
    expect(paths).toHaveLength(16);
    expect(paths).toEqual(paths.toSorted());
  });

  it("are those that it lacks, with score and reasons, beside those that it has.", async () => {
    const draft = await missing("x-draft.md");
    if (draft.kind !== "suggested") throw new Error(draft.reason);
    expect(draft.present).toEqual([]);
    expect(draft.tags.map(({ tag }) => tag)).toContain("notes");
    expect(draft.tags.every(({ score, reasons }) => score >= 0.2 && reasons.length > 0)).toBe(true);
    const tagged = await missing("01-bridge.md");
    if (tagged.kind !== "suggested") throw new Error(tagged.reason);
    expect(tagged.present).toEqual(["bridge", "notes"]);
    expect(tagged.tags.map(({ tag }) => tag)).not.toContain("notes");
  });

  it("that were never used come last, where the setting says so, and not where the document has them.", async () => {
    const named = "We saw the Zeppelin.\n".repeat(40);
    writeFileSync(join(folder, "x-new.md"), `---\ntitle: Zeppelin\n---\n${named}`);
    const newOnes = async () => {
      const found = await missing("x-new.md");
      if (found.kind !== "suggested") throw new Error(found.reason);
      const isNew = found.tags.map((one) => one.isNew === true);
      expect(isNew).toEqual(isNew.toSorted());
      return found.tags.flatMap((one) => (one.isNew ? [one.tag] : []));
    };
    expect(await newOnes()).toEqual([]);
    await server.setSettings({ tags: { ...defaultSettings.tags, new: true } });
    expect(await newOnes()).toEqual(["zeppelin"]);
    writeFileSync(join(folder, "x-new.md"), `---\ntitle: Zeppelin\ntags: [Zeppelin]\n---\n${named}`);
    expect(await newOnes()).toEqual([]);
    await server.setSettings({});
  });

  it("are refused where they cannot be written, with the reason.", async () => {
    expect(await missing("x-broken.md")).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining("front matter is broken"),
    });
  });

  it("are written as an edit, of an open document as it is in the editor.", async () => {
    const path = join(folder, "x-draft.md");
    const add = () => server.request(requests.addTags, { path, tags: ["notes"] });
    const closed = await add();
    if (closed.kind === "refused") throw new Error(closed.reason);
    const line = { line: 2, character: 0 };
    expect(closed.document).toEqual({
      uri: expect.stringContaining("x-draft.md"),
      edits: [{ range: { start: line, end: line }, newText: "tags: [notes]\n" }],
    });
    const uri = await server.openDocument(path, "---\ntags: [mine]\n---\nText.\n");
    const opened = await add();
    if (opened.kind === "refused") throw new Error(opened.reason);
    expect(opened.document).toMatchObject({ uri, version: expect.any(Number) });
    expect(opened.document.edits[0]?.newText).toBe(", notes");
  });

  it("are those of a closed list alone, in suggestions and completions, as soon as the list is there.", async () => {
    writeFileSync(join(folder, "my-tags.txt"), "# mine\nNotes\nkettle holes\n");
    const tags = { ...defaultSettings.tags, closedList: ["file:my-tags.txt", "River"] };
    await server.setSettings({ tags });
    const path = join(folder, "listed.md");
    const uri = await server.openDocument(path, `---\ntags: []\n---\n${text}`);
    const suggested = await server.request(requests.suggestTags, { uri, limit: 10 });
    if (suggested.kind === "none") throw new Error(suggested.reason);
    expect(suggested.tags.map(({ tag }) => tag).toSorted()).toEqual(["Notes", "River", "kettle holes"]);
    const position = { line: 1, character: 7 };
    const list = await server.send("textDocument/completion", { textDocument: { uri }, position });
    const offered = (list as CompletionList).items.map(({ label }) => label);
    expect(offered.toSorted()).toEqual(["Notes", "River", "kettle holes"]);
    await server.setSettings({});
    const again = await server.request(requests.suggestTags, { uri, limit: 10 });
    expect(again.kind === "suggested" && again.tags.map(({ tag }) => tag)).toContain("notes");
  });

  it("are those that can be read where a list's file is not there or lies outside, and that is told.", async () => {
    const tags = { ...defaultSettings.tags, closedList: ["file:../store", "file:absent.txt", "River"] };
    await server.setSettings({ tags });
    const uri = await server.openDocument(join(folder, "absent.md"), `---\ntags: []\n---\n${text}`);
    const suggested = await server.request(requests.suggestTags, { uri, limit: 10 });
    expect(suggested.kind === "suggested" && suggested.tags.map(({ tag }) => tag)).toEqual(["River"]);
    await server.hears(messages, ({ message }) => message.includes("absent.txt cannot be read"));
    await server.setSettings({});
  });
});
