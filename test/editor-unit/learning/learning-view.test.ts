import { expect, test } from "vitest";
import { awaitsTags, viewLearning } from "../../../src/editor/learning/learning-view.ts";
import type { LearningStatus, SinceLearned } from "../../../src/protocol/learning-status.ts";
import { untranslated as english } from "../../../src/words/translate.ts";

const learning: LearningStatus = {
  kind: "learning",
  writer: "Ada",
  stage: "masking",
  fraction: 0.418,
  secondsLeft: 400,
  hasTags: true,
};
const { secondsLeft: _, ...early } = learning;

const cases: readonly (readonly [LearningStatus, string, string])[] = [
  [{ kind: "unlearned" }, "$(book) Idiolect: learn your writing", "idiolect.learn"],
  [
    { kind: "readsOnly", reason: "It does not learn here.", advice: "Learn elsewhere." },
    "$(book) Idiolect: reads only",
    "idiolect.explainFailure",
  ],
  [
    { kind: "unopened", reason: "It is locked.", advice: "Unlock it." },
    "$(warning) Idiolect: what it learned cannot be opened",
    "idiolect.explainFailure",
  ],
  [learning, "$(sync~spin) Idiolect: 41 %, 7 min left", "idiolect.pause"],
  [early, "$(sync~spin) Idiolect: 41 %", "idiolect.pause"],
  [
    { ...learning, secondsLeft: 12 },
    "$(sync~spin) Idiolect: 41 %, less than a minute left",
    "idiolect.pause",
  ],
  [
    { ...learning, waits: { for: "hours", untilMs: new Date(2026, 0, 5, 22, 0).getTime() } },
    "$(clock) Idiolect: waits until 22:00",
    "idiolect.pause",
  ],
  [{ ...learning, waits: { for: "mains" } }, "$(plug) Idiolect: waits for mains power", "idiolect.pause"],
  [
    { kind: "paused", writer: "Ada", fraction: 0.5, reason: "paused" },
    "$(debug-pause) Idiolect: paused at 50 %",
    "idiolect.resume",
  ],
  [
    { kind: "elsewhere", processId: 7, hasTags: true },
    "$(book) Idiolect: learning elsewhere",
    "idiolect.showReport",
  ],
  [
    { kind: "failed", writer: "Ada", reason: "No memory.", advice: "Close something." },
    "$(warning) Idiolect: learning failed",
    "idiolect.explainFailure",
  ],
];

test.each(cases)("For %j the item says %j, and a click runs %s.", (status, text, command) => {
  expect(viewLearning(status, english)).toMatchObject({ text, command });
});

test("On a machine that does not learn the item says so in its tooltip, though somebody was learned elsewhere.", () => {
  const readsOnly = { reason: "It does not learn here.", advice: "Learn elsewhere." };
  const idle: LearningStatus = { kind: "idle", writers: [] };
  expect(viewLearning({ ...idle, readsOnly }, english).tooltip).toContain(readsOnly.reason);
  expect(viewLearning(idle, english).tooltip).not.toContain(readsOnly.reason);
});

test("A screen reader hears what the item shows and what a click does, without icons.", () => {
  expect(viewLearning(early, english).spoken).toBe(
    "Idiolect: 41 %. Learning how Ada writes: learning the language. Tags can be suggested already. Click to pause.",
  );
});

test("While it learns, the tooltip says of whom, what is done, and that there are tags.", () => {
  expect(viewLearning(learning, english).tooltip.split("\n")).toEqual([
    "Learning how Ada writes: learning the language.",
    "Tags can be suggested already.",
    "Click to pause.",
  ]);
  const { tooltip } = viewLearning({ ...learning, stage: "voice" }, english);
  expect(tooltip).toContain("Learning how Ada writes: learning how it sounds.");
});

test.each([
  ["paused", "It was asked to pause."],
  ["cut short", "It was cut short, and can go on from where it was."],
] as const)("The tooltip of a pause says why: %s.", (reason, expected) => {
  const { tooltip } = viewLearning({ kind: "paused", writer: "Ada", fraction: 0.5, reason }, english);
  expect(tooltip.split("\n")[1]).toBe(expected);
});

test("When it is done, the tooltip lists the writers.", () => {
  const writer = { name: "Ada", folders: ["/blog"], documents: 1200, words: 345_678, tags: 9 };
  const { tooltip } = viewLearning({ kind: "idle", writers: [writer] }, english);
  expect(tooltip).toContain("Ada: 1,200 documents, 345,678 words");
});

test("What is new since is said, and that it is learned afterwards.", () => {
  const writer = { name: "Ada", folders: ["/blog"], documents: 12, words: 345, tags: 9 };
  const nothing = { added: 0, changed: 0, gone: 0, lessons: 0 };
  const tooltipOf = (status: LearningStatus) => viewLearning(status, english).tooltip;
  const idle = (since: SinceLearned) => tooltipOf({ kind: "idle", writers: [{ ...writer, since }] });
  expect(idle({ added: 2, changed: 1, gone: 3, lessons: 4 })).toContain(
    "Since then: 2 new, 1 changed, 3 gone, 4 taught. Learn again to include it.",
  );
  expect(idle({ ...nothing, changed: 1 })).toContain("Since then: 1 changed.");
  expect(idle(nothing)).not.toContain("Since then");
  const since = { ...nothing, added: 1 };
  const waiting = "Since it began: 1 new. This will be learned afterwards.";
  expect(tooltipOf({ ...learning, since })).toContain(waiting);
  expect(tooltipOf({ kind: "paused", writer: "Ada", fraction: 0.5, reason: "paused", since })).toContain(
    waiting,
  );
});

test("Tags are awaited while this window or another learns and has none yet.", () => {
  expect(awaitsTags({ ...learning, hasTags: false })).toBe(true);
  expect(awaitsTags({ kind: "elsewhere", processId: 7, hasTags: false })).toBe(true);
  expect(awaitsTags(learning)).toBe(false);
  expect(awaitsTags({ kind: "unlearned" })).toBe(false);
  expect(awaitsTags(undefined)).toBe(false);
});
