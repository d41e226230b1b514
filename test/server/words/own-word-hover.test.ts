import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Hover } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { learn } from "../../../src/learner/learn.ts";
import { reportShape } from "../../../src/profile/report.ts";
import { requests } from "../../../src/protocol/requests.ts";
import { defaultSettings } from "../../../src/server/settings.ts";
import { asJson } from "../../../src/store/database/columns.ts";
import { openStore } from "../../../src/store/open-store.ts";
import { smallJob } from "../../learner/job.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { OpenServer } from "../open-server.ts";

const text = "# The bridge\n\nNobody came over the *Bridge* in the rain.\n\n`bridge`\n";

describe("A hover over a word that the writer uses in a way of their own", () => {
  let server: OpenServer;
  let blog: string;
  let uri: string;

  beforeAll(async () => {
    server = await OpenServer.open();
    const { storePath, modelPath } = server;
    blog = writeSmallBlog(join(server.folder, "blog"));
    const paths = { folders: [blog], storePath, modelPath, cachePath: join(server.folder, "cache") };
    const job = smallJob(paths, { epochs: 1, maximumPassages: 8 });
    await learn(job, { emit: () => undefined, clock: Date.now, onPace: () => undefined });
    // What the learner finds with a real model (test/learner/learn-own-words.test.ts has how it is kept).
    using store = openStore(storePath);
    const { id, report } = store.profileVersions.active(store.writers.named("Anna")!.id)!;
    const excess = { mean: 0.2, low: 0.1, high: 0.3 };
    const ownWords = { measured: 40, words: [{ word: "bridge", uses: 48, documents: 3, excess }] };
    store.profileVersions.revise(id, asJson({ ...reportShape.parse(report), ownWords }));
    uri = await server.openDocument(join(blog, "draft.md"), text);
  });
  afterAll(() => server.close());

  async function hover(words: string, from = 0): Promise<{ text: string; over: string } | undefined> {
    const document = TextDocument.create(uri, "markdown", 1, text);
    const position = document.positionAt(text.indexOf(words, from) + 2);
    const found = (await server.send("textDocument/hover", {
      textDocument: { uri },
      position,
    })) as Hover | null;
    if (found === null) return undefined;
    return { text: (found.contents as { value: string }).value, over: document.getText(found.range) };
  }

  it("says so, with how often it stands and passages of other documents, the newest first.", async () => {
    const found = await hover("Bridge");
    expect(found?.over).toBe("Bridge");
    const [said, ...passages] = found!.text.split("\n\n");
    expect(said).toBe(
      "**bridge**: you use this word in a way of your own; it stands 48 times in your documents.",
    );
    expect(passages.slice(0, 2)).toEqual(
      ["13", "07"].map((day) =>
        expect.stringMatching(
          new RegExp(
            `^You wrote before: “.*at the bridge.*” \\(\\[${day}\\\\-bridge\\\\.md\\\\:\\d+\\]\\(file:.*#L\\d+\\)\\)$`,
          ),
        ),
      ),
    );
  });

  it("tells the tone of the sentence below, where there is one to tell.", async () => {
    await server.setSettings({ tone: { hover: "all", strength: 1 } });
    const [word, sentence] = (await hover("Bridge"))!.text.split("\n\n---\n\n");
    expect(word).toContain("in a way of your own");
    expect(sentence).toContain("For me it is:");
    const elsewhere = await hover("Nobody");
    expect(elsewhere?.over).toBe("Nobody came over the *Bridge* in the rain.");
    expect(elsewhere?.text).not.toContain("in a way of your own");
    await server.setSettings({});
  });

  it("is not there in headings and code, nor where hovers are switched off.", async () => {
    expect(await hover("bridge")).toBeUndefined();
    expect(await hover("bridge", text.indexOf("`"))).toBeUndefined();
    await server.setSettings({ tone: { ...defaultSettings.tone, hover: "off" } });
    expect(await hover("Bridge")).toBeUndefined();
    await server.setSettings({});
  });

  it("has its word in the report, with a passage.", async () => {
    const [report] = await server.request(requests.report, {});
    expect(report!.ownWords).toEqual({
      words: [
        {
          word: "bridge",
          uses: 48,
          documents: 3,
          passage: { text: expect.stringContaining("bridge"), path: join(blog, "13-bridge.md") },
        },
      ],
    });
  });
});
