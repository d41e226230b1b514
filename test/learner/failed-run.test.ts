import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { learn } from "../../src/learner/learn.ts";
import type { FromLearner, LearningJob } from "../../src/protocol/learner.ts";
import { openStore } from "../../src/store/open-store.ts";
import { prepareJob, unfinishedRun } from "./prepare-job.ts";
import { preparedOnce } from "./prepared-once.ts";

/** Learns, and fails where so many steps were told. */
async function learnAndHear(job: LearningJob, failAt = Number.NaN, cause = new Error("Out of luck.")) {
  const heard: FromLearner[] = [];
  const emit = (message: FromLearner) => {
    heard.push(message);
    if (heard.filter(({ kind }) => kind === "progress").length >= failAt) throw cause;
  };
  const learning = learn(job, { emit, clock: Date.now, onPace: () => undefined });
  if (Number.isNaN(failAt)) await learning;
  else await expect(learning).rejects.toThrow();
  return heard;
}

function statesOf({ storePath, writer }: LearningJob) {
  using store = openStore(storePath);
  return store.learningRuns.list(store.writers.named(writer)!.id).map(({ state }) => state);
}

/** A run that failed at its sixth step, for nobody knows what. */
const prepareFailed = preparedOnce(async (folder) => {
  const job = prepareJob({ epochs: 4 }, folder);
  await learnAndHear(job, 6);
  return job;
});

test("A run that failed is kept as failed with the reason, and nobody takes it up by itself.", async () => {
  const job = await prepareFailed();
  expect(statesOf(job)).toMatchObject([{ kind: "failed", message: "Out of luck.", canGoOn: false }]);
  expect(unfinishedRun(job)).toBeUndefined();
});

test("Asked to learn the same again, it goes on where it failed.", async () => {
  const job = await prepareFailed();
  const heard = await learnAndHear(job);
  expect(heard).toContainEqual(expect.objectContaining({ kind: "resumed" }));
  expect(statesOf(job)).toMatchObject([{ kind: "done" }]);
});

test("Asked to learn when something was saved, it begins anew: that may be what made it fail.", async () => {
  const job = await prepareFailed();
  writeFileSync(join(job.folders[0]!, "new.md"), "I was at the river, and it was long.\n");
  const heard = await learnAndHear(job);
  expect(heard.map(({ kind }) => kind)).not.toContain("resumed");
  expect(statesOf(job)).toMatchObject([{ kind: "done" }, { kind: "failed" }]);
});

test("What failed for want of something goes on with the text that it began with.", async () => {
  const job = prepareJob({ epochs: 4 });
  await learnAndHear(job, 6, new RangeError("Array buffer allocation failed"));
  expect(statesOf(job)).toMatchObject([
    { kind: "failed", message: expect.stringContaining("too little free memory"), canGoOn: true },
  ]);
  writeFileSync(join(job.folders[0]!, "new.md"), "I was at the river, and it was long.\n");
  const heard = await learnAndHear(job);
  expect(heard).toContainEqual(expect.objectContaining({ kind: "resumed" }));
  expect(statesOf(job)).toMatchObject([{ kind: "done" }, { kind: "done" }]);
});

test("Checkpoints that are damaged are told, and training begins anew.", async () => {
  const job = await prepareFailed();
  {
    using store = openStore(job.storePath);
    store.database.run("UPDATE checkpoint_blobs SET content = x'ff'");
  }
  const heard = await learnAndHear(job);
  expect(heard).toContainEqual(
    expect.objectContaining({
      kind: "notice",
      message: { message: "What was learned so far in this run is damaged on the disk.", values: [] },
    }),
  );
  expect(statesOf(job)).toMatchObject([{ kind: "done" }]);
});
