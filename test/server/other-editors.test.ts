import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { requests } from "../../src/protocol/editor-messages.ts";
import { OpenServer, type OpenServerOptions } from "./open-server.ts";

const text = "The river was long and the bridge was not. They could see the water from there.";
const first = { start: { line: 0, character: 3 }, end: { line: 0, character: 3 } };

describe("An editor that is not VS Code", () => {
  let server: OpenServer;

  const open = async (options: OpenServerOptions) => {
    server = await OpenServer.open(options);
  };
  afterEach(() => server.close());

  it.each([[{}], [null], [{ idiolect: null }], [{ idiolect: { tags: { maximumSuggestions: 5 } } }]])(
    "keeps its initialization options where its settings are %j.",
    async (settings) => {
      await open({ settings: { tone: { hover: false, strength: 1 } } });
      const uri = await server.openDocument("river.md", text);
      await server.notify("workspace/didChangeConfiguration", { settings });

      const asked = { textDocument: { uri }, position: first.start };
      expect(await server.send("textDocument/hover", asked)).toBeNull();
    },
  );

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
});
