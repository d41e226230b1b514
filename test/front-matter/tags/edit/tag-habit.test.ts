import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFrontMatter } from "../../../../src/front-matter/front-matter.ts";
import { applyEdits, editTags } from "../../../../src/front-matter/tags/edit/edit-tags.ts";
import { tagHabitIn, usualHabit } from "../../../../src/front-matter/tags/edit/tag-habit.ts";
import { tagsIn } from "../../../../src/front-matter/tags/tags.ts";
import { inEnglish } from "../../../../src/said/said.ts";
import { tagKey } from "../../../../src/text/tag-key.ts";

const yaml = (...lines: readonly string[]) => ["---", ...lines, "---", "", "Body.", ""].join("\n");
const toml = (...lines: readonly string[]) => ["+++", ...lines, "+++", "Body.", ""].join("\n");

/** A document with tags, as the writer of another one would write them. */
function edited(source: string, tags: readonly string[], example: string): string {
  const editing = editTags(source, { holdsTags: true }, tags, tagHabitIn(example));
  if (editing.kind === "refused") throw new Error(inEnglish(editing.reason));
  return applyEdits(source, editing.edits);
}

describe("A document without tags gets them as the writer's others have them:", () => {
  const untagged = yaml("title: x", "date: 2026-01-01", "draft: true");
  it.each<readonly [string, string, string, string]>([
    [
      "a block list after the date",
      untagged,
      yaml("title: y", "date: 2025-01-01", "tags:", "  - a", "  - b"),
      yaml("title: x", "date: 2026-01-01", "tags:", "  - one", "  - two", "draft: true"),
    ],
    [
      "dashes at the margin, at the end",
      untagged,
      yaml("title: y", "draft: true", "Tags:", "- a"),
      yaml("title: x", "date: 2026-01-01", "draft: true", "Tags:", "- one", "- two"),
    ],
    [
      "another field, quoted, before the title",
      untagged,
      yaml('categories: ["a","b"]', "title: y"),
      yaml('categories: ["one","two"]', "title: x", "date: 2026-01-01", "draft: true"),
    ],
    [
      "a padded list",
      untagged,
      yaml("title: y", "tags: [ a, b ]"),
      yaml("title: x", "tags: [ one, two ]", "date: 2026-01-01", "draft: true"),
    ],
    [
      "a text with commas",
      untagged,
      yaml("title: y", "keywords: a, b"),
      yaml("title: x", "keywords: one, two", "date: 2026-01-01", "draft: true"),
    ],
    [
      "after a field of several lines and its comment",
      yaml("title: x", "summary: >", "  long", "  text", "# the rest", "draft: true"),
      yaml("summary: y", "tags:", "  - a"),
      yaml(
        "title: x",
        "summary: >",
        "  long",
        "  text",
        "tags:",
        "  - one",
        "  - two",
        "# the rest",
        "draft: true",
      ),
    ],
    [
      "no front matter at all",
      "Body.\n",
      yaml("title: y", "tags:", "  - a"),
      "---\ntags:\n  - one\n  - two\n---\n\nBody.\n",
    ],
    ["TOML at the top", "Body.\n", toml("tags = ['a']"), "+++\ntags = ['one', 'two']\n+++\n\nBody.\n"],
    [
      "in TOML after the date",
      toml('title = "x"', "date = 2026-01-01", "[extra]", "a = 1"),
      toml('title = "y"', "date = 2025-01-01", 'tags = [ "a" ]'),
      toml('title = "x"', "date = 2026-01-01", 'tags = [ "one", "two" ]', "[extra]", "a = 1"),
    ],
    [
      "a field that is there and empty, as a block list",
      yaml("title: x", "tags:", "draft: true"),
      yaml("tags:", "  - a"),
      yaml("title: x", "tags:", "  - one", "  - two", "draft: true"),
    ],
    [
      "as usual where the other is of another format",
      untagged,
      toml("tags = ['a']"),
      yaml("title: x", "tags: [one, two]", "date: 2026-01-01", "draft: true"),
    ],
  ])("%s", (_, source, example, expected) => {
    expect(edited(source, ["one", "two"], example)).toBe(expected);
  });

  it("a tag that the habit cannot hold is written in another way.", () => {
    const example = yaml("keywords: a, b");
    expect(edited(yaml("title: x"), ["one, two", "three"], example)).toContain(
      'keywords: ["one, two", three]',
    );
  });

  it("whatever the tags and the habit, these tags are read back, and the body stays.", () => {
    const examples = [
      yaml("tags:", "- a"),
      yaml("tags: ['a', b]"),
      yaml("keywords: a; b"),
      yaml('category: "a, b"'),
      toml("tags = ['a']"),
    ];
    const tag = fc
      .string({ minLength: 1 })
      .filter((text) => tagsIn(new Map([["tags", [text]]])).length === 1);
    fc.assert(
      fc.property(
        fc.array(tag, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(...examples),
        (tags, example) => {
          for (const source of [yaml("title: x"), toml('title = "x"'), "Body.\n"]) {
            const editing = editTags(source, { holdsTags: true }, tags, tagHabitIn(example));
            if (editing.kind === "refused") continue;
            const after = applyEdits(source, editing.edits);
            const wished = tagsIn(new Map([["tags", tags]])).map(tagKey);
            expect(tagsIn(readFrontMatter(after)?.fields ?? new Map()).map(tagKey)).toEqual(wished);
            expect(after.endsWith("Body.\n")).toBe(true);
          }
        },
      ),
    );
  });
});

describe("The habit", () => {
  it("is that of most documents, as the newest of them shows it.", () => {
    const habits = [
      yaml("tags: [a, b]"),
      yaml("title: x", "tags:", "- a"),
      yaml("title: x", "tags:", "  - a"),
    ].flatMap((source) => tagHabitIn(source) ?? []);
    expect(usualHabit(habits)).toMatchObject({ shape: "block", dashes: "- ", before: ["title"] });
  });

  it("is not shown by a document without tags, or whose tags stand in a table.", () => {
    expect(
      [yaml("title: x"), yaml("tags: []"), "Body.", toml("[taxonomies]", "tags = ['a']")].map(tagHabitIn),
    ).toEqual([undefined, undefined, undefined, undefined]);
  });
});
