import { describe, expect, test } from "vitest";
import { parsedTags } from "../../../src/corpus/tag-changes/rename-in-folder.ts";
import { allTags, renamedTag, renameTags, tagAt } from "../../../src/corpus/tag-changes/rename-tags.ts";
import { applyEdits } from "../../../src/front-matter/tags/edit/edit-tags.ts";
import { inEnglish } from "../../../src/said/said.ts";
import { refusalInEnglish } from "../../said/in-english.ts";

function renamed(source: string, from: string, to: string, path = "post.md"): string {
  const editing = renameTags(parsedTags(source, path, true), { from, to });
  if (editing.kind === "refused") throw new Error(inEnglish(editing.reason));
  return applyEdits(source, editing.edits);
}

const post = (...lines: readonly string[]) => ["---", ...lines, "---", "", "Text.", ""].join("\n");

describe("Renaming a tag in a document", () => {
  test.each([
    ["a flow list", post("tags: [one, boats, two] # mine"), post("tags: [one, ships, two] # mine")],
    ["quotation marks", post("tags: ['one', \"Boats\"]"), post("tags: ['one', \"ships\"]")],
    [
      "a block list",
      post("tags:", "  - one", "  - boats # old", "  - two"),
      post("tags:", "  - one", "  - ships # old", "  - two"),
    ],
    ["a text with commas", post("tags: one, boats,two"), post("tags: one, ships,two")],
    [
      "the field where it stands",
      post("tags: [one]", "categories: [boats]"),
      post("tags: [one]", "categories: [ships]"),
    ],
    ["TOML", '+++\ntags = ["one", "boats"]\n+++\nText.\n', '+++\ntags = ["one", "ships"]\n+++\nText.\n'],
    [
      "Zola's table",
      '+++\n[taxonomies]\ntags = ["boats"]\n+++\nText.\n',
      '+++\n[taxonomies]\ntags = ["ships"]\n+++\nText.\n',
    ],
    [
      "JSON",
      '{\n  "title": "A",\n  "tags": ["boats", "one"]\n}\n\nText.\n',
      '{\n  "title": "A",\n  "tags": ["ships", "one"]\n}\n\nText.\n',
    ],
    [
      "line ends of Windows",
      "---\r\ntags: [boats]\r\n---\r\nText #boats.\r\n",
      "---\r\ntags: [ships]\r\n---\r\nText #ships.\r\n",
    ],
  ])("keeps its place and the notation: %s.", (_, before, after) => {
    expect(renamed(before, "boats", "ships")).toBe(after);
  });

  test.each([
    ["note.org", "#+filetags: :one:boats:two:\n\nText.\n", "#+filetags: :one:ships:two:\n\nText.\n"],
    ["paper.tex", "\\keywords{one, boats}\n\nText.\n", "\\keywords{one, ships}\n\nText.\n"],
  ])("works in a notation's own field: %s.", (path, before, after) => {
    expect(renamed(before, "boats", "ships", path)).toBe(after);
  });

  test("takes those below it along, and leaves those that only begin like it.", () => {
    const before = post("tags: [boats, Boats/Oars, boatswain, sail/boats]");
    expect(renamed(before, "boats", "craft/ships")).toBe(
      post("tags: [craft/ships, craft/ships/Oars, boatswain, sail/boats]"),
    );
  });

  test("of a lower level leaves those above it.", () => {
    expect(renamed(post("tags: [boats, boats/oars]"), "boats/oars", "oars")).toBe(
      post("tags: [boats, oars]"),
    );
  });

  test("into one that stands there already leaves one of the two.", () => {
    expect(renamed(post("tags: [one, boats, Ships]"), "boats", "ships")).toBe(post("tags: [one, Ships]"));
    expect(renamed(post("tags: [boats/oars, ships/oars, boats]"), "boats", "ships")).toBe(
      post("tags: [ships/oars, ships]"),
    );
    expect(renamed(post("tags:", "- boats", "- ships", "title: A"), "boats", "ships")).toBe(
      post("tags:", "- ships", "title: A"),
    );
  });

  test("changes hashtags of the text, but not headings, code, links and words.", () => {
    const text = "A day #boats and #boats/oars, boats.\n\n# boats\n\n`#boats` [a](#boats) <!-- #boats -->\n";
    expect(renamed(text, "boats", "ships")).toBe(
      "A day #ships and #ships/oars, boats.\n\n# boats\n\n`#boats` [a](#boats) <!-- #boats -->\n",
    );
  });

  test("finds hashtags of a tag of several words, however they are written, and writes them in the text's way.", () => {
    expect(renamed("On #free-software here.\n", "free software", "open source")).toBe(
      "On #open-source here.\n",
    );
    expect(renamed("On #FreeSoftware here.\n", "free software", "open source")).toBe(
      "On #OpenSource here.\n",
    );
    expect(renamed("On #[[free software]] here.\n", "free software", "open source")).toBe(
      "On #[[open source]] here.\n",
    );
  });

  test("changes properties of Logseq.", () => {
    expect(renamed("tags:: boats, [[boats/oars]], #boats\n\nText.\n", "boats", "ships")).toBe(
      "tags:: ships, [[ships/oars]], #ships\n\nText.\n",
    );
  });

  test("changes properties further down, and leaves one of two that become the same at the top.", () => {
    expect(renamed("Text.\n\n- tags:: [[boats]]\n", "boats", "ships")).toBe("Text.\n\n- tags:: [[ships]]\n");
    expect(renamed("tags:: boats, ships\n\nText.\n", "boats", "ships")).toBe("tags:: ships\n\nText.\n");
  });

  test("leaves a document without it as it is.", () => {
    expect(renamed(post("title: boats", "tags: [one]"), "boats", "ships")).toBe(
      post("title: boats", "tags: [one]"),
    );
  });

  test("changes only capitals where that is wanted.", () => {
    expect(renamed(post("tags: [Boats, one]"), "boats", "boats")).toBe(post("tags: [boats, one]"));
  });

  test.each([
    ["broken front matter", '---\ntags: [boats]\ntitle: "A\n---\nText.\n', "ships", /broken in line/],
    ["a hashtag that cannot hold it", "On #boats here.\n", "C++", /cannot be written where '#boats' stands/],
    ["a text that would be split", post("tags: one, boats"), "a, b", /cannot be written/],
    ["tables", post("tags: [{ name: boats }]"), "ships", /cannot be written/],
  ])("refuses %s.", (_, source, to, reason) => {
    expect(
      refusalInEnglish(renameTags(parsedTags(source, "post.md", true), { from: "boats", to })),
    ).toMatchObject({
      kind: "refused",
      reason: expect.stringMatching(reason),
    });
  });

  test("leaves hashtags alone where they are no tags.", () => {
    const source = "A day #boats.\n";
    expect(renameTags(parsedTags(source, "post.md", false), { from: "boats", to: "ships" })).toEqual({
      kind: "edits",
      edits: [],
    });
  });
});

test("Levels of a tag are names between slashes.", () => {
  expect(renamedTag("a/b/c", { from: "a/b", to: "x" })).toBe("x/c");
  expect(renamedTag("A/B", { from: "a", to: "x/y" })).toBe("x/y/B");
  expect(renamedTag("ab", { from: "a", to: "x" })).toBeUndefined();
});

test("The tag at a place is told with what stands for it alone.", () => {
  const source = '---\ntags: [one, "two three"]\n---\nA day #boats.\n';
  const document = parsedTags(source, "post.md", true);
  expect(allTags(document)).toEqual(["one", "two three", "boats"]);
  const at = (text: string) => {
    const found = tagAt(document, source.indexOf(text) + 1);
    return found && [found.tag, source.slice(found.start, found.end)];
  };
  expect(at("one")).toEqual(["one", "one"]);
  expect(at("two three")).toEqual(["two three", "two three"]);
  expect(at("#boats")).toEqual(["boats", "#boats"]);
  expect(at("day")).toBeUndefined();
});
