import { renameSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { learn } from "../../../src/learner/learn.ts";
import { notifications, requests } from "../../../src/protocol/requests.ts";
import { RestartLimit, restartLimits } from "../../../src/protocol/restart-limit.ts";
import { learningJob, RunningJob } from "../../../src/server/learning/learning-job.ts";
import { defaultSettings } from "../../../src/server/settings.ts";
import { openStore } from "../../../src/store/open-store.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { OpenServer } from "../open-server.ts";

describe("What ends learning before its time", () => {
  let server: OpenServer;
  let blog: string;

  beforeEach(async () => {
    server = await OpenServer.open();
    // Too little text to train on: quickly learned.
    blog = writeSmallBlog(join(server.folder, "blog"), 4);
  });
  afterEach(() => server.close());

  const status = () => server.request(requests.status, {});
  const places = () => ({
    storePath: server.storePath,
    modelPath: server.modelPath,
    cachePath: join(server.folder, "cache"),
  });
  const jobFor = (folders: readonly string[]) =>
    learningJob(
      { writer: "blog", folders },
      places(),
      { ...defaultSettings, learning: { ...defaultSettings.learning, cpuPercent: 100 } },
      {},
    );
  const progress = { stage: "masking", step: 3, steps: 9, seconds: 1, peakMemoryBytes: 1 };

  it("is no failure where the process goes away while it is to stop.", async () => {
    let run: RunningJob | undefined;
    let pausing: Promise<void> | undefined;
    run = new RunningJob(jobFor([blog]), false, new RestartLimit(restartLimits.learner, Date.now), {
      pace: () => ({ cpuPercent: 100, isUserActive: false }),
      hear: ({ kind }) => {
        if (kind !== "found" || run === undefined) return;
        pausing = run.pause();
        process.kill(run.processId!, "SIGKILL");
      },
    });
    expect(await run.ended).toEqual({ kind: "cut" });
    await pausing;
  });

  it("is no failure where another process was faster: that one is what is told.", async () => {
    using store = openStore(server.storePath);
    expect(await server.request(requests.learn, { folders: [blog] })).toMatchObject({ kind: "started" });
    const lease = store.lease.acquire(process.pid);
    const told = await server.hears(notifications.status, ({ kind }) => kind !== "learning");
    expect(told).toEqual({ kind: "elsewhere", processId: process.pid, hasTags: false });
    store.lease.release(lease.kind === "acquired" ? lease.token : "");
    expect(await status()).toEqual({ kind: "unlearned" });
  });

  it("is kept where it was a failure, told in every window, and taken up by none.", async () => {
    using store = openStore(server.storePath);
    const { id } = store.writers.ensure("blog");
    const run = store.learningRuns.start(id, {}, progress);
    const advice = "Close some programs.";
    store.learningRuns.setState(run.id, { kind: "failed", progress, message: "No memory.", advice });
    expect(await status()).toEqual({ kind: "failed", writer: "blog", reason: "No memory.", advice });
    store.learningRuns.start(id, {}, progress);
    expect(await status()).toMatchObject({ kind: "paused", reason: "cut short" });
  });

  it("is told until a terminal has learned, and then no more.", async () => {
    await server.request(requests.learn, { folders: [blog] });
    await server.hears(notifications.status, ({ kind }) => kind === "idle");
    renameSync(blog, `${blog}-away`);
    await server.request(requests.learn, { folders: [blog], writer: "blog" });
    await server.hears(notifications.status, ({ kind }) => kind === "failed");
    expect(await status()).toMatchObject({ kind: "failed" });
    renameSync(`${blog}-away`, blog);
    const quiet = { emit: () => undefined, clock: Date.now, onPace: () => undefined };
    expect(await learn(jobFor([blog]), quiet)).toMatchObject({ learned: { skipped: true } });
    expect(await status()).toMatchObject({ kind: "idle" });
  });

  it("is tried again with the folders that were asked for.", async () => {
    await server.request(requests.learn, { folders: [`${blog}-new`], writer: "blog" });
    await server.hears(notifications.status, ({ kind }) => kind === "failed");
    renameSync(blog, `${blog}-new`);
    expect(await server.request(requests.resume, {})).toEqual({ kind: "started", writer: "blog" });
    await server.hears(notifications.status, ({ kind }) => kind === "idle");
  });

  it("does not let the first of several writers be learned when nobody said whom.", async () => {
    using store = openStore(server.storePath);
    for (const name of ["Ann", "Bob"]) store.writers.setFolders(store.writers.ensure(name).id, [blog]);
    expect(await server.request(requests.learn, { folders: [] })).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining("not clear whose"),
    });
  });

  it("is a failure, told to all, where the learner dies again and again.", async () => {
    using store = openStore(server.storePath);
    const { id } = store.writers.ensure("blog");
    store.learningRuns.start(id, {}, progress);
    for (let death = 1; death <= 4; death++) {
      if (death === 1) expect(await server.request(requests.resume, {})).toMatchObject({ kind: "started" });
      await dieSoon();
    }
    await server.hears(notifications.status, ({ kind }) => kind === "failed");
    expect(store.learningRuns.list(id)[0]!.state).toMatchObject({ kind: "failed", canGoOn: true });
  });

  /** Kills the learner of this server as soon as it has one that lives. */
  async function dieSoon(): Promise<void> {
    const before = killed.at(-1);
    for (;;) {
      const { learnerProcessId } = await server.request(requests.figures, {});
      if (learnerProcessId === undefined) return;
      if (learnerProcessId !== before) {
        process.kill(learnerProcessId, "SIGKILL");
        killed.push(learnerProcessId);
        return;
      }
    }
  }
  const killed: number[] = [];
});
