import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { learn } from "../../../src/learner/learn.ts";
import { notifications, requests } from "../../../src/protocol/requests.ts";
import { openStore } from "../../../src/store/open-store.ts";
import { smallJob } from "../../learner/job.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { OpenServer } from "../open-server.ts";

const quiet = { emit: () => undefined, clock: Date.now, onPace: () => undefined };

describe("Forgetting, asked of the server", () => {
  let server: OpenServer;

  beforeEach(async () => {
    server = await OpenServer.open();
  });
  afterEach(() => server.close());

  async function learnWriter(writer: string): Promise<void> {
    const { storePath, modelPath, folder } = server;
    const folders = [writeSmallBlog(join(folder, writer), 6)];
    const paths = { folders, storePath, modelPath, cachePath: join(folder, "cache") };
    await learn({ ...smallJob(paths, { epochs: 1, maximumPassages: 8 }), writer }, quiet);
  }

  it("erases one writer with the corrections and leaves the other.", async () => {
    await learnWriter("Anna");
    await learnWriter("Bertram");
    teach(server.storePath, "Anna");
    await server.request(requests.status, {});
    const erased = await server.request(requests.forget, { writer: "Anna" });
    expect(erased.verified).toBe(true);
    expect(erased.erased.map(({ what }) => what)).toEqual(
      expect.arrayContaining(["sentences", "corrections", "corrections, second copy"]),
    );
    expect(await server.request(requests.status, {})).toMatchObject({
      kind: "idle",
      writers: [{ name: "Bertram" }],
    });
    await server.hears(notifications.readingsChanged);
    await server.hears(notifications.status, ({ kind }) => kind === "idle");
  });

  it("erases everything, the files too, and nobody is learned any more.", async () => {
    await learnWriter("Anna");
    await server.request(requests.status, {});
    expect(await server.request(requests.forget, {})).toMatchObject({ verified: true });
    expect(existsSync(join(server.storePath, "idiolect.sqlite"))).toBe(false);
    expect(await server.request(requests.status, {})).toEqual({ kind: "unlearned" });
  });

  it("erases the unpacked weights of models with everything else, and says so.", async () => {
    await learnWriter("Anna");
    const cache = join(server.folder, "cache");
    const uri = await server.openDocument("river.md", "The river was at the bridge.\n");
    await server.request(requests.readDocument, { uri });
    expect(readdirSync(cache)).toHaveLength(1);
    const { erased } = await server.request(requests.forget, {});
    const weights = { what: "unpacked weights of models", where: cache, bytes: expect.any(Number) };
    expect(erased).toContainEqual(weights);
    expect(existsSync(cache)).toBe(false);
  });

  it("is told of what is left, and of a writer whom the store does not know.", async () => {
    await learnWriter("Anna");
    leaveCopy(server.storePath);
    await expect(server.request(requests.forget, { writer: "Anna" })).rejects.toMatchObject({
      data: { name: "ErasureIncompleteError" },
      message: expect.stringContaining("idiolect.sqlite"),
    });
    await expect(server.request(requests.forget, { writer: "Nobody" })).rejects.toMatchObject({
      data: { name: "UnknownWriterError" },
    });
  });

  it("has nothing to do, and makes no store, where there is none.", async () => {
    expect(await server.request(requests.forget, {})).toEqual({ erased: [], verified: true });
    expect(existsSync(server.storePath)).toBe(false);
  });

  it("is refused with advice while another process learns, and works when that is over.", async () => {
    await learnWriter("Anna");
    using store = openStore(server.storePath);
    const lease = store.lease.acquire(process.ppid);
    await expect(server.request(requests.forget, { writer: "Anna" })).rejects.toMatchObject({
      data: { name: "LearnerBusyError", advice: expect.stringContaining("pause it") },
    });
    store.lease.release(lease.kind === "acquired" ? lease.token : "");
    expect(await server.request(requests.forget, { writer: "Anna" })).toMatchObject({ verified: true });
  });
});

/** Leaves text where forgetting does not know of it. */
function leaveCopy(storePath: string): void {
  using store = openStore(storePath);
  store.database.execute("CREATE TABLE left_over AS SELECT text FROM sentences");
}

function teach(storePath: string, writer: string): void {
  using store = openStore(storePath);
  const { id } = store.writers.named(writer)!;
  store.corrections.add(id, { kind: "tone", textHash: "x", sentence: "It was adequate.", valence: 1 });
}
