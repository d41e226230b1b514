import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { tagTree } from "../../../src/editor/writer/tag-tree.ts";
import { sections, stateNodes, type WriterNode, writerRow } from "../../../src/editor/writer/writer-nodes.ts";
import type { KnownWriter } from "../../../src/protocol/learning-status.ts";
import type { WriterReport } from "../../../src/protocol/writer-report.ts";
import { untranslated as t } from "../../../src/words/translate.ts";

const gate = { open: true, reason: "it helps" };
const writer: KnownWriter = {
  name: "Ada",
  folders: ["/blog"],
  documents: 12,
  words: 900,
  tags: 2,
  lessons: 3,
  versions: 2,
  learnedMs: Date.UTC(2026, 10, 24, 12),
  gates: { tone: { ...gate, open: false }, tags: gate, masking: gate },
};
const lesson = {
  id: "1",
  writer: "Ada",
  taughtMs: Date.UTC(2026, 10, 25, 12),
  about: "They were disgraceful.\nI ate $(trash) the lot.",
  says: { kind: "tone", valence: 1 },
  path: "/blog/mussels.md",
} as const;
const version = { kind: "version", writer: "Ada", version: "v", createdMs: Date.UTC(2026, 10, 24) } as const;

const nodes: readonly WriterNode[] = [
  { kind: "writer", writer },
  ...sections.map((section): WriterNode => ({ kind: "section", section, writer })),
  { kind: "fact", text: "Tags: good.", icon: "info" },
  { kind: "fact", text: "42 %", icon: "sync", action: "pause" },
  { kind: "fact", text: "paused", icon: "debug-pause", action: "resume" },
  { kind: "source", folder: "/blog" },
  { kind: "tag", writer: "Ada", branch: tagTree([{ tag: "boats", documents: 3 }])[0]! },
  { kind: "document", document: { path: "/blog/mussels.md", title: "The punctual", dateMs: 0 } },
  { kind: "word", word: "perhaps", times: 4.2, documents: 7 },
  { kind: "lesson", lesson },
  { ...version, isActive: true, canBeUsed: true },
  { ...version, isActive: false, canBeUsed: true },
  { ...version, isActive: false, canBeUsed: false },
];

describe("Rows of the tree of writers", () => {
  test("have a name, an icon of the editor's own and words for screen readers.", () => {
    for (const node of nodes) {
      const row = writerRow(node, t);
      expect(row.label).not.toBe("");
      expect(row.icon).toMatch(/^[a-z-]+$/);
      expect(row.spoken).toContain(row.label);
    }
  });

  test("are those that the menus of the manifest ask for.", () => {
    const manifest = readFileSync(join(import.meta.dirname, "../../../package.json"), "utf8");
    const asked = [...manifest.matchAll(/viewItem == ([\w.]+)/g)].map(([, value]) => value);
    const rows = new Set(nodes.map((node) => writerRow(node, t).contextValue));
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((value) => !rows.has(value!))).toEqual([]);
  });

  test("show text of documents as text, in one line.", () => {
    const { label, opens, description } = writerRow({ kind: "lesson", lesson }, t);
    expect(label).toBe("They were disgraceful. I ate $ (trash) the lot.");
    expect(description).toContain("positive for you");
    expect(opens).toBe("/blog/mussels.md");
  });

  test("say the first sentence, and all of it aloud and where the mouse rests.", () => {
    const row = writerRow(
      { kind: "fact", text: "Tone: not yet yours. Answers are missing.", icon: "info" },
      t,
    );
    expect(row).toMatchObject({ label: "Tone: not yet yours.", tooltip: row.spoken });
    expect(row.spoken).toBe("Tone: not yet yours. Answers are missing.");
  });

  test("offer no way back to the version in use, nor to one of a former base model.", () => {
    const values = nodes.slice(-3).map((node) => writerRow(node, t).contextValue);
    expect(values).toEqual(["version", "version.other", "version"]);
  });
});

describe("What was learned, in the tree", () => {
  const report = {
    writer,
    toneAnswers: { said: 3, wanted: 12 },
    heldOut: {
      tags: { documents: 9, idiolect: { recallAt5: 0.8 }, mostFrequent: { recallAt5: 0.3 } },
    },
  } as unknown as WriterReport;
  const texts = (...parts: Parameters<typeof stateNodes>) =>
    stateNodes(...parts).map((node) => (node.kind === "fact" ? node.text : node.kind));

  test("is a sentence for tags and one for tone, and what is new since.", () => {
    const since = { added: 2, changed: 0, gone: 0, lessons: 0 };
    const told = texts({ kind: "idle", writers: [{ ...writer, since }] }, report, "Ada", t);
    expect(told).toHaveLength(3);
    expect(told[0]).toBe("Tags: good.");
    expect(told[1]).toContain("after 9 more answers");
    expect(told[2]).toContain("2 new");
  });

  test("is followed by how far learning is, with pause or resume, of the writer who is learned.", () => {
    const learning = {
      kind: "learning",
      writer: "Ada",
      stage: "tags",
      fraction: 0.42,
      hasTags: true,
    } as const;
    expect(stateNodes(learning, undefined, "Ada", t)).toEqual([
      { kind: "fact", text: "Idiolect: 42 %", icon: "sync", action: "pause" },
    ]);
    expect(stateNodes(learning, undefined, "Grace", t)).toEqual([]);
    const paused = { kind: "paused", writer: "Ada", fraction: 0.42, reason: "paused" } as const;
    expect(stateNodes(paused, undefined, "Ada", t)).toMatchObject([{ action: "resume" }]);
  });
});

describe("Tags in a tree", () => {
  test("lie below those above them, which need not be used themselves.", () => {
    const tags = [
      { tag: "boats", documents: 5 },
      { tag: "Boats/oars", documents: 2 },
      { tag: "water/tides/neap", documents: 1 },
      { tag: "and/", documents: 1 },
    ];
    expect(tagTree(tags)).toEqual([
      {
        tag: "boats",
        name: "boats",
        documents: 5,
        children: [{ tag: "Boats/oars", name: "oars", documents: 2, children: [] }],
      },
      {
        tag: "water",
        name: "water",
        documents: 0,
        children: [
          {
            tag: "water/tides",
            name: "tides",
            documents: 0,
            children: [{ tag: "water/tides/neap", name: "neap", documents: 1, children: [] }],
          },
        ],
      },
      { tag: "and/", name: "and/", documents: 1, children: [] },
    ]);
  });
});
