import { expect, test } from "vitest";
import { formatOf } from "../../../src/corpus/formats/formats.ts";
import { addDocumentTags, documentTags } from "../../../src/corpus/tag-changes/document-tags.ts";
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

test("A kind of document without a place for tags says where they go by hand.", () => {
  const document = { source: "<p>Text.</p>", format: formatOf("page.html") };
  expect(addDocumentTags(document, ["tides"], undefined)).toMatchObject({
    kind: "refused",
    reason: "Tags are not written into documents of the kind HTML.",
  });
});
