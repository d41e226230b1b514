import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { requests } from "../../../src/protocol/requests.ts";
import { settingsSection } from "../../../src/protocol/settings.ts";
import { OpenServer } from "../open-server.ts";

const german = "Das Essen war schrecklich und der Kellner unverschämt.";
const english = "The river was long and the bridge was not. They could see the water from there.";
const mixed = `${english}\n\n${german}\n\nThey went down to the water.\n`;

describe("A sentence in a language that the model does not read", () => {
  let server: OpenServer;

  beforeEach(async () => {
    server = await OpenServer.open();
  });
  afterEach(() => server.close());

  const hoverAt = (uri: string, line: number) =>
    server.send("textDocument/hover", { textDocument: { uri }, position: { line, character: 4 } });

  it("has no tone, and its document's tone leaves it out", async () => {
    const uri = await server.openDocument("mixed.md", mixed);
    const plain = await server.openDocument("plain.md", mixed.replace(`${german}\n\n`, ""));
    const reading = await server.request(requests.readDocument, { uri });
    const without = await server.request(requests.readDocument, { uri: plain });

    expect(reading.sentences).toHaveLength(3);
    expect(reading.notRead).toMatchObject([{ plain: german, language: "de", range: { start: { line: 2 } } }]);
    expect(reading.document).toEqual(without.document);
    expect(without.notRead).toEqual([]);
  });

  it("has no hover, or where all sentences have one, its own", async () => {
    const uri = await server.openDocument("mixed.md", mixed);
    expect(await hoverAt(uri, 2)).toBeNull();
    await server.setSettings({ tone: { hover: "all", strength: 1 } });
    expect(await hoverAt(uri, 2)).toMatchObject({
      range: { start: { line: 2 } },
      contents: { value: expect.stringContaining("**Not English** (German)") },
    });
    expect(await hoverAt(uri, 0)).toMatchObject({
      contents: { value: expect.stringContaining("sure**") },
    });
  });

  it("makes up a document without a tone", async () => {
    const uri = await server.openDocument("german.md", `${german}\n\nSehr schade.\n`);
    const { document, sentences, notRead } = await server.request(requests.readDocument, { uri });
    expect({ document, sentences }).toEqual({ document: null, sentences: [] });
    expect(notRead.map(({ language }) => language)).toEqual(["de", "de"]);
  });

  it("is named where it is selected", async () => {
    const uri = await server.openDocument("mixed.md", mixed);
    const range = { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } };
    expect(await server.request(requests.readSelection, { uri, range })).toMatchObject({
      markdown: "**Not English** (German): its tone is not read. Tags work in every language.",
      reading: null,
    });
  });

  it("is read where a setting names its language, and English is not where it names others alone", async () => {
    const uri = await server.openDocument("mixed.md", mixed);
    const setLanguages = async (languages: readonly string[]) => {
      await server.notify("workspace/didChangeConfiguration", {
        settings: { [settingsSection]: { corpus: { languages } } },
      });
      const { sentences, notRead } = await server.request(requests.readDocument, { uri });
      return [sentences.length, notRead.length];
    };
    expect(await setLanguages(["English", "de"])).toEqual([4, 0]);
    expect(await setLanguages(["de"])).toEqual([1, 3]);
    expect(await setLanguages(["*"])).toEqual([4, 0]);
    expect(await setLanguages([])).toEqual([3, 1]);
  });
});
