import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatOf } from "../../../../src/corpus/formats/formats.ts";
import { readFrontMatter } from "../../../../src/front-matter/front-matter.ts";
import { applyEdits, editTags } from "../../../../src/front-matter/tags/edit/edit-tags.ts";
import { tagsIn } from "../../../../src/front-matter/tags/tags.ts";
import { inEnglish } from "../../../../src/said/said.ts";
import { tagKey } from "../../../../src/text/tag-key.ts";
import { refusalInEnglish } from "../../../said/in-english.ts";

function edited(source: string, tags: readonly string[], path = "a.md"): string {
  const editing = editTags(source, formatOf(path), tags);
  if (editing.kind === "refused") throw new Error(inEnglish(editing.reason));
  return applyEdits(source, editing.edits);
}

function yaml(...lines: readonly string[]): string {
  return ["---", ...lines, "---", "", "Body.", ""].join("\n");
}

function toml(...lines: readonly string[]): string {
  return ["+++", ...lines, "+++", "Body.", ""].join("\n");
}

describe("tags are written in the document's own notation", () => {
  it.each<readonly [string, string, readonly string[], string]>([
    ["a flow list", yaml("tags: [a, b]", "c: d"), ["a", "b", "x"], yaml("tags: [a, b, x]", "c: d")],
    ["no blanks", yaml("tags: [a,b]"), ["x", "b"], yaml("tags: [x,b]")],
    ["double marks", yaml('tags: ["a", "b"]'), ["a", "b", "x"], yaml('tags: ["a", "b", "x"]')],
    ["single marks", yaml("tags: ['a', 'b']"), ["b", "it's"], yaml("tags: ['b', 'it''s']")],
    ["a comma at the end", yaml("tags: [a, b,] # c"), ["b"], yaml("tags: [b,] # c")],
    ["a comma that stays at the end", yaml("tags: [a, b,] # c"), ["a"], yaml("tags: [a,] # c")],
    ["its comma on the last line", yaml("tags: [", "  a,", "  b,", "]"), ["a"], yaml("tags: [", "  a,", "]")],
    ["two spellings in a new order", yaml("tags: [a, b, A]"), ["b", "a"], yaml("tags: [b, a]")],
    ["a new order", yaml("tags: [a, 'b', c]"), ["c", "'b'", "a"], yaml("tags: [c, 'b', a]")],
    ["an empty flow list", yaml("tags: []"), ["a", "b"], yaml("tags: [a, b]")],
    ["a padded list", yaml("tags: [ ]"), ["a"], yaml("tags: [ a ]")],
    ["an emptied list", yaml("tags: [a, b]"), [], yaml("tags: []")],
    [
      "a list over lines",
      yaml("tags: [", "  a, # one", "  b # two", "]"),
      ["a", "b", "x"],
      yaml("tags: [", "  a, # one", "  b, # two", "  x", "]"),
    ],
    ["its last line", yaml("tags: [", "  a,", "  b", "]"), ["a"], yaml("tags: [", "  a", "]")],
    [
      "an indented block list",
      yaml("tags: # t", "  - a # one", "  # between", "  - b", "z: 1"),
      ["b", "x"],
      yaml("tags: # t", "  # between", "  - b", "  - x", "z: 1"),
    ],
    [
      "dashes at the margin",
      yaml("tag:", "-   a", "z: 1"),
      ["new", "a"],
      yaml("tag:", "-   new", "-   a", "z: 1"),
    ],
    ["a list of other tags", yaml("tags:", "- a", "- b"), ["x"], yaml("tags:", "- x")],
    ["an emptied block list", yaml("tags:", "- a", "- b", "z: 1"), [], yaml("tags: []", "z: 1")],
    ["a comma text", yaml("tags: a, b c"), ["a", "b c", "C#"], yaml("tags: a, b c, C#")],
    ["a comma text too odd for YAML", yaml("tags: a, b"), ["a", "x: y"], yaml('tags: "a, x: y"')],
    ["a quoted comma text", yaml("tags: 'a,b'"), ["a", "b", "it's"], yaml("tags: 'a,b,it''s'")],
    ["a semicolon text", yaml("keywords: a; b"), ["b", "x"], yaml("keywords: b; x")],
    ["one tag for another", yaml("tags: a"), ["b"], yaml("tags: b")],
    ["one tag that becomes two", yaml("tag: a # c"), ["a", "b"], yaml("tag: [a, b] # c")],
    ["an empty value", yaml("Tags: ", "title: x"), ["a"], yaml("Tags: [a]", "title: x")],
    ["empty marks", yaml('tags: ""'), ["a"], yaml("tags: [a]")],
    [
      "tags and categories",
      yaml("categories: [b]", "tags: [a]"),
      ["a", "b", "x"],
      yaml("categories: [b]", "tags: [a, x]"),
    ],
    ["categories alone", yaml("Categories:", "  - a"), ["a", "x"], yaml("Categories:", "  - a", "  - x")],
    [
      "a category alone",
      yaml("title: x", "category: a"),
      ["a", "x"],
      yaml("title: x", "tags: [x]", "category: a"),
    ],
    [
      "a category that says where",
      yaml("title: x", "category: Front Page"),
      ["a"],
      yaml("title: x", "tags: [a]", "category: Front Page"),
    ],
    [
      "tables",
      yaml("tags:", "  - name: Rust", "    slug: rust", "  - name: C"),
      ["C"],
      yaml("tags:", "  - name: C"),
    ],
    [
      "a new field",
      yaml("title: x", "date: y"),
      ["a", "1.10", "-b"],
      yaml("title: x", 'tags: [a, "1.10", "-b"]', "date: y"),
    ],
    [
      "a new field after a long title",
      yaml("title: >", "  x", "  y", "z: 1"),
      ["a"],
      yaml("title: >", "  x", "  y", "tags: [a]", "z: 1"),
    ],
    ["empty front matter", "---\n---\nBody.", ["a"], "---\ntags: [a]\n---\nBody."],
    ["no front matter", "\uFEFFBody.\r\nMore.", ["a"], "\uFEFF---\r\ntags: [a]\r\n---\r\n\r\nBody.\r\nMore."],
    [
      "TOML",
      toml('title="x"', 'tags=["a", "b"]'),
      ["b", 'say "x"'],
      toml('title="x"', 'tags=["b", "say \\"x\\""]'),
    ],
    ["literal TOML", toml("tags = [ 'a' ]"), ["a", "b"], toml("tags = [ 'a', 'b' ]")],
    [
      "TOML over lines",
      toml("tags = [", '  "a", # one', '  "b",', "]"),
      ["a", "x"],
      toml("tags = [", '  "a", # one', '  "x",', "]"),
    ],
    [
      "TOML taxonomies without tags",
      toml('title = "x"', "[taxonomies] # t", "[extra]", 'k = """', "tags = [", '"""'),
      ["a"],
      toml('title = "x"', "[taxonomies] # t", 'tags = ["a"]', "[extra]", 'k = """', "tags = [", '"""'),
    ],
    ["a dotted key", toml('taxonomies.tags = ["a"]'), ["a", "b"], toml('taxonomies.tags = ["a", "b"]')],
    ["an inline table", toml('taxonomies = { tags = ["a"] }'), ["b"], toml('taxonomies = { tags = ["b"] }')],
    [
      "TOML without tags",
      toml('title="x"', "[extra]", "a = 1"),
      ["a"],
      toml('title="x"', 'tags=["a"]', "[extra]", "a = 1"),
    ],
  ])("%s", (_what, source, tags, expected) => {
    expect(edited(source, tags)).toBe(expected);
    expect(edited(source.replaceAll(/(?<!\r)\n/g, "\r\n"), tags)).toBe(
      expected.replaceAll(/(?<!\r)\n/g, "\r\n"),
    );
  });

  it.each([
    ["broken front matter, by its line", yaml("a: 1", "title: x: y", "tags: [a]"), ["b"], "a.md", "line 3"],
    ["a block that never closes", "---\ntags: [a]\n\nBody.", ["b"], "a.md", "never closes"],
    ["plain text", "Body.", ["a"], "a.txt", "Plain text"],
    ["a comma in a comma text", yaml("tags: a, b"), ["a", "b", "x, y"], "a.md", "two tags"],
    ["two fields of one name", yaml("tags: [a]", "Tags: [b]"), ["x"], "a.md", "appears twice"],
    ["hashtags behind the colon", yaml("tags: #a #b"), ["a", "b", "x"], "a.md", "a comment"],
    ["an alias", yaml("k: &k [a]", "tags: *k"), ["x"], "a.md", "alias"],
    ["a list of lists", yaml("tags: [[a, b]]"), ["x"], "a.md", "lists in a list"],
    ["words among tables", yaml("tags:", "  - name: Rust"), ["rust", "x"], "a.md", "tables"],
    ["endless front matter", yaml(`tags: [${"a, ".repeat(20_000)}b]`), ["b"], "a.md", "too long"],
    ["a table called tags", toml("[tags]"), ["x"], "a.md", "cannot be written"],
    [
      "an empty text before keywords",
      yaml('tags: ""', "keywords: [a]"),
      ["a", "x"],
      "a.md",
      "cannot be written",
    ],
    ["a placeholder alone", yaml("tags: <% tp.file.tags %>"), ["x"], "a.md", "template's placeholder"],
    ["a placeholder without quotation marks", yaml("tags: {{tag}}"), ["x"], "a.md", "broken in line 2"],
    ["JSON that is broken", '{ "title": "A day", }\n\nBody.\n', ["x"], "a.md", "JSON that begins here"],
    ["JSON that does not end", '{ "title": "A day"\n\nBody.\n', ["x"], "a.md", "never closes"],
    ["Hexo's JSON", '"title": "A day"\n;;;\nBody.\n', ["x"], "a.md", "cannot be added"],
    ["Pandoc's title block", "% A day\n% Ann Crane\n\nBody.\n", ["x"], "a.md", "does not write"],
    ["control characters", yaml("tags: [a]"), ["a\u0000b"], "a.md", "control character"],
  ])("but %s is refused with the reason", (_what, source, tags, path, reason) => {
    expect(refusalInEnglish(editTags(source, formatOf(path), tags))).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining(reason),
      advice: expect.stringMatching(/\.$/),
    });
  });

  it("also into an empty document", () => {
    expect(edited("", ["a"])).toBe("---\ntags: [a]\n---\n");
  });

  it("and what is there already is not touched", () => {
    const source = yaml("tags:   [ a,b ,  'c']");
    expect(editTags(source, formatOf("a.md"), ["A", "b", "c"])).toEqual({ kind: "edits", edits: [] });
  });
});

describe("whatever the notation", () => {
  const tag = fc
    .oneof(
      fc.stringMatching(/^[\p{L}\p{N}][\p{L}\p{N} .+#&'_-]{0,12}$/u),
      fc.constantFrom(
        "yes",
        "1.10",
        "2020-01-01",
        "-x",
        "@home",
        "a: b",
        "C#",
        "x #y",
        "null",
        "~",
        "*",
        "Ü",
        "it's",
        "[x]",
        '"q',
        "a\\b",
      ),
    )
    .filter((text) => tagKey(text) !== "");
  const tags = fc
    .uniqueArray(tag, { maxLength: 5, selector: tagKey })
    .map((list) => [...tagsIn(new Map([["tags", list]]))]);
  const quoted = (list: readonly string[]) => list.map((item) => JSON.stringify(item));
  const single = (list: readonly string[]) => list.map((item) => `'${item.replaceAll("'", "''")}'`);
  const notations: readonly ((list: readonly string[]) => readonly string[])[] = [
    (list) => [`tags: [${quoted(list).join(", ")}]`],
    (list) => [`tags: [${single(list).join(",")},]`.replace("[,]", "[]")],
    (list) => ["Tags: [", ...quoted(list).map((item) => `    ${item}, # why`), "  ]"],
    (list) => ["tag:", ...quoted(list).map((item) => `  - ${item}`)],
    (list) => ["tags : # list", ...single(list).flatMap((item) => [`- ${item} # x`, "# y"])],
    (list) => [`keywords: [ ${single(list).join(" , ")} ]`],
    () => ["title: no tags"],
  ];
  const others = fc.subarray([
    "title: One",
    "date: 2020-01-01",
    "# note",
    "  # deep",
    "aliases: [a, b]",
    'q: "tags: [x]"',
    "text: |\n  tags: [no]\n",
  ]);
  const newLine = fc.constantFrom("\n", "\r\n");

  it("YAML then holds exactly the wished tags, and all its other lines", () => {
    fc.assert(
      fc.property(
        tags,
        tags,
        fc.constantFrom(...notations),
        others,
        others,
        newLine,
        (before, after, spell, above, below, eol) => {
          const unique = below.filter((line) => !above.includes(line));
          const first = above.filter((line) => !line.startsWith("  "));
          const lines = [...first, ...spell(before), ...unique];
          const source = yaml(...lines).replaceAll("\n", eol);
          fc.pre(readFrontMatter(source)?.fault === undefined);
          const kept = before.slice(1);
          for (const wished of [after, kept, [...kept, ...after], after.toReversed()])
            expectWish(source, wished, [...first, ...unique]);
        },
      ),
      { numRuns: 150 },
    );
  });

  const tomlNotations: readonly ((list: readonly string[]) => readonly string[])[] = [
    (list) => [`tags = ${JSON.stringify(list)}`],
    (list) => ["[taxonomies]", "tags=[ # t", ...quoted(list).map((item) => `  ${item} ,`), "]", "c = ['x]']"],
    (list) => ["[extra]", `"Tags" = [${quoted(list).join(" , ")}]`],
    () => ["[taxonomies]", "series = ['x']"],
  ];

  it("TOML then holds exactly the wished tags", () => {
    fc.assert(
      fc.property(tags, tags, fc.constantFrom(...tomlNotations), newLine, (before, after, spell, eol) => {
        const above = ['title = "x # y"', "when = 2020-01-01", "nested = [[1, 2], ['a]']]"];
        const source = toml(...above, ...spell(before)).replaceAll("\n", eol);
        for (const wished of [after, before.slice(1), [...before, ...after]])
          expectWish(source, wished, above);
      }),
      { numRuns: 150 },
    );
  });

  function expectWish(source: string, wished: readonly string[], lines: readonly string[]): void {
    const text = edited(source, wished);
    const frontMatter = readFrontMatter(text);
    const unique = [...new Set(wished.map(tagKey))];
    expect(tagsIn(frontMatter?.fields ?? new Map()).map(tagKey)).toEqual(unique);
    for (const line of lines)
      expect(text).toContain(line.replaceAll("\n", source.includes("\r\n") ? "\r\n" : "\n"));
    expect(text.endsWith(source.slice(readFrontMatter(source)!.end))).toBe(true);
  }
});

describe("tags are written where other notations have them", () => {
  const half = (...lines: readonly string[]) => `${lines.join("\n")}\n---\nI rowed.\n`;

  it.each([
    ["null", yaml("tags: null # none"), ["x"], yaml("tags: [x] # none")],
    ["a tilde", yaml("tags: ~", "a: b"), ["x", "z"], yaml("tags: [x, z]", "a: b")],
    ["a tilde among others", yaml("tags: [~, a]"), ["a", "x"], yaml("tags: [~, a, x]")],
    ["a placeholder among others", yaml('tags: ["{{tag}}", a]'), ["a", "x"], yaml('tags: ["{{tag}}", a, x]')],
    ["YAML's key of merging", yaml("tags: [a]"), ["a", "<<"], yaml('tags: [a, "<<"]')],
    [
      "half a fence",
      half("title: A day", "tags:", "- a"),
      ["a", "x"],
      half("title: A day", "tags:", "- a", "- x"),
    ],
    [
      "half a fence without tags",
      half("title: A day", "date: 2013-01-01"),
      ["x"],
      half("title: A day", "tags: [x]", "date: 2013-01-01"),
    ],
    ["a list of JSON", '{\n  "tags": ["a"]\n}\n', ["a", 'x"'], '{\n  "tags": ["a", "x\\""]\n}\n'],
    ["an empty list of JSON", '{"tags":[]}\n', ["x"], '{"tags":["x"]}\n'],
    ["a text of JSON", '{ "tags": "a" }\n', ["a", "x"], '{ "tags": ["a", "x"] }\n'],
    ["null of JSON", '{ "tags": null }\n', ["x"], '{ "tags": ["x"] }\n'],
    [
      "JSON without tags",
      '{\r\n\t"title": "A",\r\n\t"draft": true\r\n}\r\n',
      ["x"],
      '{\r\n\t"title": "A",\r\n\t"tags": ["x"],\r\n\t"draft": true\r\n}\r\n',
    ],
    ["JSON in one line", '{ "date": "2013" }\n', ["x"], '{ "date": "2013", "tags": ["x"] }\n'],
  ])("such as %s", (_what, source, tags, expected) => {
    expect(edited(source, tags)).toBe(expected);
  });
});
