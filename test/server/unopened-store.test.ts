import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { requests } from "../../src/protocol/requests.ts";
import { storePaths } from "../../src/store/store-folder.ts";
import { temporaryFolder } from "../learner/temporary-folder.ts";
import { OpenServer } from "./open-server.ts";

const text = "---\ntitle: The river\ntags: [ri]\n---\n\nThe river was long.\n";
const inTag = { line: 2, character: 9 };
const inSentence = { line: 5, character: 3 };

/** A database that another program has made lies where the store would be. */
function writeForeignDatabase(folder: string): string {
  mkdirSync(folder);
  const { database } = storePaths(folder);
  const foreign = new DatabaseSync(database);
  foreign.exec("CREATE TABLE recipes (name TEXT)");
  foreign.close();
  return database;
}

describe("A store that cannot be opened", () => {
  let server: OpenServer;
  let uri: string;
  let database: string;

  beforeEach(async () => {
    const storePath = join(temporaryFolder(), "store");
    database = writeForeignDatabase(storePath);
    server = await OpenServer.open({ storePath, settings: { tone: { hover: "all", strength: 1 } } });
    uri = await server.openDocument("draft.md", text);
  });
  afterEach(() => server.close());

  const at = (position: { readonly line: number; readonly character: number }) => ({
    textDocument: { uri },
    position,
  });

  it("is told in the status, with what to do.", async () => {
    expect(await server.request(requests.status, {})).toEqual({
      kind: "unopened",
      reason: `The file ${database} is a database of another program.`,
      advice: "Move it away, or choose another folder for the store.",
    });
  });

  it("has sentences read in general, and neither completions nor hovers over tags.", async () => {
    expect(await server.send("textDocument/hover", at(inSentence))).toMatchObject({
      contents: { value: expect.stringContaining("sure") },
    });
    expect(await server.send("textDocument/hover", at(inTag))).toBeNull();
    expect(await server.send("textDocument/completion", at(inTag))).toBeNull();
    expect((await server.request(requests.readDocument, { uri })).sentences).toHaveLength(1);
  });

  it("is the reason why nothing is learned, taught or suggested.", async () => {
    const range = { start: inSentence, end: inSentence };
    const refused = /database of another program.*choose another folder/;
    await expect(server.request(requests.learn, { folders: [server.folder] })).rejects.toThrow(refused);
    const lesson = { kind: "tone", uri, range, valence: 1 } as const;
    await expect(server.request(requests.teach, lesson)).rejects.toThrow(refused);
    await expect(server.request(requests.suggestTags, { uri, limit: 5 })).rejects.toThrow(refused);
  });

  it("is left as it is, and nothing that nobody asked for has failed.", async () => {
    const before = readFileSync(database);
    await server.request(requests.status, {});
    await server.send("textDocument/hover", at(inSentence));
    await server.changeDocument(uri, `${text}They had no time for people.\n`);
    await server.send("textDocument/hover", at(inSentence));
    expect(readFileSync(database)).toEqual(before);
    expect(readdirSync(dirname(database))).toEqual([basename(database)]);
    expect(server.logged.filter((line) => /Unexpected|failed/.test(line))).toEqual([]);
  });

  it("is told at each hover where an editor does not show how learning stands.", async () => {
    const other = await OpenServer.open({
      storePath: dirname(database),
      settings: { tone: { hover: "all", strength: 1 } },
      initializationOptions: { hearsNotifications: false },
    });
    try {
      const textDocument = { uri: await other.openDocument("draft.md", text) };
      const hover = other.send("textDocument/hover", { textDocument, position: inSentence });
      await expect(hover).rejects.toThrow(/database of another program/);
    } finally {
      await other.close();
    }
  });
});
