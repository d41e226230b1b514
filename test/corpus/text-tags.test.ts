import { describe, expect, it } from "vitest";
import { parseDocument } from "../../src/corpus/parse-document.ts";
import { withoutHashtags } from "../../src/corpus/text-tags.ts";

function tagsOf(source: string, path = "/notes/a.md") {
  const parsed = parseDocument({ path, bytes: new TextEncoder().encode(source), modifiedMs: 0 });
  if (parsed.kind === "failure") throw parsed.failure;
  const { tags, tagKeys, hashtags, spacedTags } = parsed.document;
  expect(tagKeys).toHaveLength(tags.length);
  return { tags, hashtags, spacedTags };
}

describe("Hashtags of a document are", () => {
  it.each([
    ["in its sentences", "I rowed home. #boats #river/north\n", ["boats", "river/north"]],
    ["in a list", "- I rowed home. #boats\n    - The oars are new. #oars\n", ["boats", "oars"]],
    ["on lines of their own", "I rowed home.\n\n#boats #🚣\n\n- #🌱\n", ["boats", "🚣", "🌱"]],
    ["of several words", "I rowed #[[the long way]] home.\n", ["the long way"]],
    ["each once", "I rowed home. #Boats and #boats\n", ["Boats"]],
    ["none that the front matter has", "---\ntags: [boats]\n---\nI rowed home. #Boats #oars\n", ["oars"]],
    ["behind a sign that opens no HTML", "I rowed where x <y and the #boats lie.\n", ["boats"]],
    ["behind code that names a comment", "I wrote `<!--` of #boats here.\n", ["boats"]],
    ["in a list of tasks", "- [ ] I row home. #boats\n", ["boats"]],
    [
      "in cells of a table",
      "I rowed.\n\n| a | #oars |\n|---|---|\n| *new #boats* | b |\n|#river|`x #y`|\n",
      ["oars", "boats", "river"],
    ],
    ["in rows without a line of dashes", "I rowed.\n\n| a | #oars |\n| b | [#boats](c) |\n", ["oars"]],
    ["in HTML", "<div>\nI rowed home. #boats\n</div>\n", ["boats"]],
    ["beside code", "I wrote `#if` of #boats here.\n", ["boats"]],
  ])("%s", (_what, source, hashtags) => {
    expect(tagsOf(source).hashtags).toEqual(hashtags);
  });

  it.each([
    ["a heading", "## About #boats\n\nI rowed home.\n"],
    ["code", "I wrote `use #boats` today.\n"],
    ["a fence", "I rowed home.\n\n```c\n#include\n#define BOATS\n```\n"],
    ["indented code", "I rowed home.\n\n    #include\n"],
    ["a link", "I rowed [to #boats](https://example.org/#river) home.\n"],
    ["a wiki link", "I rowed to [[Harbour #boats]] today.\n"],
    ["an address", "See https://example.org/a/#boats for more of it.\n"],
    ["a colour", "I painted it #a1b2c3 and #fff in the end.\n"],
    ["an issue", "I mended #12 and #13-14 this week.\n"],
    ["a language", "I wrote it in C# and F# at first.\n"],
    ["HTML", 'I rowed <span style="color: #fade; top: #boats">home</span> again.\n'],
    ["a sign that is written out", "I rowed \\#boats and &#35;boats home.\n"],
    ["a formula", "I rowed home.\n\n$$\n#boats = x_1\n$$\n"],
    ["a comment of Obsidian", "I rowed %% #boats %% home.\n"],
    ["a comment", "I rowed home.\n\n<!--\n#boats\n-->\n"],
    ["a quotation", "I rowed home.\n\n> She said: #boats are nice.\n"],
    ["code in a table", "I rowed home.\n\n| a | b |\n|---|---|\n| `use #boats` | [#c](b) |\n"],
  ])("none in %s", (_what, source) => {
    expect(tagsOf(source).hashtags).toEqual([]);
  });

  it("none in plain text, which has no place for tags", () => {
    expect(
      tagsOf("I rowed home today, and it rained. #boats\nIt was cold.\n", "/notes/a.txt").hashtags,
    ).toEqual([]);
  });
});

it("Logseq's properties are tags.", () => {
  const source = "tags:: boats, [[the long way]], #oars\n\n- I rowed home today.\n  tags:: #[[far off]]\n";
  expect(tagsOf(source)).toMatchObject({
    tags: ["boats", "the long way", "oars", "far off"],
    hashtags: [],
  });
});

it.each([
  ["tags: boats oars", ["boats oars"]],
  ["categories: 'boats oars'", ["boats oars"]],
  ["tags: boats, long oars", []],
  ["tags: [boats oars]", []],
  ["tag: boats oars", []],
  ["tags: boats", []],
])("Of '%s' what may be several tags is %j.", (field, spaced) => {
  expect(tagsOf(`---\n${field}\n---\nI rowed home.\n`).spacedTags).toEqual(spaced);
});

it("A text without its hashtags has its other words.", () => {
  expect(withoutHashtags("I rowed. #Boats #oars #[[the long way]]!", ["boats", "the long way"])).toBe(
    "I rowed.  #oars !",
  );
});
