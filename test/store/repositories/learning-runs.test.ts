import { expect, test } from "vitest";
import { StoreChecksumError, StoreMissingError } from "../../../src/store/errors.ts";
import type { Checkpoint } from "../../../src/store/repositories/learning-runs.ts";
import { openTemporaryStore, sampleProgress } from "../temporary-store.ts";

function checkpoint(step: number): Checkpoint {
  return { step, resume: { epoch: 1, random: [step] }, blobs: { prompt: Uint8Array.of(step) } };
}

test("A run goes on from its newest checkpoint, and only the newest two are kept.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  const run = store.learningRuns.start(writer.id, { seed: 1 }, sampleProgress);
  expect(store.learningRuns.newestCheckpoint(run.id)).toBeUndefined();
  for (const step of [10, 20, 30]) {
    store.learningRuns.saveCheckpoint(run.id, checkpoint(step), { ...sampleProgress, step });
  }
  expect(store.learningRuns.newestCheckpoint(run.id)).toEqual(checkpoint(30));
  store.database.run("UPDATE checkpoint_blobs SET content = x'ff' WHERE content = x'1e'");
  expect(store.learningRuns.newestCheckpoint(run.id)).toEqual(checkpoint(20));
  store.database.run("UPDATE checkpoint_blobs SET content = x'ff'");
  expect(() => store.learningRuns.newestCheckpoint(run.id)).toThrow(StoreChecksumError);
});

test("Running and paused runs are unfinished; done, cancelled and failed ones are not.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  const run = store.learningRuns.start(writer.id, {}, sampleProgress);
  expect(store.learningRuns.unfinished(writer.id)).toEqual(run);
  store.learningRuns.setState(run.id, { kind: "paused", progress: sampleProgress, reason: "battery" });
  expect(store.learningRuns.unfinished(writer.id)?.state.kind).toBe("paused");
  store.learningRuns.setState(run.id, { kind: "failed", progress: sampleProgress, message: "disk full" });
  expect(store.learningRuns.unfinished(writer.id)).toBeUndefined();
  store.learningRuns.setState(run.id, { kind: "done", progress: sampleProgress });
  expect(store.learningRuns.list(writer.id).map(({ state }) => state.kind)).toEqual(["done"]);
});

test("A cancelled run drops its checkpoints, and so does a new run with those of earlier ones.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  const first = store.learningRuns.start(writer.id, {}, sampleProgress);
  store.learningRuns.saveCheckpoint(first.id, checkpoint(1), sampleProgress);
  store.learningRuns.setState(first.id, { kind: "cancelled", progress: sampleProgress });
  expect(store.learningRuns.newestCheckpoint(first.id)).toBeUndefined();
  const second = store.learningRuns.start(writer.id, {}, sampleProgress);
  store.learningRuns.saveCheckpoint(second.id, checkpoint(1), sampleProgress);
  const third = store.learningRuns.start(writer.id, {}, sampleProgress);
  expect(store.learningRuns.newestCheckpoint(second.id)).toBeUndefined();
  expect(store.learningRuns.unfinished(writer.id)?.id).toBe(third.id);
});

test("A checkpoint for a run that was erased meanwhile is refused and leaves nothing.", () => {
  const store = openTemporaryStore();
  expect(() => store.learningRuns.saveCheckpoint("gone", checkpoint(1), sampleProgress)).toThrow(
    StoreMissingError,
  );
});
