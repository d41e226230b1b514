import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { areStillFitted, nameFittedDocument } from "../../src/tags/fitted-documents.ts";

const note = { title: "Tea", text: "The first flush came late.", tags: ["tea"] };

test("A document is named by its words, its tags and whose idea they were, and not by its place.", () => {
  const name = nameFittedDocument(note);
  const moved = { ...note, id: "elsewhere.md", timeMs: 7 };
  expect(nameFittedDocument(moved)).toBe(name);
  const others = [
    { ...note, title: "Coffee" },
    { ...note, text: "The first flush came early." },
    { ...note, tags: ["tea", "spring"] },
    { ...note, accepted: new Set(["tea"]) },
  ];
  expect(new Set([name, ...others.map(nameFittedDocument)]).size).toBe(5);
  expect(nameFittedDocument({ ...note, accepted: new Set(["b", "a"]) })).toBe(
    nameFittedDocument({ ...note, accepted: new Set(["a", "b"]) }),
  );
});

test("A ranker stays until a twentieth of its documents are others, or gone.", () => {
  const names = Array.from({ length: 300 }, (_, at) => `${at}`);
  const eightNew = [...names, ...Array.from({ length: 8 }, (_, at) => `new ${at}`)];
  expect(areStillFitted(names, names)).toBe(true);
  expect(areStillFitted(names, eightNew)).toBe(true);
  expect(areStillFitted(names, names.slice(15))).toBe(true);
  expect(areStillFitted(names, names.slice(16))).toBe(false);
  expect(areStillFitted(names, [...names.slice(16), ...eightNew.slice(-8)])).toBe(false);
  expect(areStillFitted(names.slice(0, 8), names.slice(0, 9))).toBe(false);
});

test("A ranker of the way of fitting that could run away is fitted anew.", () => {
  const content = JSON.stringify([note.title, note.text, note.tags, []]);
  const before = createHash("sha256").update(content).digest("hex").slice(0, 12);
  expect(areStillFitted([before], [nameFittedDocument(note)])).toBe(false);
});
