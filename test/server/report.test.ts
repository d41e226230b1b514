import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { learn } from "../../src/learner/learn.ts";
import { requests } from "../../src/protocol/requests.ts";
import { openStore } from "../../src/store/open-store.ts";
import { smallJob } from "../learner/job.ts";
import { writeSmallBlog } from "../learner/small-blog.ts";
import { sampleDocument, sampleSentences } from "../store/temporary-store.ts";
import { OpenServer } from "./open-server.ts";

const quiet = { emit: () => undefined, clock: Date.now, onPace: () => undefined };

describe("The report of a writer", () => {
  let server: OpenServer;

  beforeEach(async () => {
    server = await OpenServer.open();
  });
  afterEach(() => server.close());

  it("is empty where nobody was learned.", async () => {
    expect(await server.request(requests.report, {})).toEqual([]);
  });

  it("has what was learned, measured and stored.", async () => {
    const { storePath, modelPath, folder } = server;
    const folders = [writeSmallBlog(join(folder, "blog"), 24)];
    const paths = { folders, storePath, modelPath, cachePath: join(folder, "cache") };
    await learn(smallJob(paths, { epochs: 1, maximumPassages: 20 }), quiet);
    const [report, ...others] = await server.request(requests.report, { writer: "Anna" });
    expect(others).toEqual([]);
    expect(report).toMatchObject({
      writer: { name: "Anna", folders, documents: 24, tags: 7, gates: { tags: { open: true } } },
      profileVersions: [{ isActive: true }],
      corpus: { documents: 24, taggedDocuments: 24 },
      maskingCurve: [{ epoch: 0, heldOutLoss: expect.any(Number) }, { epoch: 1 }],
      heldOut: {
        masking: { masked: expect.any(Number) },
        tags: { idiolect: { recallAt5: expect.any(Number) } },
      },
      learned: { steps: expect.any(Number) },
      signs: expect.any(Array),
      corrections: 0,
      writing: { kind: "compared", others: 44 },
    });
    expect(report!.stored.map(({ what }) => what)).toContain("sentences");
    expect(await server.request(requests.report, { writer: "Nobody" })).toEqual([]);
  });

  it("is followed by a diagnosis that counts, and names nobody and nothing.", async () => {
    const empty = await server.request(requests.diagnosis, {});
    expect(empty).toMatchObject({ canLearn: true, writers: 0, documents: 0, storeBytes: 0 });
    const store = openStore(server.storePath);
    const { id } = store.writers.ensure("Zzname");
    store.documents.save(id, sampleDocument({ path: "/zzfolder/a.md" }), sampleSentences("Zzsentence."));
    store.corrections.add(id, { kind: "tagAdded", textHash: "d1", tag: "zztag" });
    store.close();
    const found = await server.request(requests.diagnosis, {});
    expect(found).toMatchObject({ writers: 1, documents: 1, lessons: 1, profileVersions: 0 });
    expect(found.storeBytes).toBeGreaterThan(1_000);
    expect(JSON.stringify(found)).not.toMatch(/zz/i);
  });

  it("has words and habits of the writer beside others', from all that is in the store.", async () => {
    const store = openStore(server.storePath);
    const { id } = store.writers.ensure("Ann");
    const text = "Perhaps the boats are here; perhaps they wait for the water of the tide.";
    for (let number = 0; number < 20; number++) {
      const document = sampleDocument({ path: `/blog/${number}.md`, hash: `${number}` });
      store.documents.save(id, document, sampleSentences(...Array.from({ length: 40 }, () => text)));
    }
    store.close();
    const [report] = await server.request(requests.report, { writer: "Ann" });
    expect(report!.writing).toMatchObject({
      kind: "compared",
      others: 44,
      words: expect.arrayContaining([expect.objectContaining({ word: "perhaps", documents: 20 })]),
      habits: expect.arrayContaining([{ kind: "sentenceWords", own: 14, others: expect.closeTo(17.4) }]),
    });
  });
});
