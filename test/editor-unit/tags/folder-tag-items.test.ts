import { expect, test } from "vitest";
import {
  chosenByDocument,
  describeLeft,
  type FolderDocument,
  folderTagItems,
} from "../../../src/editor/tags/folder-tag-items.ts";
import { untranslated } from "../../../src/words/translate.ts";

const tag = (name: string, score: number) => ({
  tag: name,
  score,
  reasons: [`says ${name}`],
  present: false,
});
const documents: readonly FolderDocument[] = [
  {
    path: "/blog/a.md",
    name: "a.md",
    missing: {
      kind: "suggested",
      writer: "Anna",
      present: ["boats"],
      tags: [tag("tides", 0.8), tag("tea", 0.3)],
    },
  },
  { path: "/blog/b.md", name: "b.md", missing: { kind: "suggested", writer: "Anna", present: [], tags: [] } },
  {
    path: "/blog/c.md",
    name: "c.md",
    missing: { kind: "refused", reason: "It is broken.", advice: "Mend it." },
  },
];

test("A document that lacks tags heads them, and likely ones are chosen to begin with.", () => {
  expect(folderTagItems(documents, untranslated)).toEqual([
    { kind: "document", label: "a.md" },
    expect.objectContaining({
      label: "tides",
      description: "80 %, beside boats",
      detail: "says tides",
      isLikely: true,
    }),
    expect.objectContaining({ label: "tea", description: "30 %, beside boats", isLikely: false }),
  ]);
});

test("Tags that were never used stand apart below the others, and none is chosen to begin with.", () => {
  const [first] = documents;
  const tags = [tag("tides", 0.8), { ...tag("zeppelin", 0.9), isNew: true } as const];
  const missing = { kind: "suggested", writer: "Anna", present: [], tags } as const;
  expect(folderTagItems([{ ...first!, missing }], untranslated)).toEqual([
    { kind: "document", label: "a.md" },
    expect.objectContaining({ label: "tides", isLikely: true }),
    { kind: "document", label: "a.md: never used before, named in the text" },
    expect.objectContaining({ label: "zeppelin", description: "90 %, no tags so far", isLikely: false }),
  ]);
});

test("What is chosen goes to its document.", () => {
  const chosen = [
    { path: "/blog/a.md", tag: "tides" },
    { path: "/blog/b.md", tag: "tea" },
    { path: "/blog/a.md", tag: "tea" },
  ];
  expect([...chosenByDocument(chosen)]).toEqual([
    ["/blog/a.md", ["tides", "tea"]],
    ["/blog/b.md", ["tea"]],
  ]);
});

test("Documents that cannot get tags are told of with the reason.", () => {
  expect(describeLeft(documents, untranslated)).toBe(
    "One document cannot get tags by itself. c.md: It is broken. Mend it.",
  );
  expect(describeLeft(documents.slice(0, 2), untranslated)).toBeUndefined();
});
