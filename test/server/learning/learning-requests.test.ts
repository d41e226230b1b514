import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CancellationTokenSource } from "vscode-languageserver/node";
import { requests } from "../../../src/protocol/requests.ts";
import { defaultSettings } from "../../../src/server/settings.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { OpenServer } from "../open-server.ts";

describe("The proposal of folders", () => {
  let server: OpenServer;

  beforeEach(async () => {
    server = await OpenServer.open();
  });
  afterEach(() => server.close());

  it("has the folders of all roots that hold prose, each once, most words first.", async () => {
    const small = writeSmallBlog(join(server.folder, "notes"), 4);
    const large = writeSmallBlog(join(server.folder, "site", "posts"), 8);
    const code = join(server.folder, "site", "code");
    mkdirSync(code);
    writeFileSync(join(code, "readme.md"), "One file is no corpus.\n");
    const roots = [small, server.folder, join(server.folder, "site"), join(server.folder, "gone")];
    expect(await server.request(requests.proposal, { roots })).toEqual([
      {
        folder: large,
        documents: 8,
        words: expect.any(Number),
        tags: 7,
        authors: [{ name: "", documents: 8 }],
        languages: {
          counts: [{ language: "en", words: expect.any(Number), isRead: true }],
          hasTagsAlone: false,
        },
        isEstimate: false,
      },
      {
        folder: small,
        documents: 4,
        words: expect.any(Number),
        tags: 5,
        authors: [{ name: "", documents: 4 }],
        languages: {
          counts: [{ language: "en", words: expect.any(Number), isRead: true }],
          hasTagsAlone: false,
        },
        isEstimate: false,
      },
    ]);
  });

  it("has a chosen folder as a whole, were it one short note.", async () => {
    writeFileSync(join(server.folder, "note.md"), "One short note.\n");
    writeSmallBlog(join(server.folder, "posts"), 4);
    const roots = [server.folder];
    expect(await server.request(requests.proposal, { roots, isWhole: true })).toEqual([
      {
        folder: server.folder,
        documents: 5,
        words: expect.any(Number),
        tags: 5,
        authors: [{ name: "", documents: 5 }],
        languages: {
          counts: [{ language: "en", words: expect.any(Number), isRead: true }],
          hasTagsAlone: false,
        },
        isEstimate: false,
      },
    ]);
  });

  it("looks into each root by that root's own settings.", async () => {
    const [whole, part] = [
      writeSmallBlog(join(server.folder, "whole"), 8),
      writeSmallBlog(join(server.folder, "part"), 8),
    ];
    const own = { ...defaultSettings, corpus: { ...defaultSettings.corpus, include: ["0[1-5]-*.md"] } };
    await server.notify("workspace/didChangeConfiguration", {
      settings: { ...defaultSettings, folders: [{ folder: part, settings: own }] },
    });
    const proposals = await server.request(requests.proposal, { roots: [whole, part] });
    expect(proposals.map(({ folder, documents }) => [folder, documents])).toEqual([
      [whole, 8],
      [part, 5],
    ]);
  });

  it("ends when it is no longer wanted.", async () => {
    const source = new CancellationTokenSource();
    const asked = server.request(requests.proposal, { roots: [server.folder] }, source.token);
    await server.request(requests.figures, {});
    source.cancel();
    await expect(asked).rejects.toMatchObject({ code: -32800 });
  });
});
