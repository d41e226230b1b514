import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LearningStopped } from "../../src/learner/errors.ts";
import { learn } from "../../src/learner/learn.ts";
import type { Pace } from "../../src/learner/pace.ts";
import type { FromLearner, LearningJob } from "../../src/protocol/learner.ts";
import { openStore } from "../../src/store/open-store.ts";
import { prepareJob, unfinishedRun } from "./prepare-job.ts";
import { writeSmallBlog } from "./small-blog.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const quiet = { emit: () => undefined, clock: Date.now, onPace: () => undefined };

/** Learns in this process and stops at the first step. */
async function stopAtFirstStep(job: LearningJob, how: "pause" | "cancel"): Promise<void> {
  let pace: Pace | undefined;
  const emit = ({ kind }: FromLearner) => {
    if (kind === "epoch") {
      pace?.stop(how, "for the test");
    }
  };
  const onPace = (made: Pace) => {
    pace = made;
  };
  await expect(learn(job, { emit, clock: Date.now, onPace })).rejects.toThrow(LearningStopped);
}

test("What has not changed is not learned again, and what has changed is.", async () => {
  const job = prepareJob();
  const first = await learn(job, quiet);
  const again = await learn(job, quiet);
  expect(again).toMatchObject({ profile: first.profile, learned: { skipped: true, steps: 0 } });
  expect(again.gate).toEqual(first.gate);
  writeFileSync(
    join(job.folders[0]!, "99-new.md"),
    "---\ndate: 2024-03-01\n---\nI was at the bridge and it was new.\n",
  );
  const third = await learn(job, quiet);
  expect(third).toMatchObject({ documents: 15, learned: { skipped: false } });
  rmSync(join(job.folders[0]!, "99-new.md"));
  expect(await learn(job, quiet)).toMatchObject({ documents: 14, learned: { skipped: false } });
});

test("A paused learner goes on from its checkpoint and ends with the same profile.", async () => {
  const job = prepareJob();
  await stopAtFirstStep(job, "pause");
  expect(unfinishedRun(job)?.state).toMatchObject({ kind: "paused", reason: "for the test" });
  const heard: FromLearner[] = [];
  await learn(job, { ...quiet, emit: (message) => heard.push(message) });
  expect(heard).toContainEqual(expect.objectContaining({ kind: "resumed" }));
  const undisturbed = { ...job, storePath: `${job.storePath}-2` };
  await learn(undisturbed, quiet);
  expect(deltaOf(job)).toEqual(deltaOf(undisturbed));
});

test("A cancelled learner leaves nothing to go on from, and its documents.", async () => {
  const job = prepareJob();
  await stopAtFirstStep(job, "cancel");
  expect(unfinishedRun(job)).toBeUndefined();
  using store = openStore(job.storePath);
  expect(store.documents.list(store.writers.named("Anna")!.id)).toHaveLength(14);
});

test("Too little text is learned for tags alone, and the gates say why.", async () => {
  const job = prepareJob();
  const blog = writeSmallBlog(join(temporaryFolder(), "few"), 3);
  const outcome = await learn({ ...job, folders: [blog] }, quiet);
  expect(outcome.gate.masking).toMatchObject({
    open: false,
    reason: expect.stringContaining("too little text"),
  });
  expect(outcome.gate.tags.open).toBe(true);
  expect(outcome.learned.steps).toBe(0);
});

test("What the settings leave out is not read, nor what is left out always.", async () => {
  const job = prepareJob();
  const folders = [writeSmallBlog(join(temporaryFolder(), "few"), 4)];
  writeSmallBlog(join(folders[0]!, "drafts"), 2);
  writeSmallBlog(join(folders[0]!, "node_modules"), 2);
  const { documents } = await learn({ ...job, folders, corpus: { exclude: ["drafts/**"] } }, quiet);
  expect(documents).toBe(4);
});

function deltaOf({ storePath, writer }: LearningJob): Uint8Array | undefined {
  using store = openStore(storePath);
  const active = store.profileVersions.active(store.writers.named(writer)!.id)!;
  return store.profileVersions.blobs(active.id)["delta"];
}

test("Where everything is left out, that is what is said.", async () => {
  const job = prepareJob();
  const learning = learn({ ...job, whose: { author: "Zoe", leaveOut: job.folders } }, quiet);
  await expect(learning).rejects.toThrow(
    /14 documents were left out, because others wrote them.*Say who the author is/s,
  );
});

test("Where a pattern leaves everything out, nobody is told that there are no files.", async () => {
  const learning = learn({ ...prepareJob(), corpus: { exclude: ["**"] } }, quiet);
  await expect(learning).rejects.toThrow(/14 documents were left out/);
});
