import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LearningStopped } from "../../src/learner/errors.ts";
import { learn } from "../../src/learner/learn.ts";
import type { Pace } from "../../src/learner/pace.ts";
import type { FromLearner, LearningJob } from "../../src/protocol/learner.ts";
import { openStore } from "../../src/store/open-store.ts";
import { textHash } from "../../src/text/text-hash.ts";
import { prepareJob, unfinishedRun } from "./prepare-job.ts";
import { preparedOnce } from "./prepared-once.ts";
import { writeTinyModel } from "./tiny-model.ts";

/** Learns to the end, or stops after so many messages about progress, and tells all that was heard. */
async function learnFor(
  job: LearningJob,
  { messages, how = "pause" }: { messages?: number; how?: "pause" | "cancel" } = {},
): Promise<readonly FromLearner[]> {
  const heard: FromLearner[] = [];
  let pace: Pace | undefined;
  const emit = (message: FromLearner) => {
    heard.push(message);
    if (heard.filter(({ kind }) => kind === "progress").length === messages) pace?.stop(how, "for the test");
  };
  const onPace = (made: Pace) => {
    pace = made;
  };
  const learning = learn(job, { emit, clock: Date.now, onPace });
  if (messages === undefined) await learning;
  else await expect(learning).rejects.toThrow(LearningStopped);
  return heard;
}

function teach({ storePath, writer }: LearningJob, sentence: string, newId: string): void {
  using store = openStore(storePath, { clock: () => 1_700_000_000_000, newId: () => newId });
  const lesson = { kind: "tone", textHash: textHash(sentence), sentence, valence: 1 } as const;
  store.corrections.add(store.writers.ensure(writer).id, lesson);
}

/** Blobs of all versions, newest first, and the paths that are learned from. */
function contents({ storePath, writer, folders }: LearningJob) {
  using store = openStore(storePath);
  const { id } = store.writers.named(writer)!;
  return {
    versions: store.profileVersions.list(id).map((version) => store.profileVersions.blobs(version.id)),
    runs: store.learningRuns.list(id).map(({ state }) => state.kind),
    names: store.documents.list(id).map(({ path }) => path.slice(folders[0]!.length + 1)),
    labels: new Set(store.labels.list(id).map(({ documentId }) => documentId)).size,
    isLocked: store.lease.holder() !== undefined,
  };
}

const post = "---\ndate: 2024-02-20\nmood: good\n---\nShe made a boat, and I was at the river for 9 hours.\n";

/** All that may happen to a blog in the meantime. */
function writeOn(job: LearningJob): void {
  const blog = job.folders[0]!;
  writeFileSync(join(blog, "new.md"), post);
  writeFileSync(join(blog, "02-river.md"), `${post}\nIt was not what I wanted.\n`);
  rmSync(join(blog, "03-boat.md"));
  renameSync(join(blog, "04-kettle.md"), join(blog, "04-tea.md"));
  teach(job, "Nobody came.", "second lesson");
}

test("What is saved and taught while a run is paused costs it no step, and is learned after it.", async () => {
  const job = prepareJob({ epochs: 4, checkpointMs: 1e9 });
  const undisturbed = { ...job, storePath: `${job.storePath}-2` };
  teach(job, "It was adequate.", "first lesson");
  teach(undisturbed, "It was adequate.", "first lesson");
  await learnFor(undisturbed);
  const [alone] = contents(undisturbed).versions;

  await learnFor(job, { messages: 15 });
  const { step, steps } = unfinishedRun(job)!.state.progress;
  expect(step / steps).toBeGreaterThan(0.3);
  expect(step / steps).toBeLessThan(0.8);
  writeOn(job);
  const heard = await learnFor(job);
  expect(heard).toContainEqual({ kind: "resumed", step, steps });
  const { versions, runs, names, labels, isLocked } = contents(job);
  expect(runs).toEqual(["done", "done"]);
  expect(isLocked).toBe(false);
  const [later, first] = versions;
  expect(first).toEqual(alone);
  expect(Buffer.from(later!["tone"]!).toString()).toContain(textHash("Nobody came."));
  expect(names).toHaveLength(14);
  expect(names).toEqual(expect.arrayContaining(["new.md", "04-tea.md"]));
  expect(names).not.toContain("03-boat.md");
  expect(labels).toBe(14);
});

/** A run that was paused in its first steps. */
const preparePaused = preparedOnce(async (folder) => {
  const job = prepareJob({ epochs: 4 }, folder);
  await learnFor(job, { messages: 6 });
  return job;
});

test("A run that is killed and goes on is running, so that nobody takes it for paused.", async () => {
  const job = await preparePaused();
  expect(unfinishedRun(job)?.state.kind).toBe("paused");
  const kinds: (string | undefined)[] = [];
  const emit = ({ kind }: FromLearner) => {
    if (kind === "found") kinds.push(unfinishedRun(job)?.state.kind);
  };
  await learn(job, { emit, clock: Date.now, onPace: () => undefined });
  expect(kinds[0]).toBe("running");
});

test("A run whose text was erased meanwhile is given up.", async () => {
  const job = await preparePaused();
  rmSync(join(job.folders[0]!, "03-boat.md"));
  {
    using store = openStore(job.storePath);
    store.documents.remove(store.writers.named(job.writer)!.id, join(job.folders[0]!, "03-boat.md"));
  }
  const heard = await learnFor(job);
  expect(heard.map(({ kind }) => kind)).not.toContain("resumed");
  expect(contents(job)).toMatchObject({ runs: ["done", "cancelled"], isLocked: false });
});

test.each([
  ["seed", (job: LearningJob) => ({ ...job, options: { ...job.options, seed: 2 } })],
  [
    "model",
    (job: LearningJob) => {
      writeTinyModel(job.modelPath, { metadata: { made: "anew" } });
      return job;
    },
  ],
])("A run that began with another %s is given up.", async (_, other) => {
  const job = await preparePaused();
  const heard = await learnFor(other(job));
  expect(heard.map(({ kind }) => kind)).not.toContain("resumed");
  expect(contents(job).runs).toEqual(["done", "cancelled"]);
});

test("A run with text that was left out meanwhile is given up, and the text goes at once.", async () => {
  const job = await preparePaused();
  const heard = await learnFor({ ...job, corpus: { exclude: ["03-*"] } });
  expect(heard.map(({ kind }) => kind)).not.toContain("resumed");
  const { runs, names } = contents(job);
  expect(runs).toEqual(["done", "cancelled"]);
  expect(names).toHaveLength(13);
  expect(names).not.toContain("03-boat.md");
});

test("An edit that is undone after learning was cut short leaves no vectors and labels missing.", async () => {
  const job = prepareJob();
  await learnFor(job);
  const before = counts(job);
  const path = join(job.folders[0]!, "02-river.md");
  const text = readFileSync(path, "utf8");
  writeFileSync(path, `${text}\nAnd so it was.\n`);
  await learnFor(job, { messages: 1, how: "cancel" });
  writeFileSync(path, text);
  await learnFor(job);
  expect(counts(job)).toEqual(before);
});

function counts({ storePath, writer }: LearningJob) {
  using store = openStore(storePath);
  const { id } = store.writers.named(writer)!;
  const { baseModelId: modelId } = store.profileVersions.active(id)!;
  const maker = { modelId, profileVersion: undefined };
  return {
    documents: store.vectors.list(id, maker, "document").length,
    passages: store.vectors.list(id, maker, "passage").length,
    labels: store.labels.list(id).length,
  };
}
