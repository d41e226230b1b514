import { beforeEach, expect, test, vi } from "vitest";
import { type LessonItem, lessonChoices, lessonItems } from "../../../src/editor/teaching/lesson-items.ts";
import { myLessons } from "../../../src/editor/teaching/my-lessons.ts";
import type { KeptLesson, LessonRevision } from "../../../src/protocol/lessons.ts";
import { requests } from "../../../src/protocol/requests.ts";
import { untranslated as english } from "../../../src/words/translate.ts";
import type { QuickPick } from "../vscode/quick-pick.ts";
import { stage } from "../vscode/stage.ts";

const taughtMs = new Date(2026, 10, 3, 12).getTime();
const sentence: KeptLesson = {
  id: "1",
  writer: "Ada",
  taughtMs,
  about: "$(x) An adequate night.",
  says: { kind: "tone", valence: 0.5 },
  path: "/blog/a.md",
};
const tag: KeptLesson = { id: "2", writer: "Ada", taughtMs, about: "tides", says: { kind: "notThisTag" } };

let kept: KeptLesson[];
const revisions: LessonRevision[] = [];
const server = {
  send: async (request: { readonly method: string }, revision: LessonRevision) => {
    if (request.method === requests.lessons.method) {
      return kept;
    }
    revisions.push(revision);
    kept = kept.flatMap((lesson) => {
      if (lesson.id !== revision.id) return [lesson];
      return revision.says === undefined ? [] : [{ ...lesson, says: revision.says }];
    });
    return {};
  },
};
const run = () =>
  myLessons({ server, log: {}, undoItem: { hide: () => undefined } } as unknown as Parameters<
    typeof myLessons
  >[0]);

async function shownList(count: number): Promise<QuickPick<LessonItem>> {
  await vi.waitFor(() => expect(stage.list?.isShown === true && stage.list.items.length).toBe(count));
  return stage.list as QuickPick<LessonItem>;
}

beforeEach(() => {
  stage.clear();
  kept = [sentence, tag];
  revisions.length = 0;
});

test("The list says of each lesson what was taught, of what, when and where, and makes no icon of a text.", () => {
  expect(lessonItems([sentence, { ...tag, writer: "Bob" }], english)).toMatchObject([
    {
      label: "$(add) $ (x) An adequate night.",
      description: "positive for you · 2026-11-03 · Ada",
      detail: "/blog/a.md",
    },
    { label: "$(thumbsdown) tides", description: "not this tag · 2026-11-03 · Bob" },
  ]);
});

test("A lesson can become what it does not say already, or go.", () => {
  expect(lessonChoices(sentence, english).map(({ says }) => says)).toEqual([
    { kind: "tone", valence: 0 },
    { kind: "tone", valence: -1 },
    undefined,
  ]);
  expect(lessonChoices(tag, english).map(({ says }) => says)).toEqual([{ kind: "thisTag" }, undefined]);
});

test("What is picked is changed, and the list comes again until it is left.", async () => {
  stage.answerPick = ([, second]) => second;
  const done = run();
  const list = await shownList(2);
  list.pick(({ lesson }) => lesson.id === "1");
  list.accept();
  await vi.waitFor(() => expect(stage.list).not.toBe(list));
  (await shownList(2)).hide();
  await done;
  expect(revisions).toEqual([{ id: "1", says: { kind: "tone", valence: -1 } }]);
});

test("The bin takes a lesson back at once; with the last one gone it is said how to teach.", async () => {
  const done = run();
  const list = await shownList(2);
  list.press(list.items[0]!, undefined);
  await vi.waitFor(() => expect(revisions).toEqual([{ id: "1" }]));
  expect(list.items.map(({ lesson }) => lesson.id)).toEqual(["2"]);
  list.hide();
  await done;
  kept = [];
  await run();
  expect(stage.messages.at(-1)).toMatch(/^You have not taught anything yet\. Rest the mouse on a sentence/);
});
