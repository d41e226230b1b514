import { expect, test } from "vitest";
import { LearningStopped } from "../../src/learner/errors.ts";
import { Pace } from "../../src/learner/pace.ts";

test("A pace without a ceiling never rests.", async () => {
  let nowMs = 0;
  const pace = new Pace({ tokensPerRun: 512, cpuPercent: 100, beat: () => undefined, clock: () => nowMs });
  nowMs = 1e9;
  await pace.breathe();
  expect(nowMs).toBe(1e9);
});

test("At 50 % it rests as long as it worked.", async () => {
  const pace = new Pace({
    tokensPerRun: 512,
    cpuPercent: 50,
    beat: () => undefined,
    clock: performance.now.bind(performance),
  });
  const startMs = performance.now();
  while (performance.now() - startMs < 30);
  await pace.breathe();
  expect(performance.now() - startMs).toBeGreaterThanOrEqual(58);
});

test("A stop ends the work at the next breath; the first to ask decides how.", async () => {
  const pace = new Pace({ tokensPerRun: 512, cpuPercent: 1, beat: () => undefined, clock: Date.now });
  pace.stop("pause", "first");
  pace.stop("cancel", "second");
  await expect(pace.breathe()).rejects.toEqual(new LearningStopped("pause", "first"));
});

test("Each breath gives a sign of life, and what that throws ends the work.", async () => {
  const lost = new Error("lost");
  const beat = () => {
    throw lost;
  };
  const pace = new Pace({ tokensPerRun: 512, cpuPercent: 100, beat, clock: Date.now });
  await expect(pace.breathe()).rejects.toBe(lost);
});

test("Runs are shorter while the user is at work, and shorter still where they take long.", async () => {
  let nowMs = 0;
  const pace = new Pace({ tokensPerRun: 512, cpuPercent: 100, beat: () => undefined, clock: () => nowMs });
  expect(pace.tokensPerRun).toBe(512);
  pace.follow({ cpuPercent: 100, isUserActive: true });
  expect(pace.tokensPerRun).toBe(256);
  nowMs += 200;
  await pace.breathe();
  expect(pace.tokensPerRun).toBe(128);
  nowMs += 100;
  await pace.breathe();
  expect(pace.tokensPerRun).toBe(128);
  // What was found out stays, though the user is told to be at work once more.
  pace.follow({ cpuPercent: 50, isUserActive: true });
  expect(pace.tokensPerRun).toBe(128);
  pace.follow({ cpuPercent: 100, isUserActive: false });
  expect(pace.tokensPerRun).toBe(512);
});

test("Runs that were cut because memory ran out stay short, and say so.", () => {
  const pace = new Pace({ tokensPerRun: 512, cpuPercent: 100, beat: () => undefined, clock: () => 0 });
  expect(pace.sparedTokensPerRun).toBeUndefined();
  pace.shortenForGood();
  expect([pace.tokensPerRun, pace.sparedTokensPerRun]).toEqual([128, 128]);
  pace.follow({ cpuPercent: 100, isUserActive: true });
  expect([pace.tokensPerRun, pace.sparedTokensPerRun]).toEqual([128, 128]);
});

test("A ceiling that is lifted on the way no longer makes it rest.", async () => {
  let nowMs = 0;
  const pace = new Pace({ tokensPerRun: 512, cpuPercent: 1, beat: () => undefined, clock: () => nowMs });
  pace.follow({ cpuPercent: 100, isUserActive: false });
  nowMs = 1e9;
  await pace.breathe();
  expect(nowMs).toBe(1e9);
});
