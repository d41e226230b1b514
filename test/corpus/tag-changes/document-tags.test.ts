import { expect, test } from "vitest";
import { formatOf } from "../../../src/corpus/formats/formats.ts";
import {
  addDocumentTags,
  documentTags,
  editDocumentTags,
} from "../../../src/corpus/tag-changes/document-tags.ts";
import { applyEdits } from "../../../src/front-matter/tags/edit/edit-tags.ts";

test.each([
  ["post.md", "---\ntags:\n  - boats\n---\nText.\n", "---\ntags:\n  - boats\n  - tides\n---\nText.\n"],
  ["post.md", '+++\ntags = ["boats"]\n+++\nText.\n', '+++\ntags = ["boats", "tides"]\n+++\nText.\n'],
  ["note.org", "#+filetags: :boats:\n\nText.\n", "#+filetags: :boats:tides:\n\nText.\n"],
  ["paper.tex", "\\keywords{boats}\n\nText.\n", "\\keywords{boats, tides}\n\nText.\n"],
])("A tag is added to %s as its notation has it, and those that it has stay.", (path, before, after) => {
  const document = { source: before, format: formatOf(path) };
  expect(documentTags(document)).toEqual(["boats"]);
  const editing = addDocumentTags(document, ["tides"], undefined);
  if (editing.kind === "refused") throw new Error(editing.reason);
  expect(applyEdits(before, editing.edits)).toBe(after);
});

test.each([
  ["post.md", "---\ntags: boats tides\n---\nText.\n"],
  ["post.md", '---\ncategories: "boats tides"\n---\nText.\n'],
  ["post.md", "---\nlayout: post\ntags: boats tides\ncategory: sea\n---\nText.\n"],
  ["post.md", "Title: Sea\nTags: boats tides\n\nText.\n"],
  ["page.rst", ":tags: boats tides\n\nText.\n"],
])(
  "Beside words that may be one tag or several none is put, whoever asks for it: %s (%#).",
  (path, source) => {
    const document = { source, format: formatOf(path) };
    const tags = documentTags(document);
    expect(tags).toContain("boats tides");
    for (const editing of [
      addDocumentTags(document, ["oars"], undefined),
      editDocumentTags(document, [...tags, "oars"], undefined),
    ])
      expect(editing).toMatchObject({
        kind: "refused",
        reason: "The tags stand as words with blanks between them, which may be one tag or several.",
      });
  },
);

test.each([
  [
    "in another field",
    "---\ncategories: boats tides\ntags: [sea]\n---\n",
    ["boats tides", "sea", "oars"],
    "---\ncategories: boats tides\ntags: [sea, oars]\n---\n",
  ],
  ["in their place", "---\ntags: boats tides\n---\n", ["oars"], "---\ntags: oars\n---\n"],
  [
    "in Org, whose notation they are",
    "#+filetags: boats tides\n",
    ["boats", "tides", "oars"],
    "#+filetags: boats tides oars\n",
  ],
])("A tag is put %s.", (where, source, tags, after) => {
  const document = { source, format: formatOf(where.includes("Org") ? "note.org" : "post.md") };
  const editing = editDocumentTags(document, tags, undefined);
  if (editing.kind === "refused") throw new Error(editing.reason);
  expect(applyEdits(source, editing.edits)).toBe(after);
});

test("A kind of document without a place for tags says where they go by hand.", () => {
  const document = { source: "<p>Text.</p>", format: formatOf("page.html") };
  expect(addDocumentTags(document, ["tides"], undefined)).toMatchObject({
    kind: "refused",
    reason: "Tags are not written into documents of the kind HTML.",
  });
});
