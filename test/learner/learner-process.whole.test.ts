import { expect, test } from "vitest";
import { LearnerDiedError, LearningFailedError } from "../../src/learner/errors.ts";
import { LearnerProcess } from "../../src/learner/learner-process.ts";
import type { FromLearner } from "../../src/protocol/learner.ts";
import { prepareJob, unfinishedRun } from "./prepare-job.ts";

test("A learner process learns a small blog and tells how far it is.", async () => {
  const heard: FromLearner[] = [];
  const end = await new LearnerProcess(prepareJob(), (message) => heard.push(message)).ended;
  expect(end).toMatchObject({
    kind: "done",
    outcome: { writer: "Anna", documents: 14, tags: 7, learned: { skipped: false } },
  });
  const fractions = heard.flatMap((message) => (message.kind === "progress" ? [message.fraction] : []));
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  expect(fractions.at(-1)).toBeCloseTo(1, 1);
  expect(heard.some((message) => message.kind === "progress" && message.secondsLeft !== undefined)).toBe(
    true,
  );
});

test("A learner whose parent goes away writes a checkpoint and ends.", async () => {
  const job = prepareJob({ epochs: 50 });
  const learner = new LearnerProcess(job, ({ kind }) => {
    if (kind === "epoch") {
      learner.disconnect();
    }
  });
  await expect(learner.ended).rejects.toThrow();
  expect(unfinishedRun(job)?.state).toMatchObject({ kind: "paused" });
});

test("A second learner on the same store is refused while the first lives.", async () => {
  const job = prepareJob({ epochs: 50 });
  let second: Promise<unknown> | undefined;
  const first = new LearnerProcess(job, ({ kind }) => {
    if (kind === "found") {
      second = new LearnerProcess(job).ended.catch((cause: unknown) => cause).finally(() => first.pause());
    }
  });
  expect(await first.ended).toMatchObject({ kind: "paused" });
  expect(await second).toBeInstanceOf(LearningFailedError);
  expect(await second).toMatchObject({ kind: "LearnerBusyError" });
});

test("What is told to a learner that has just died is lost; that it died is what is said of it.", async () => {
  const learner = new LearnerProcess(prepareJob({ epochs: 50 }), ({ kind }) => {
    if (kind === "found") {
      learner.kill();
      standStill(300);
      learner.setPace({ cpuPercent: 50, isUserActive: true });
    }
  });
  await expect(learner.ended).rejects.toThrow(LearnerDiedError);
});

/** Waits without letting anything in, so that this process still takes the pipe to the dead one for open. */
function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
