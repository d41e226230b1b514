import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LearningStatus } from "../../../src/protocol/learning-status.ts";
import { StatusAnnouncer } from "../../../src/server/learning/status-announcer.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const masking = (fraction: number): LearningStatus => ({
  kind: "learning",
  writer: "Anna",
  stage: "masking",
  fraction,
  hasTags: true,
});

test("Numbers are told twice a second at most, the last of them for certain.", () => {
  const told: LearningStatus[] = [];
  const announcer = new StatusAnnouncer((status) => told.push(status));
  for (let step = 1; step <= 10; step++) {
    announcer.announce(masking(step / 100));
    vi.advanceTimersByTime(100);
  }
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([masking(0.01), masking(0.05), masking(0.1)]);
});

test("A new kind of state is told at once, and the same state once.", () => {
  const told: LearningStatus[] = [];
  const announcer = new StatusAnnouncer((status) => told.push(status));
  announcer.announce(masking(0.5));
  announcer.announce({ kind: "unlearned" });
  announcer.announce({ kind: "unlearned" });
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([masking(0.5), { kind: "unlearned" }]);
});

test("What the editor was answered is not announced to it again.", () => {
  const told: LearningStatus[] = [];
  const announcer = new StatusAnnouncer((status) => told.push(status));
  announcer.noteAnswered({ kind: "unlearned" });
  announcer.announce({ kind: "unlearned" });
  expect(told).toEqual([]);
});
