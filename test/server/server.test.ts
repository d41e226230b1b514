import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CancellationTokenSource } from "vscode-languageserver/node";
import { notifications, requests } from "../../src/protocol/requests.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";
import { diagnostics, OpenServer } from "./open-server.ts";

const text = "The river was long and the bridge was not. They could see the water from there.";

describe("The server", () => {
  let server: OpenServer;

  beforeEach(async () => {
    server = await OpenServer.open();
  });
  afterEach(() => server.close());

  it("tells figures about itself without opening the model", async () => {
    const figures = await server.request(requests.figures, {});

    expect(figures).toMatchObject({ processId: process.pid, isModelOpen: false, cachedSentences: 0 });
  });

  it("reads a document before anything was learned, and makes no store for it", async () => {
    const uri = await server.openDocument("river.md", text);
    const reading = await server.request(requests.readDocument, { uri });

    expect(reading.sentences).toHaveLength(2);
    expect(reading.sentences.every(({ personal }) => personal === null)).toBe(true);
    expect(server.hasStore).toBe(false);
  });

  it("tells an editor of no fault in a text, and offers no way to ask for one", async () => {
    const uri = await server.openDocument(
      "bad.md",
      `---\ntags: [\n---\n# bad\n\nI hate this awful text. ${text}\n`,
    );
    await server.request(requests.readDocument, { uri });
    await server.changeDocument(uri, "This is bad, and it is very very bad.");
    await server.request(requests.readDocument, { uri });
    expect(server.told.filter(({ method }) => method === diagnostics.method)).toEqual([]);
    expect(Object.keys(server.initialized.capabilities)).not.toContain("diagnosticProvider");
  });

  it("is asked for a report, for what was taught and to go on, and makes no store for it", async () => {
    expect(await server.request(requests.report, {})).toEqual([]);
    expect(await server.request(requests.lessons, {})).toEqual([]);
    expect(await server.request(requests.resume, {})).toMatchObject({ kind: "refused" });
    expect(server.hasStore).toBe(false);
  });

  it("reads only what changed of a document", async () => {
    const uri = await server.openDocument("river.md", text);
    await server.request(requests.readDocument, { uri });
    const version = await server.changeDocument(uri, `${text} So they went down.`);
    const reading = await server.request(requests.readDocument, { uri });
    const { cachedSentences } = await server.request(requests.figures, {});

    expect(reading.version).toBe(version);
    expect(reading.sentences).toHaveLength(3);
    expect(cachedSentences).toBe(3);
  });

  it("teaches the first writer it hears of, named after the folder", async () => {
    const uri = await server.openDocument("/home/ann/notes/river.md", text);
    const range = { start: { line: 0, character: 3 }, end: { line: 0, character: 3 } };
    const taught = await server.request(requests.teach, { kind: "tone", uri, range, valence: -0.5 });
    const reading = await server.request(requests.readDocument, { uri });

    expect(taught).toMatchObject({ writer: "notes", about: "The river was long and the bridge was not." });
    expect(reading.sentences[0]).toMatchObject({ taught: true, personal: { label: "negative" } });
    expect(reading.writer).toBe("notes");
  });

  it("goes on after its store was erased by another process", async () => {
    const uri = await server.openDocument("river.md", text);
    const range = { start: { line: 0, character: 3 }, end: { line: 0, character: 3 } };
    await server.request(requests.teach, { kind: "tone", uri, range, valence: -0.5 });
    rmSync(server.storePath, { recursive: true });
    const reading = await server.request(requests.readDocument, { uri });
    await server.request(requests.teach, { kind: "tone", uri, range, valence: 0.5 });
    const again = await server.request(requests.readDocument, { uri });

    expect(reading.sentences[0]).toMatchObject({ personal: null });
    expect(again.sentences[0]).toMatchObject({ taught: true, personal: { label: "positive" } });
  });

  it("tells with advice why a request cannot be answered", async () => {
    const closed = server.request(requests.readDocument, { uri: "file:///nowhere.md" });
    await expect(closed).rejects.toMatchObject({
      data: { name: "DocumentNotOpenError", advice: expect.any(String) },
    });

    const wrong = server.send(requests.readDocument.method, { uri: 7 });
    await expect(wrong).rejects.toMatchObject({ data: { name: "ParametersError" } });

    const uri = await server.openDocument("code.md", "```js\nconst one = 1;\n```\n");
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 5 } };
    const nothing = server.request(requests.teach, { kind: "tone", uri, range, valence: 0 });
    await expect(nothing).rejects.toMatchObject({ data: { name: "NoSentenceError" } });
  });

  it("reads a document of any length, and answers others meanwhile", async () => {
    const sentences = Array.from({ length: 3_000 }, (_, at) => `They made ${at} of it over time.`);
    const uri = await server.openDocument("book.md", sentences.join("\n\n"));
    const other = await server.openDocument("river.md", text);
    await server.setSettings({ tone: { hover: "all", strength: 1 } });
    const order: string[] = [];
    const from = { line: 4_000, character: 0 };
    const book = server.request(requests.readDocument, { uri, from }).then((reading) => {
      order.push("book");
      return reading;
    });
    const hover = (of: string, line: number) =>
      server
        .send("textDocument/hover", { textDocument: { uri: of }, position: { line, character: 3 } })
        .then((shown) => {
          order.push("hover");
          return shown;
        });
    const hovers = await Promise.all([hover(uri, 5_000), hover(other, 0)]);
    const { sentences: read } = await book;

    expect(hovers).not.toContain(null);
    expect(order).toEqual(["hover", "hover", "book"]);
    expect(read.map(({ plain }) => plain)).toEqual(sentences);
    const { reading: first } = await server.hears(notifications.documentPartlyRead);
    expect(first.sentences[0]!.plain).toBe(sentences[2_000]);
    expect(first.sentences).toHaveLength(256);
  });

  it("says of a model without a head for tone what is missing, and shows no hover", async () => {
    const modelPath = writeTinyModel(join(server.folder, "toneless"), { tone: false });
    const toneless = await OpenServer.open({ modelPath });
    try {
      const uri = await toneless.openDocument("river.md", text);
      const position = { line: 0, character: 5 };

      const reading = toneless.request(requests.readDocument, { uri });
      await expect(reading).rejects.toMatchObject({ data: { name: "ModelWithoutToneError" } });
      expect(await toneless.send("textDocument/hover", { textDocument: { uri }, position })).toBeNull();
    } finally {
      await toneless.close();
    }
  });

  it("drops a reading whose document has changed, or that was cancelled", async () => {
    const uri = await server.openDocument("river.md", text);
    const stale = server.request(requests.readDocument, { uri });
    const refusedStale = expect(stale).rejects.toMatchObject({ message: "cancelled" });
    await server.changeDocument(uri, "Another text.");
    const source = new CancellationTokenSource();
    const cancelledRequest = server.request(requests.readDocument, { uri }, source.token);
    const refused = expect(cancelledRequest).rejects.toMatchObject({ message: "cancelled" });
    source.cancel();

    await refusedStale;
    await refused;
    expect((await server.request(requests.readDocument, { uri })).sentences).toHaveLength(1);
  });

  it("reads a document that is opened again anew, though its version is the same", async () => {
    const uri = await server.openDocument("river.md", text, 1);
    expect((await server.request(requests.readDocument, { uri })).sentences).toHaveLength(2);
    await server.closeDocument(uri);
    await server.openDocument("river.md", "Another text.", 1);
    const { sentences } = await server.request(requests.readDocument, { uri });

    expect(sentences.map(({ plain }) => plain)).toEqual(["Another text."]);
  });

  it("drops a reading of what was closed, though it was opened again in the same version", async () => {
    const uri = await server.openDocument("river.md", text, 1);
    const refused = expect(server.request(requests.readDocument, { uri })).rejects.toMatchObject({
      message: "cancelled",
    });
    await server.closeDocument(uri);
    await server.openDocument("river.md", "Another text.", 1);

    await refused;
  });

  it("reads with the strength that the settings say, and what was taught in full", async () => {
    const uri = await server.openDocument("river.md", text);
    const range = { start: { line: 0, character: 3 }, end: { line: 0, character: 3 } };
    await server.request(requests.teach, { kind: "tone", uri, range, valence: -1 });
    await server.setSettings({ tone: { hover: "clear", strength: 0 } });
    const { sentences } = await server.request(requests.readDocument, { uri });

    expect(sentences.map(({ personal }) => personal?.label)).toEqual(["veryNegative", undefined]);
  });
});
