import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { learn } from "../../src/learner/learn.ts";
import { requests } from "../../src/protocol/requests.ts";
import { smallJob } from "../learner/job.ts";
import { writeSmallBlog } from "../learner/small-blog.ts";
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
    });
    expect(report!.stored.map(({ what }) => what)).toContain("sentences");
    expect(await server.request(requests.report, { writer: "Nobody" })).toEqual([]);
  });
});
