import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Range, TextDocumentEdit, WorkspaceEdit } from "vscode-languageserver/node";
import { requests } from "../../../src/protocol/requests.ts";
import { openStore } from "../../../src/store/open-store.ts";
import { messages, OpenServer } from "../open-server.ts";

const post = "---\r\ntags: [boats, tides]\r\n---\r\nA day #boats/oars.\r\n";

describe("A tag under the cursor", () => {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-renaming-"));
  let server: OpenServer;
  let uri: string;

  beforeAll(async () => {
    mkdirSync(join(folder, "deep"));
    writeFileSync(join(folder, "a.md"), "---\ntags: [old on the disk]\n---\nText.\n");
    writeFileSync(join(folder, "deep/b.md"), "\uFEFF---\ntags:\n  - boats\n  - ships\n---\nText.\n");
    writeFileSync(join(folder, "latin.md"), Buffer.from([0x2d, 0xe9, 0x0a, ...Buffer.from("#boats\n")]));
    writeFileSync(join(folder, "other.md"), "---\ntags: [one]\r\n---\nText.\n");
    writeFileSync(join(folder, "mixed.md"), "---\ntags: [boats]\r\n---\nText.\n");
    server = await OpenServer.open({
      client: {
        workspaceFolders: [{ name: "blog", uri: pathToFileURL(folder).href }],
        capabilities: {
          workspace: { workspaceFolders: true, workspaceEdit: { documentChanges: true } },
          textDocument: { rename: { prepareSupport: true } },
        },
      },
    });
    uri = await server.openDocument(join(folder, "a.md"), post);
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  const place = (line: number, character: number) => ({
    textDocument: { uri },
    position: { line, character },
  });
  const rename = async (line: number, character: number, newName: string) =>
    (await server.send("textDocument/rename", { ...place(line, character), newName })) as WorkspaceEdit;

  it("is kept in mind under its former name once an editor was given the edit, or says that it was made.", async () => {
    using store = openStore(server.storePath);
    const { id } = store.writers.ensure("Anna");
    store.writers.setFolders(id, [folder], {});
    const known = () => store.renamedTags.list(id).map(({ from, to }) => `${from} → ${to}`);
    await server.request(requests.renameTag, { uri, from: "boats", to: "craft" });
    expect(known()).toEqual([]);
    await server.request(requests.tagRenamed, { uris: [uri], from: "boats", to: "craft" });
    expect(known()).toEqual(["boats → craft"]);
    await rename(1, 9, "vessels");
    expect(known()).toEqual(["boats → craft", "boats → vessels"]);
  });

  it("can be renamed, and what is no tag cannot.", async () => {
    expect(server.initialized.capabilities.renameProvider).toEqual({ prepareProvider: true });
    const prepare = (line: number, character: number) =>
      server.send("textDocument/prepareRename", place(line, character)) as Promise<{
        range: Range;
        placeholder: string;
      } | null>;
    expect(await prepare(1, 9)).toEqual({
      range: { start: { line: 1, character: 7 }, end: { line: 1, character: 12 } },
      placeholder: "boats",
    });
    expect((await prepare(3, 8))?.placeholder).toBe("boats/oars");
    expect(await prepare(3, 1)).toBeNull();
  });

  it("is renamed in all documents of the folder, the open ones as they are in the editor.", async () => {
    const { documentChanges } = await rename(1, 9, "craft");
    const changes = (documentChanges as TextDocumentEdit[]).map(({ textDocument, edits }) => [
      textDocument,
      edits,
    ]);
    expect(changes).toEqual([
      [
        { uri, version: 1 },
        [
          { range: { start: { line: 1, character: 7 }, end: { line: 1, character: 12 } }, newText: "craft" },
          {
            range: { start: { line: 3, character: 6 }, end: { line: 3, character: 17 } },
            newText: "#craft/oars",
          },
        ],
      ],
      [
        { uri: pathToFileURL(join(folder, "deep/b.md")).href, version: null },
        [{ range: { start: { line: 2, character: 4 }, end: { line: 2, character: 9 } }, newText: "craft" }],
      ],
    ]);
  });

  it("stays in a document that an editor would save otherwise, and the user is told which.", async () => {
    await rename(1, 9, "craft");
    const { message } = await server.hears(messages);
    expect(message).toContain("latin.md");
    const renamed = await server.request(requests.renameTag, { uri, from: "boats", to: "craft" });
    expect(renamed.refused.map(({ path }) => path.split("/").at(-1))).toEqual(["latin.md", "mixed.md"]);
  });

  it("becomes one with a tag that is there already.", async () => {
    const { documents } = await server.request(requests.renameTag, { uri, from: "boats", to: "ships" });
    const [edit] = documents.find((one) => one.uri.endsWith("b.md"))!.edits;
    expect(edit).toEqual({
      range: { start: { line: 2, character: 4 }, end: { line: 3, character: 4 } },
      newText: "",
    });
  });

  it("cannot get a name that no tag can have.", async () => {
    await expect(rename(1, 9, "#, no")).rejects.toThrow("'#, no' cannot be the name of a tag.");
  });

  it("is among the names of all tags, with those above it.", async () => {
    expect(await server.request(requests.tagNames, { uri })).toEqual([
      { tag: "boats", documents: 2 },
      { tag: "boats/oars", documents: 1 },
      { tag: "ships", documents: 1 },
      { tag: "tides", documents: 1 },
    ]);
  });
});
