import { expect, test } from "vitest";
import {
  everTrainedOn,
  isUntaught,
  type LearnedDocuments,
  nameDocument,
  parseLearnedDocuments,
  recognise,
} from "../../src/profile/learned-documents.ts";

const document = (path: string, ...sentences: readonly string[]) => ({ path, sentences });

const learned: LearnedDocuments = {
  version: 1,
  options: "o",
  documents: [
    nameDocument(document("a.md", "The river rose."), "trains"),
    nameDocument(document("b.md", "Nobody came."), "proves"),
  ],
};

const statesOf = (...present: readonly ReturnType<typeof document>[]) =>
  recognise(learned, present).documents.map(({ state, isHeldOut }) => [state, isHeldOut]);

test("A document is known by its text, wherever it lies now.", () => {
  expect(statesOf(document("a.md", "The river rose."), document("moved/b.md", "Nobody  came."))).toEqual([
    ["known", false],
    ["known", true],
  ]);
});

test("A text in the place of another one is still the text that it was.", () => {
  expect(statesOf(document("a.md", "Nobody came."))).toEqual([["known", true]]);
  expect(statesOf(document("b.md", "The river rose."))).toEqual([["known", false]]);
});

test("An edited document keeps its side: what was held out stays held out.", () => {
  const found = recognise(learned, [document("b.md", "Everybody came."), document("c.md", "It is new.")]);
  expect(found.documents.map(({ state, isHeldOut }) => [state, isHeldOut])).toEqual([
    ["edited", true],
    ["new", false],
  ]);
  expect(found.gone).toBe(1);
});

test("A file that was moved or edited is not gone.", () => {
  const present = [document("z.md", "The river rose."), document("b.md", "Nobody came, again.")];
  expect(recognise(learned, present).gone).toBe(0);
});

test("Nothing of a text can be read from what is kept of it.", () => {
  const kept = JSON.stringify(learned);
  expect(kept).not.toMatch(/river|Nobody|a\.md/);
  expect(parseLearnedDocuments(JSON.parse(kept))).toEqual(learned);
});

test("What chose an epoch is held out and proves nothing; so is all that versions of before held out.", () => {
  const chosen = { ...learned, documents: [nameDocument(document("b.md", "Nobody came."), "chooses")] };
  const [found] = recognise(chosen, [document("b.md", "Nobody came.")]).documents;
  expect(found).toMatchObject({ isHeldOut: true, proves: false });
  const former = { version: 1, options: "o", documents: [{ path: "p", text: "t", isHeldOut: true }] };
  expect(parseLearnedDocuments(former)).toEqual(former);
});

test("A text that was ever trained on stays taught, wherever it lies now, and so does what stands in its place.", () => {
  const trained = everTrainedOn([learned, { version: 1, options: "o", documents: [], once: ["abc"] }]);
  expect(trained.has("abc")).toBe(true);
  expect(isUntaught(trained, document("z.md", "The river rose."))).toBe(false);
  expect(isUntaught(trained, document("a.md", "It fell."))).toBe(false);
  expect(isUntaught(trained, document("b.md", "Nobody came."))).toBe(true);
});
