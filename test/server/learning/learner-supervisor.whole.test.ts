import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LearningStatus } from "../../../src/protocol/learning-status.ts";
import { notifications, requests } from "../../../src/protocol/requests.ts";
import { defaultSettings } from "../../../src/server/settings.ts";
import { openStore } from "../../../src/store/open-store.ts";
import { writePowerSupplies } from "../../learner/power-supply.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { OpenServer } from "../open-server.ts";

type Kind = LearningStatus["kind"];

describe("Learning, asked of the server", () => {
  let server: OpenServer;
  let blog: string;

  beforeEach(async () => {
    server = await OpenServer.open();
    blog = writeSmallBlog(join(server.folder, "blog"));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await server.close();
  });

  const learn = () => server.request(requests.learn, { folders: [blog] });
  const status = () => server.request(requests.status, {});
  const hears = (kind: Kind) => server.hears(notifications.status, (told) => told.kind === kind);
  const hearsStage = (stage: string) =>
    server.hears(notifications.status, (told) => told.kind === "learning" && told.stage === stage);
  const stages = () =>
    server.told.flatMap(({ method, parameters }) =>
      method === notifications.status.method ? [parameters as LearningStatus] : [],
    );

  it("is told from the first stage to the end, and readings are said to have changed.", async () => {
    expect(await status()).toEqual({ kind: "unlearned" });
    expect(await learn()).toEqual({ kind: "started", writer: "blog" });
    await hears("idle");
    const kinds = [...new Set(stages().map((one) => one.kind))];
    expect(kinds).toEqual(["learning", "idle"]);
    const told = stages().flatMap((one) => (one.kind === "learning" ? [one.fraction] : []));
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(await status()).toMatchObject({
      kind: "idle",
      writers: [{ name: "blog", folders: [blog], documents: 14, tags: 7, learnedMs: expect.any(Number) }],
    });
    expect(server.told.filter(({ method }) => method === notifications.readingsChanged.method)).not.toEqual(
      [],
    );
  });

  it("pauses, and goes on.", async () => {
    await learn();
    await hearsStage("masking");
    expect(await server.request(requests.pause, {})).toMatchObject({
      kind: "paused",
      writer: "blog",
      reason: "paused",
    });
    expect(await server.request(requests.resume, {})).toEqual({ kind: "started", writer: "blog" });
    await hears("idle");
  });

  it("waits on battery when there are tags to suggest, and goes on at once when the setting says so.", async () => {
    vi.stubEnv("IDIOLECT_POWER_SUPPLIES", writePowerSupplies(server.folder, "battery"));
    await learn();
    await server.hears(
      notifications.status,
      (told) => told.kind === "learning" && told.waits?.for === "mains",
    );
    expect(await status()).toMatchObject({ kind: "learning", hasTags: true, waits: { for: "mains" } });
    const uri = await server.openDocument(join(blog, "new.md"), "---\ntags: []\n---\nOn the river.\n");
    expect(await server.request(requests.suggestTags, { uri, limit: 3 })).toMatchObject({
      kind: "suggested",
      tags: expect.arrayContaining([expect.objectContaining({ tag: "river" })]),
    });
    await server.setSettings({ learning: { ...defaultSettings.learning, onBattery: "go on" } });
    await hears("idle");
  });

  it("waits for the hours that were chosen, and goes on at once when the setting says so.", async () => {
    const hour = (from: number) => `${String((new Date().getHours() + from) % 24).padStart(2, "0")}:00`;
    const schedule = `${hour(2)}-${hour(4)}`;
    await server.setSettings({ learning: { ...defaultSettings.learning, schedule } });
    await learn();
    const told = await server.hears(
      notifications.status,
      (one) => one.kind === "learning" && one.waits?.for === "hours",
    );
    const begins = new Date();
    begins.setHours(begins.getHours() + 2, 0, 0, 0);
    expect(told).toMatchObject({ waits: { untilMs: begins.getTime() } });
    await server.setSettings({});
    await hears("idle");
  });

  it("goes on by itself when its process is killed.", async () => {
    await learn();
    await hearsStage("masking");
    const { learnerProcessId } = await server.request(requests.figures, {});
    process.kill(learnerProcessId!, "SIGKILL");
    await hears("idle");
    expect(stages().map((one) => one.kind)).not.toContain("failed");
  });

  it("is refused while it goes on.", async () => {
    await learn();
    expect(await learn()).toMatchObject({ kind: "refused", advice: expect.stringContaining("Wait") });
  });

  it("fails with advice where there is no prose.", async () => {
    expect(await server.request(requests.learn, { folders: [join(server.folder, "nothing")] })).toMatchObject(
      {
        kind: "started",
      },
    );
    expect(await hears("failed")).toMatchObject({
      reason: expect.stringContaining("cannot be read"),
      advice: expect.stringContaining("Check"),
    });
  });

  it("has not failed any more when another window or a terminal has learned well.", async () => {
    await server.request(requests.learn, { folders: [join(server.folder, "nothing")] });
    await hears("failed");
    const other = await OpenServer.open({ storePath: server.storePath, modelPath: server.modelPath });
    try {
      await other.request(requests.learn, { folders: [blog] });
      await other.hears(notifications.status, (told) => told.kind === "idle");
      await hears("idle");
      expect(await status()).toMatchObject({ kind: "idle" });
    } finally {
      await other.close();
    }
  });

  it("shows in another window as going on elsewhere, and there, too, readings change.", async () => {
    const other = await OpenServer.open({ storePath: server.storePath, modelPath: server.modelPath });
    try {
      await learn();
      await hearsStage("masking");
      const { learnerProcessId } = await server.request(requests.figures, {});
      expect(await other.request(requests.status, {})).toEqual({
        kind: "elsewhere",
        processId: learnerProcessId,
        hasTags: true,
      });
      expect(await other.request(requests.learn, { folders: [blog] })).toMatchObject({ kind: "refused" });
      await other.hears(notifications.status, (told) => told.kind === "idle");
      await other.hears(notifications.readingsChanged);
    } finally {
      await other.close();
    }
  });

  it("is given up when its writer is forgotten, and nothing is left.", async () => {
    await learn();
    await hearsStage("masking");
    const erased = await server.request(requests.forget, { writer: "blog" });
    expect(erased.verified).toBe(true);
    expect(erased.erased.map(({ what }) => what)).toContain("sentences");
    expect(await status()).toEqual({ kind: "unlearned" });
    using store = openStore(server.storePath);
    expect(store.writers.list()).toEqual([]);
  });

  it("goes on in the next window where the former one was closed in the middle.", async () => {
    const former = await OpenServer.open({ storePath: server.storePath, modelPath: server.modelPath });
    await former.request(requests.learn, { folders: [blog] });
    await former.hears(
      notifications.status,
      (told) => told.kind === "learning" && told.stage === "masking" && told.hasTags,
    );
    await former.close();
    expect(await status()).toMatchObject({ kind: "paused", writer: "blog", reason: "cut short" });
    expect(await server.request(requests.resume, {})).toEqual({ kind: "started", writer: "blog" });
    await hears("idle");
  });
});
