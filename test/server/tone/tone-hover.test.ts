import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Hover } from "vscode-languageserver/node";
import { requests } from "../../../src/protocol/requests.ts";
import type { HoverUse } from "../../../src/protocol/settings.ts";
import { writeTinyModel } from "../../learner/tiny-model.ts";
import { OpenServer } from "../open-server.ts";

const text = "The river was long and the bridge was not. They could see the water from there.\n";
const first = { line: 0, character: 5 };

describe("A hover over a sentence without a tone", () => {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-hover-"));
  let server: OpenServer;
  let uri: string;

  beforeAll(async () => {
    // However sure it is of a side, that is not sure enough.
    const fields = {
      tone_head: "location_scale",
      tone_calibration: { temperature: 0.01, minimum: { negative: 1, positive: 1 } },
    };
    server = await OpenServer.open({ modelPath: writeTinyModel(join(folder, "model"), { fields }) });
    uri = await server.openDocument("river.md", text);
  });
  afterEach(() => use("clear"));
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  const use = (hover: HoverUse) => server.setSettings({ tone: { hover, strength: 1 } });

  async function hover(): Promise<string | undefined> {
    const asked = { textDocument: { uri }, position: first };
    const found = (await server.send("textDocument/hover", asked)) as Hover | null;
    return found === null ? undefined : (found.contents as { value: string }).value;
  }

  it("is there only where all sentences are to have one", async () => {
    expect(await hover()).toBeUndefined();
    await use("all");
    expect(await hover()).toMatch(/^\*\*no tone, (?:not so |fairly |quite )?sure\*\*/);
    await use("off");
    expect(await hover()).toBeUndefined();
  });

  it("has the words from the first time on", async () => {
    await use("all");
    await server.changeDocument(uri, `They made it all the way. ${text}`);
    expect(await hover()).toMatch(/Words: |No word stands out/);
  });

  it("comes with what is taught, which may be taught without it, and goes when that is taken back", async () => {
    const range = { start: first, end: first };
    for (const [valence, said] of [
      [0.5, "positive"],
      [0, "neutral"],
      [-1, "very negative"],
    ] as const) {
      const { id } = await server.request(requests.teach, { kind: "tone", uri, range, valence });
      expect(await hover()).toMatch(new RegExp(`^\\*\\*${said}, as you said\\*\\*`));
      await server.request(requests.withdraw, { id });
      expect(await hover()).toBeUndefined();
    }
  });

  it("says of the taught sentence alone that it was taught, and nothing stronger than was said", async () => {
    const range = { start: first, end: first };
    const { id } = await server.request(requests.teach, { kind: "tone", uri, range, valence: 1 });
    const { sentences } = await server.request(requests.readDocument, { uri });
    expect(sentences[0]).toMatchObject({
      taught: true,
      personal: { label: "veryPositive", valence: 1, confidence: 1 },
    });
    expect(sentences.slice(1).map(({ taught }) => taught)).toEqual([undefined, undefined]);
    await server.request(requests.withdraw, { id });
  });
});

describe("While a long document is read up to a hover", () => {
  const book = Array.from({ length: 30_000 }, (_, at) => `The tide of day ${at} was a slow one.\n\n`).join(
    "",
  );

  it("hovers of other documents are answered first.", async () => {
    const server = await OpenServer.open({ settings: { tone: { hover: "all", strength: 1 } } });
    try {
      const other = await server.openDocument("river.md", text);
      const long = await server.openDocument("book.md", book);
      const answered: string[] = [];
      const hover = async (uri: string, line: number, name: string): Promise<void> => {
        const found = await server.send("textDocument/hover", {
          textDocument: { uri },
          position: { line, character: 5 },
        });
        if (found !== null) answered.push(name);
      };
      await Promise.all([hover(long, 59_000, "last page"), hover(other, 0, "other")]);
      expect(answered).toEqual(["other", "last page"]);
    } finally {
      await server.close();
    }
  });
});
