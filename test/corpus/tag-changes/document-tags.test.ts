import fc from "fast-check";
import { expect, test } from "vitest";
import { formatOf } from "../../../src/corpus/formats/formats.ts";
import {
  addDocumentTags,
  documentTags,
  editDocumentTags,
} from "../../../src/corpus/tag-changes/document-tags.ts";
import { applyEdits } from "../../../src/front-matter/tags/edit/edit-tags.ts";
import { inEnglish } from "../../../src/said/said.ts";
import { refusalInEnglish } from "../../said/in-english.ts";

test.each([
  ["post.md", "---\ntags:\n  - boats\n---\nText.\n", "---\ntags:\n  - boats\n  - tides\n---\nText.\n"],
  ["post.md", '+++\ntags = ["boats"]\n+++\nText.\n', '+++\ntags = ["boats", "tides"]\n+++\nText.\n'],
  ["note.org", "#+filetags: :boats:\n\nText.\n", "#+filetags: :boats:tides:\n\nText.\n"],
  ["paper.tex", "\\keywords{boats}\n\nText.\n", "\\keywords{boats, tides}\n\nText.\n"],
])("A tag is added to %s as its notation has it, and those that it has stay.", (path, before, after) => {
  const document = { source: before, format: formatOf(path) };
  expect(documentTags(document)).toEqual(["boats"]);
  const editing = addDocumentTags(document, ["tides"], undefined);
  if (editing.kind === "refused") throw new Error(inEnglish(editing.reason));
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
      expect(refusalInEnglish(editing)).toMatchObject({
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
  if (editing.kind === "refused") throw new Error(inEnglish(editing.reason));
  expect(applyEdits(source, editing.edits)).toBe(after);
});

test("A kind of document without a place for tags says where they go by hand.", () => {
  const document = { source: "<p>Text.</p>", format: formatOf("page.html") };
  expect(refusalInEnglish(addDocumentTags(document, ["tides"], undefined))).toMatchObject({
    kind: "refused",
    reason: "Tags are not written into documents of the kind HTML.",
  });
});

const jekyll = "/site/_posts/2020-05-01-tides.md";
const asPost = (source: string, path = jekyll) => ({ source, format: formatOf(path), path });

test.each([
  ["tags: rust async web", ["rust", "async", "web", "oars"], "tags: rust async web oars"],
  ["tags:  rust   async web # mine", ["async", "web"], "tags:  async web # mine"],
  ["tags: rust   async web", ["rust", "web"], "tags: rust web"],
  ["tags: rust async web", ["rust"], "tags: rust"],
  ['categories: "rust async"', ["rust", "async", "c#"], 'categories: "rust async c#"'],
  ['categories: "rust async"', ["async", "Tea"], 'categories: "async Tea"'],
  ["tags: rust async", ["tea"], "tags: tea"],
  ["tags: rust async", ["rust", "async", "black tea"], undefined],
  ["tags: rust async", ["rust", "async", "a: b"], undefined],
])("In a post of Jekyll each word is a tag, and no other byte changes: %s to %j.", (before, tags, after) => {
  const source = (field: string) => `---\r\ntitle:  "A b"\r\n${field}\r\nlayout: post\r\n---\r\nText.\r\n`;
  const editing = editDocumentTags(asPost(source(before)), tags, undefined);
  if (after === undefined) expect(editing.kind).toBe("refused");
  if (editing.kind === "refused") {
    expect(after).toBeUndefined();
    return;
  }
  const edited = applyEdits(source(before), editing.edits);
  expect(edited).toBe(source(after ?? ""));
  expect(documentTags(asPost(edited))).toEqual(tags);
});

test("A tag that is added to words of Jekyll and taken away again leaves every byte.", () => {
  const word = fc.stringMatching(/^[a-z]{1,6}$/);
  fc.assert(
    fc.property(
      fc.uniqueArray(word, { minLength: 3, maxLength: 8 }),
      fc.constantFrom(" ", "  ", "   "),
      fc.constantFrom("\n", "\r\n"),
      ([added = "", ...words], blank, newLine) => {
        const source = ["---", `tags:${blank}${words.join(blank)}`, "x: y", "---", "Text.", ""].join(newLine);
        const tags = documentTags(asPost(source));
        const more = addDocumentTags(asPost(source), [added], undefined);
        if (more.kind === "refused") return;
        const edited = applyEdits(source, more.edits);
        const fewer = editDocumentTags(asPost(edited), tags, undefined);
        expect(fewer.kind === "edits" && applyEdits(edited, fewer.edits)).toBe(source);
      },
    ),
    { numRuns: 200, seed: 36 },
  );
});

test("What Hexo or anybody else may read as one tag stays one.", () => {
  const source = "---\ntags: rust async\n---\nText.\n";
  for (const path of ["/a/source/_posts/2020-05-01-a.md", "/a/_posts/a.md", "/a/2020-05-01-a.md"]) {
    expect(documentTags(asPost(source, path))).toEqual(["rust async"]);
    expect(addDocumentTags(asPost(source, path), ["oars"], undefined).kind).toBe("refused");
  }
});
