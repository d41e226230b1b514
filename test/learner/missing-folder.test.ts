import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FolderMissingError } from "../../src/learner/errors.ts";
import { learn } from "../../src/learner/learn.ts";
import type { FromLearner, LearningJob } from "../../src/protocol/learner.ts";
import { inEnglish } from "../../src/said/said.ts";
import { openStore } from "../../src/store/open-store.ts";
import { prepareJob } from "./prepare-job.ts";
import { preparedOnce } from "./prepared-once.ts";
import { writeSmallBlog } from "./small-blog.ts";

async function learnAloud(job: LearningJob) {
  const notices: string[] = [];
  const emit = (message: FromLearner) => {
    if (message.kind === "notice") notices.push(inEnglish(message.message));
  };
  const outcome = await learn(job, { emit, clock: Date.now, onPace: () => undefined });
  return { outcome, notices };
}

function stored({ storePath, writer }: LearningJob) {
  using store = openStore(storePath);
  const { id } = store.writers.named(writer)!;
  const { baseModelId: modelId } = store.profileVersions.active(id)!;
  return {
    documents: store.documents.list(id).length,
    vectors: store.vectors.list(id, { modelId, profileVersion: undefined }, "passage").length,
    labels: store.labels.list(id).length,
  };
}

const prepareLearned = preparedOnce(async (folder) => {
  const job = prepareJob({}, folder);
  return { job, first: await learnAloud(job) };
});

test("What was learned from a folder that is empty for a while is kept, and that is said.", async () => {
  const { job, first } = await prepareLearned();
  const blog = job.folders[0]!;
  const before = stored(job);
  renameSync(blog, `${blog}-away`);
  mkdirSync(blog);
  const meanwhile = await learnAloud(job);
  expect(meanwhile.notices).toEqual([
    expect.stringContaining("has no documents at the moment; the 14 learned"),
  ]);
  expect(meanwhile.outcome).toMatchObject({ documents: 14, learned: { skipped: true } });
  expect(stored(job)).toEqual(before);
  rmSync(blog, { recursive: true });
  renameSync(`${blog}-away`, blog);
  const back = await learnAloud(job);
  expect(back.outcome).toMatchObject({ profile: first.outcome.profile, learned: { skipped: true } });
  expect(stored(job)).toEqual(before);
});

test("A folder that is empty takes nothing from another that is not.", async () => {
  const job = prepareJob();
  const other = writeSmallBlog(join(job.folders[0]!, "..", "other"), 3);
  const both = { ...job, folders: [...job.folders, other] };
  await learnAloud(both);
  renameSync(other, `${other}-away`);
  mkdirSync(other);
  rmSync(join(job.folders[0]!, "03-boat.md"));
  const { outcome } = await learnAloud(both);
  expect(outcome.documents).toBe(16);
});

test("A folder that is missing is told, and nothing is erased.", async () => {
  const { job } = await prepareLearned();
  const before = stored(job);
  renameSync(job.folders[0]!, `${job.folders[0]!}-away`);
  await expect(learnAloud(job)).rejects.toThrow(FolderMissingError);
  const { outcome, notices } = await learnAloud({ ...job, folders: [] });
  expect(outcome).toMatchObject({ documents: 14, learned: { skipped: true } });
  expect(notices).toEqual([expect.stringContaining("cannot be listed")]);
  expect(stored(job)).toEqual(before);
});
