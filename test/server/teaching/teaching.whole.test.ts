import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DocumentReading } from "../../../src/protocol/readings.ts";
import { notifications, requests } from "../../../src/protocol/requests.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { OpenServer } from "../open-server.ts";

const text = "The river was long and the bridge was not. They could see the water from there.";
const first = { start: { line: 0, character: 3 }, end: { line: 0, character: 3 } };

describe("What a writer teaches", () => {
  let server: OpenServer;
  let blog: string;

  beforeEach(async () => {
    server = await OpenServer.open();
    blog = writeSmallBlog(join(server.folder, "blog"));
  });
  afterEach(() => server.close());

  it("counts at once, behind a closed gate, and after learning anew", async () => {
    await learn();
    const uri = await server.openDocument(join(blog, "new.md"), text);
    const before = await read(uri);
    await server.request(requests.teach, { kind: "tone", uri, range: first, valence: 1 });
    const taught = await read(uri);
    await learn();
    const later = await read(uri);

    expect(before.gate.open).toBe(false);
    expect(before.writer).toBe("blog");
    expect(before.sentences[0]).toMatchObject({ personal: null });
    for (const reading of [taught, later]) {
      expect(reading.sentences[0]).toMatchObject({ taught: true, personal: { label: "veryPositive" } });
    }
  });

  it("no longer counts once it is taken back, also where it was learned from", async () => {
    await learn();
    const uri = await server.openDocument(join(blog, "new.md"), text);
    const { id } = await server.request(requests.teach, { kind: "tone", uri, range: first, valence: 1 });
    await learn();
    await server.request(requests.withdraw, { id });
    const { sentences } = await read(uri);

    expect(sentences[0]).toMatchObject({ personal: null });
  });

  it("is replaced by what the writer says later of the same sentence", async () => {
    const uri = await server.openDocument("new.md", text);
    await server.request(requests.teach, { kind: "tone", uri, range: first, valence: 1 });
    await server.request(requests.teach, { kind: "tone", uri, range: first, valence: -1 });
    const { sentences } = await read(uri);

    expect(sentences[0]!.personal!.label).toBe("veryNegative");
  });

  it("of a tag is kept for the document at its path", async () => {
    await learn();
    const uri = await server.openDocument(join(blog, "new.md"), text);
    const taught = await server.request(requests.teach, { kind: "notThisTag", uri, tag: "[rivers](x)" });

    expect(taught).toMatchObject({ writer: "blog", about: "[rivers](x)" });
    await server.hears(notifications.readingsChanged);
  });

  async function learn(): Promise<void> {
    server.told.length = 0;
    await server.request(requests.learn, { folders: [blog] });
    await server.hears(notifications.status, ({ kind }) => kind === "idle");
  }

  function read(uri: string): Promise<DocumentReading> {
    return server.request(requests.readDocument, { uri });
  }
});
