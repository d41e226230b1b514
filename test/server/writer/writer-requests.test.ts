import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { learn } from "../../../src/learner/learn.ts";
import { notifications, requests } from "../../../src/protocol/requests.ts";
import { openStore } from "../../../src/store/open-store.ts";
import { smallJob } from "../../learner/job.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { OpenServer } from "../open-server.ts";

const quiet = { emit: () => undefined, clock: Date.now, onPace: () => undefined };

describe("What the server says of a writer", () => {
  let server: OpenServer;
  let blog: string;
  let file: string;

  beforeAll(async () => {
    server = await OpenServer.open();
    const { storePath, modelPath, folder } = server;
    blog = writeSmallBlog(join(folder, "blog"), 24);
    file = join(folder, "anna.idiolect");
    const paths = { folders: [blog], storePath, modelPath, cachePath: join(folder, "cache") };
    await learn(smallJob(paths, { epochs: 1, maximumPassages: 20 }), quiet);
  }, 120_000);
  afterAll(() => server.close());

  it("are the writers with what was learned of each.", async () => {
    const writers = await server.request(requests.writers, {});
    expect(writers).toMatchObject([{ name: "Anna", documents: 24, folders: [blog], lessons: 0 }]);
  });

  it("are all tags by name, each with its documents, newest first.", async () => {
    const tags = await server.request(requests.writerTags, { writer: "Anna" });
    expect(tags).toHaveLength(7);
    expect(tags.map(({ tag }) => tag)).toEqual(tags.map(({ tag }) => tag).toSorted());
    for (const { tag, documents } of tags) {
      const found = await server.request(requests.taggedDocuments, { writer: "Anna", tag });
      expect(found).toHaveLength(documents);
      const times = found.flatMap(({ dateMs }) => dateMs ?? []);
      expect(times).toEqual(times.toSorted((a, b) => b - a));
      expect(found.filter(({ path }) => !existsSync(path))).toEqual([]);
    }
  });

  it("are the most frequent tags over time, oldest document first.", async () => {
    const { tags } = await server.request(requests.tagHistory, { writer: "Anna" });
    expect(tags).toHaveLength(7);
    const counts = tags.map(({ documents }) => documents.length);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    for (const { documents } of tags) {
      const times = documents.map(({ dateMs }) => dateMs!);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
  });

  it("is the tone of documents over time, read by the model.", async () => {
    const { documents, of } = await server.request(requests.toneHistory, { writer: "Anna" });
    expect(of).toBe(24);
    expect(documents).toHaveLength(24);
    const times = documents.map(({ dateMs }) => dateMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    for (const { sentences, positive, negative, mixed } of documents) {
      expect(sentences).toBeGreaterThan(0);
      expect(positive + negative + mixed).toBeLessThanOrEqual(sentences);
    }
  });

  it("goes back to another version when it is asked to, and says which can be used.", async () => {
    {
      using store = openStore(server.storePath);
      const { id } = store.writers.named("Anna")!;
      const active = store.profileVersions.active(id)!;
      const blobs = store.profileVersions.blobs(active.id);
      store.profileVersions.add(id, { ...active, blobs }, "activate");
      store.profileVersions.add(id, { ...active, blobs, baseModelId: "a former base" }, "keepFormer");
    }
    const versions = async () =>
      (await server.request(requests.report, { writer: "Anna" }))[0]!.profileVersions;
    const whole = (await versions()).filter(({ canBeUsed }) => canBeUsed);
    expect(await versions()).toHaveLength(whole.length + 1);
    const former = whole.find(({ isActive }) => !isActive)!;
    const { method } = notifications.readingsChanged;
    const told = () => server.told.filter((one) => one.method === method).length;
    const before = told();
    await server.request(requests.goBack, { writer: "Anna", version: former.id });
    expect((await versions()).find(({ isActive }) => isActive)!.id).toBe(former.id);
    await expect.poll(told).toBeGreaterThan(before);
    await expect(
      server.request(requests.goBack, { writer: "Nobody", version: former.id }),
    ).rejects.toMatchObject({ message: expect.stringContaining("knows no writer named Nobody") });
  });

  it("is written to a file, and taken in by another server.", async () => {
    const exported = await server.request(requests.exportWriter, { writer: "Anna", file, withText: false });
    expect(exported).toMatchObject({ documents: 0, lessons: 0 });
    const other = await OpenServer.open({ modelPath: server.modelPath });
    try {
      const preview = await other.request(requests.previewImport, { file });
      expect(preview).toMatchObject({ writer: "Anna", withText: false });
      expect(preview.choice).toBeUndefined();
      expect(existsSync(other.storePath)).toBe(false);
      const imported = await other.request(requests.importFile, { file });
      expect(imported).toMatchObject({ isNew: true, profileInUse: "file" });
      const [writer] = await other.request(requests.writers, {});
      expect(writer).toMatchObject({ name: "Anna", documents: 24, folders: [], tags: 0 });
      expect(await other.request(requests.status, {})).toMatchObject({ kind: "idle" });
    } finally {
      await other.close();
    }
  });

  it("is asked which profile to use, and is told of a file that is none, with advice.", async () => {
    {
      using store = openStore(server.storePath);
      const { id } = store.writers.named("Anna")!;
      const active = store.profileVersions.active(id)!;
      const blobs = store.profileVersions.blobs(active.id);
      store.profileVersions.add(id, { ...active, blobs }, "activate");
    }
    const preview = await server.request(requests.previewImport, { file });
    expect(preview.choice).toEqual({ hereMs: expect.any(Number), fileMs: expect.any(Number) });
    await expect(server.request(requests.importFile, { file })).rejects.toMatchObject({
      data: { name: "ProfileChoiceError", advice: expect.stringContaining("Say which of the two") },
    });
    expect(await server.request(requests.importFile, { file, profile: "here" })).toMatchObject({
      profileInUse: "here",
    });
    const notes = join(server.folder, "notes.txt");
    writeFileSync(notes, "Only notes.");
    await expect(server.request(requests.previewImport, { file: notes })).rejects.toMatchObject({
      data: { advice: expect.stringContaining("Idiolect: Export") },
    });
  });
});
