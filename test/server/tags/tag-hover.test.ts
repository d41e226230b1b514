import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Hover } from "vscode-languageserver/node";
import { learn } from "../../../src/learner/learn.ts";
import { requests } from "../../../src/protocol/requests.ts";
import { smallJob } from "../../learner/job.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { OpenServer } from "../open-server.ts";

describe("A hover over a tag", () => {
  let server: OpenServer;
  let uri: string;
  const body = "It was a good day at the river, and I was there with her for 3 hours. A day #boat here.";

  beforeAll(async () => {
    server = await OpenServer.open();
    const { storePath, modelPath } = server;
    const folder = writeSmallBlog(join(server.folder, "blog"));
    const paths = { folders: [folder], storePath, modelPath, cachePath: join(server.folder, "cache") };
    const job = smallJob(paths, { epochs: 1, maximumPassages: 8 });
    await learn(job, { emit: () => undefined, clock: Date.now, onPace: () => undefined });
    uri = await server.openDocument(join(folder, "open.md"), `---\ntags: [river, unheard]\n---\n${body}\n`);
  });
  afterAll(() => server.close());

  const hover = async (line: number, character: number) => {
    const parameters = { textDocument: { uri }, position: { line, character } };
    const answer = (await server.send("textDocument/hover", parameters)) as Hover | null;
    return answer && { ...answer, text: (answer.contents as { value: string }).value };
  };

  it("tells how often and since when it is used, and with which others.", async () => {
    const found = await hover(1, 8);
    expect(found?.range).toEqual({ start: { line: 1, character: 7 }, end: { line: 1, character: 12 } });
    expect(found?.text).toContain("**river**: used in 3 documents of 14. Since 2024-01-02, last 2024-01-14.");
    expect(found?.text).toContain("Together with notes (3).");
  });

  it("tells how it fits the document once that was read, with the documents nearest to it.", async () => {
    await server.request(requests.suggestTags, { uri, limit: 10 });
    const found = await hover(1, 8);
    expect(found?.text).toMatch(/Fits this document: \d+ %\. Nearest documents that have it: .*river\\\.md/);
  });

  it("tells of a hashtag as well, and of one that was never used that it was not.", async () => {
    expect((await hover(3, body.indexOf("#boat") + 2))?.text).toContain("**boat**: used in");
    expect((await hover(1, 16))?.text).toContain("**unheard**: not used in the documents that were learned.");
  });
});
