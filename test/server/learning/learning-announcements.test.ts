import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LearningStatus } from "../../../src/protocol/learning-status.ts";
import { said } from "../../../src/said/said.ts";
import { LearningNotices, StatusAnnouncer } from "../../../src/server/learning/learning-announcements.ts";

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

test("That learning waits, and that it goes on, is told at once.", () => {
  const told: LearningStatus[] = [];
  const announcer = new StatusAnnouncer((status) => told.push(status));
  const waiting = { ...masking(0.5), waits: { for: "mains" } } as const;
  for (const status of [masking(0.5), waiting, masking(0.5)]) announcer.announce(status);
  expect(told).toEqual([masking(0.5), waiting, masking(0.5)]);
});

test("What the editor was answered is not announced to it again.", () => {
  const told: LearningStatus[] = [];
  const announcer = new StatusAnnouncer((status) => told.push(status));
  announcer.noteAnswered({ kind: "unlearned" });
  announcer.announce({ kind: "unlearned" });
  expect(told).toEqual([]);
});

const progress = { kind: "progress", stage: "masking", fraction: 0 } as const;
const remark = (number: number) =>
  ({ kind: "notice", message: said("{0}.md is broken.", String(number)), advice: said("Mend it.") }) as const;

test("One remark is shown as it is.", () => {
  const shown: unknown[] = [];
  const notices = new LearningNotices(
    (notice) => shown.push(notice),
    () => undefined,
  );
  notices.hear(remark(1));
  notices.hear(progress);
  notices.hear(progress);
  expect(shown).toMatchObject([{ message: "1.md is broken.", advice: "Mend it." }]);
});

test("Of hundreds the user is told their number, and the log has each.", () => {
  const shown: unknown[] = [];
  const logged: string[] = [];
  const notices = new LearningNotices(
    (notice) => shown.push(notice),
    (line) => logged.push(line),
  );
  for (let number = 0; number < 300; number++) {
    notices.hear(remark(number));
  }
  notices.hear(progress);
  expect(shown).toMatchObject([{ message: expect.stringContaining("300 remarks") }]);
  expect(logged).toHaveLength(300);
});
