import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CancellationTokenSource } from "vscode-languageserver/node";
import { notifications, requests } from "../../../src/protocol/requests.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { OpenServer } from "../open-server.ts";

const draft = "---\ntitle: The bridge\n---\nI was at the bridge, and the river was high.\n";

describe("Tags that are asked for while learning has none yet", () => {
  let server: OpenServer;
  let blog: string;

  beforeEach(async () => {
    server = await OpenServer.open();
    blog = join(server.folder, "blog");
  });
  afterEach(() => server.close());

  const learn = (folder = blog) => server.request(requests.learn, { folders: [folder] });
  const openDraft = (from = server) => from.openDocument(join(blog, "draft.md"), draft);
  const hearsStage = (stage: string) =>
    server.hears(notifications.status, (told) => told.kind === "learning" && told.stage === stage);

  it("are waited for.", async () => {
    writeSmallBlog(blog);
    const uri = await openDraft();
    await learn();
    const suggested = await server.request(requests.suggestTags, { uri, limit: 5 });
    expect(suggested).toMatchObject({ kind: "suggested", writer: "blog" });
    expect(suggested.kind === "suggested" && suggested.tags.map(({ tag }) => tag)).toContain("bridge");
  });

  it("are given up at once when the request is cancelled, and learning goes on.", async () => {
    writeSmallBlog(blog, 14, { tags: false });
    const uri = await openDraft();
    await learn();
    await hearsStage("masking");
    const source = new CancellationTokenSource();
    const asked = server.request(requests.suggestTags, { uri, limit: 5 }, source.token);
    const refused = expect(asked).rejects.toMatchObject({ message: "cancelled" });
    // Answered after the request before it was heard.
    await server.request(requests.figures, {});
    source.cancel();
    await refused;
    expect(await server.request(requests.status, {})).toMatchObject({ kind: "learning" });
  });

  it("are answered with the reason when learning is paused.", async () => {
    writeSmallBlog(blog, 14, { tags: false });
    const uri = await openDraft();
    await learn();
    await hearsStage("masking");
    const asked = server.request(requests.suggestTags, { uri, limit: 5 });
    await server.request(requests.figures, {});
    await server.request(requests.pause, {});
    expect(await asked).toEqual({
      kind: "none",
      reason: "Learning how blog writes is paused, and there are no tags yet. Resume it.",
    });
  });

  it("are answered with the reason when learning fails.", async () => {
    const uri = await openDraft();
    await learn();
    expect(await server.request(requests.suggestTags, { uri, limit: 5 })).toEqual({
      kind: "none",
      reason: expect.stringMatching(/^Learning how blog writes has failed\. .*cannot be read/),
    });
  });

  it("are waited for in another window, too.", async () => {
    writeSmallBlog(blog);
    const other = await OpenServer.open({ storePath: server.storePath, modelPath: server.modelPath });
    try {
      const uri = await openDraft(other);
      await learn();
      await server.hears(notifications.status, (told) => told.kind === "learning" && told.stage !== "corpus");
      expect(await other.request(requests.suggestTags, { uri, limit: 5 })).toMatchObject({
        kind: "suggested",
        writer: "blog",
      });
    } finally {
      await other.close();
    }
  });
});
