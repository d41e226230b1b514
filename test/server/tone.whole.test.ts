import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Hover } from "vscode-languageserver/node";
import { notifications, requests } from "../../src/protocol/requests.ts";
import { needs } from "../prerequisite.ts";
import { OpenServer } from "./open-server.ts";

const base = needs("base", "model.safetensors");

const text = `---
title: A walk
---
# A happy heading

I was so happy on the walk home that I sang. Mrs Oduya's new seed cake is disgraceful.
The bridge is forty metres long, see [the plan](https://example.org/plan).

> A quoted sentence that is terribly sad.

\`\`\`js
const wonderful = true;
\`\`\`

| a wonderful | table |
| - | - |
| sad | cell |
`;

describe.skipIf(base.isMissing)(`The tone of an open document${base.note}`, () => {
  let server: OpenServer;

  beforeAll(async () => {
    server = await OpenServer.open({ modelPath: resolve("models/idiolect-base") });
  });
  afterAll(() => server.close());

  it("is read sentence by sentence, in general where nothing was learned", async () => {
    const uri = await server.openDocument("walk.md", text);
    const reading = await server.request(requests.readDocument, { uri });

    const labels = reading.sentences.map(({ general, personal }) => [general.label, personal]);
    expect(labels).toEqual([
      [expect.stringMatching(/positive/i), null],
      [expect.stringMatching(/negative/i), null],
      ["neutral", null],
    ]);
    expect(reading.gate.open).toBe(false);
    expect(reading.sentences[0]!.range.start).toEqual({ line: 5, character: 0 });
    expect(reading.writer).toBeUndefined();
  });

  it("shows on the first hover over a sentence that has one, with the words that carry it and teach links", async () => {
    const uri = await server.openDocument("hovered.md", text);
    const first = await hover(uri, 5, 12);

    expect(first).toMatch(/^\*\*(?:very )?positive, (?:quite |fairly )?sure\*\*/);
    expect(first).toMatch(/Words: .*happy \+\+/);
    expect(first).toContain("(command:idiolect.teach?");
  });

  it.each([
    ["front matter", 1, 8],
    ["a heading", 3, 6],
    ["the target of a link", 6, 55],
    ["a quotation", 8, 10],
    ["code", 11, 8],
    ["a table", 14, 5],
    ["a sentence without a tone", 6, 8],
  ])("does not show on hover over %s", async (_, line, character) => {
    const uri = await server.openDocument("parts.md", text);

    expect(await hover(uri, line, character)).toBeUndefined();
  });

  it("is read of exactly what is selected", async () => {
    const uri = await server.openDocument("selected.md", text);
    const both = { start: { line: 5, character: 0 }, end: { line: 5, character: 86 } };
    const part = { start: { line: 5, character: 6 }, end: { line: 5, character: 14 } };
    const code = { start: { line: 10, character: 0 }, end: { line: 12, character: 0 } };

    const [together, piece, none] = await Promise.all(
      [both, part, code].map((range) => server.request(requests.readSelection, { uri, range })),
    );

    expect(together!.markdown).not.toContain("command:");
    expect(piece!.reading!.general.label).toMatch(/positive/i);
    expect(piece!.range).toEqual(part);
    expect(none).toBeNull();
  });

  it("follows what was taught at the very next reading, and returns when that is taken back", async () => {
    const uri = await server.openDocument("taught.md", text);
    const read = () => server.request(requests.readDocument, { uri });
    const { sentences } = await read();
    const range = sentences[1]!.range;

    const { id, about } = await server.request(requests.teach, { kind: "tone", uri, range, valence: 0.5 });
    const taught = await read();
    await server.request(requests.withdraw, { id });
    const after = await read();

    expect(about).toBe("Mrs Oduya's new seed cake is disgraceful.");
    expect(taught.sentences[1]).toMatchObject({
      taught: true,
      personal: { label: "positive", valence: 0.5, confidence: 1 },
    });
    expect(taught.sentences[2]!.personal).toBeNull();
    expect(taught.document!.personal!.valence).toBeGreaterThan(taught.document!.general.valence);
    expect(after.sentences[1]).toMatchObject({ personal: null });
    expect(after.sentences[1]).not.toHaveProperty("taught");
    await server.hears(notifications.readingsChanged);
  });

  async function hover(uri: string, line: number, character: number): Promise<string | undefined> {
    const position = { line, character };
    const found = (await server.send("textDocument/hover", {
      textDocument: { uri },
      position,
    })) as Hover | null;
    return found === null ? undefined : (found.contents as { value: string }).value;
  }
});
