import { beforeEach, expect, test, vi } from "vitest";
import { contextKeys } from "../../../src/editor/command-names.ts";
import { useWord } from "../../../src/editor/words/use-word.ts";
import type { WordSuggestions } from "../../../src/protocol/word-suggestions.ts";
import type { QuickPick } from "../vscode/quick-pick.ts";
import { openDocument, stage } from "../vscode/stage.ts";

const range = { start: { line: 0, character: 4 }, end: { line: 0, character: 9 } };
const suggested: WordSuggestions = {
  kind: "suggested",
  range,
  version: 1,
  text: "river",
  own: [
    {
      word: "ferry",
      share: 0.2,
      generalShare: 0.01,
      uses: 41,
      passages: [{ text: "The $(alert) ferry.", path: "/b/a.md" }],
    },
  ],
  general: [
    { word: "Ferry", share: 0.01 },
    { word: "road", share: 0.3 },
  ],
};
let answer: WordSuggestions;
const asked: unknown[] = [];
const server = {
  send: async (_: unknown, parameters: unknown) => {
    asked.push(parameters);
    return answer;
  },
};
const run = () => useWord({ server } as unknown as Parameters<typeof useWord>[0]);
type Item = { readonly label: string; readonly word?: string };

async function listShown(): Promise<QuickPick<Item>> {
  await vi.waitFor(() => expect(stage.list?.isShown).toBe(true));
  return stage.list as QuickPick<Item>;
}

beforeEach(() => {
  stage.clear();
  stage.active = openDocument("/blog/a.md");
  stage.selection = range;
  asked.length = 0;
  answer = suggested;
});

test("The writer's own words come before those of anybody, none twice, and the chosen one is written.", async () => {
  const done = run();
  const list = await listShown();
  expect(asked).toEqual([{ uri: "file:///blog/a.md", range, limit: 8 }]);
  expect(list.title).toBe("Words I would use for “river”");
  expect(list.items.map(({ label }) => label)).toEqual(["ferry", "In general", "road"]);
  expect(list.items[0]).toMatchObject({
    description: "you 20 %, in general 1 %; you wrote it 41 times",
    detail: "“The $ (alert) ferry.” (a.md)",
  });
  list.pick(({ word }) => word === "ferry");
  list.accept();
  await done;
  expect(stage.edits).toMatchObject([{ text: "ferry", range }]);
});

test("Tab takes a word only while the list is there.", async () => {
  const done = run();
  const list = await listShown();
  const keys = () =>
    stage.executed.filter(([name, key]) => name === "setContext" && key === contextKeys.choosingWord);
  expect(keys().map(([, , value]) => value)).toEqual([true]);
  list.hide();
  await done;
  expect(keys().map(([, , value]) => value)).toEqual([true, false]);
  expect(stage.edits).toEqual([]);
});

test("A closed gate is said where the words would be, without its figures.", async () => {
  const { own: _, ...rest } = suggested;
  answer = { ...rest, closed: "no proven gain; loss −0.045 [−0.192, +0.049] nats" };
  const done = run();
  const list = await listShown();
  expect(list.placeholder).toBe("Words in general. Yours not yet: no proven gain");
  list.hide();
  await done;
});

test("A document that changed meanwhile is not written to.", async () => {
  const done = run();
  const list = await listShown();
  (stage.active as { version: number }).version = 2;
  list.pick(({ word }) => word === "ferry");
  list.accept();
  await expect(done).rejects.toThrow("has changed in the meantime");
  expect(stage.edits).toEqual([]);
});

test("Where there is no sentence, a message says so.", async () => {
  answer = { kind: "none", reason: "there is no sentence of yours here" };
  await run();
  expect(stage.messages).toEqual(["No words are suggested: there is no sentence of yours here."]);
});
