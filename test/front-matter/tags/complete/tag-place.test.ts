import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatOf } from "../../../../src/corpus/formats/formats.ts";
import { LiveSource } from "../../../../src/corpus/live/live-source.ts";
import { tagPlaceAt, writtenTag } from "../../../../src/front-matter/tags/complete/tag-place.ts";
import { hashtagOf, hashtagStyle } from "../../../../src/front-matter/tags/hashtags/hashtag-style.ts";

/** The place at the mark `|`, with what it would replace. */
function placeAt(marked: string, path = "a.md") {
  const offset = marked.indexOf("|");
  const source = marked.replace("|", "");
  const place = placeIn(source, offset, path);
  return place && { ...place, replaced: source.slice(place.start, place.end) };
}

function placeIn(source: string, offset: number, path = "a.md") {
  const live = new LiveSource(source, path, formatOf(path));
  while (live.advance());
  return tagPlaceAt(source, offset, formatOf(path), (at) => live.takesHashtag(at));
}

const yaml = (...lines: readonly string[]) => ["---", ...lines, "---", "", "Body.", ""].join("\n");
const toml = (...lines: readonly string[]) => ["+++", ...lines, "+++", "", "Body.", ""].join("\n");

describe("a tag is being written", () => {
  it.each<readonly [string, string, object]>([
    ["in an empty list", yaml("tags: [|]"), { context: "flow", prefix: "", replaced: "", present: [] }],
    [
      "in a list",
      yaml("tags: [a, li|n, 'c']"),
      { context: "flow", prefix: "li", replaced: "lin", present: ["a", "c"] },
    ],
    ["after a comma", yaml("tags: [a,|]"), { prefix: "", replaced: "", present: ["a"] }],
    [
      "in a list that is not closed",
      yaml("title: x", "tags: [a, li|"),
      { prefix: "li", replaced: "li", present: ["a"] },
    ],
    ["in marks", yaml('tags: ["a", "fr|ee"]'), { quote: '"', prefix: "fr", replaced: '"free"' }],
    [
      "in a mark that is not closed",
      yaml('tags: ["a", "fr|, "c"]'),
      { quote: '"', prefix: "fr", replaced: '"fr' },
    ],
    ["beside marked ones", yaml("tags: ['a', |]"), { quote: "'", replaced: "" }],
    ["in a list over lines", yaml("tags: [", "  a, # no, no", "  b|", "]"), { prefix: "b", present: ["a"] }],
    [
      "in a new item",
      yaml("tags:", "  - a", "  - |"),
      { context: "block", prefix: "", lead: "", present: ["a"] },
    ],
    ["right after a dash", yaml("tags:", "  - a", "  -|"), { context: "block", lead: " ", replaced: "" }],
    [
      "in an item",
      yaml("tag:", '- "a"', '- "li|n" # c', '- "c"', "z: 1"),
      { quote: '"', prefix: "li", replaced: '"lin"', present: ["a", "c"] },
    ],
    [
      "in an item with blanks",
      yaml("tags:", "- free so|ftware"),
      { prefix: "free so", replaced: "free software" },
    ],
    [
      "in a comma text",
      yaml("tags: a b, li|n, c"),
      { context: "string", prefix: "li", replaced: "lin", present: ["a b", "c"] },
    ],
    [
      "in a marked comma text",
      yaml('keywords: "a, |"'),
      { context: "string", quote: '"', replaced: "", present: ["a"] },
    ],
    ["in a semicolon text", yaml("keywords: a; b|"), { prefix: "b", present: ["a"] }],
    ["where nothing stands yet", yaml("title: x", "tags: |"), { context: "empty", lead: "", replaced: "" }],
    ["right after the colon", yaml("tags:|"), { context: "empty", lead: " " }],
    ["under odd capitals", yaml("Tags : [|]"), { context: "flow" }],
    ["under a marked key", yaml('"categories": [|]'), { context: "flow" }],
    ["in taxonomies of YAML", yaml("taxonomies:", "  tags: [|]"), { context: "flow" }],
    ["below a broken line", yaml("title: x: [y", "tags: [a, b|]"), { prefix: "b" }],
    ["before the end is typed", "---\ntitle: x\ntags: [a, |", { prefix: "", present: ["a"] }],
    [
      "with CRLF",
      yaml("tags:", "- a", "- b|").replaceAll("\n", "\r\n"),
      { prefix: "b", replaced: "b", present: ["a"] },
    ],
    [
      "in TOML",
      toml('tags = ["a", "li|n"]'),
      { format: "toml", quote: '"', prefix: "li", replaced: '"lin"', present: ["a"] },
    ],
    ["in TOML without marks", toml("tags = [li|]"), { format: "toml", prefix: "li", replaced: "li" }],
    [
      "in taxonomies of TOML",
      toml('title = "x"', "[taxonomies]", "tags = [|]"),
      { format: "toml", context: "flow" },
    ],
    [
      "in TOML over lines",
      toml("taxonomies.tags = [", '  "a",', '  "|"', "]"),
      { prefix: "", replaced: '""', present: ["a"] },
    ],
    ["where TOML has nothing yet", toml("tags = |"), { format: "toml", context: "empty" }],
  ])("%s", (_what, marked, expected) => {
    expect(placeAt(marked)).toMatchObject({ kind: "frontMatter", ...expected });
  });

  it.each([
    ["in another field", yaml("title: [a|]", "tags: [b]")],
    ["in a key", yaml("ta|gs: [b]")],
    ["behind a list", yaml("tags: [b] |")],
    ["behind a finished item", yaml("tags: ['a' |, b]")],
    ["in a comment", yaml("tags: [b] # c|")],
    ["in a comment of a list", yaml("tags: [", "  b, # c|", "]")],
    ["behind an item", yaml("tags:", "- a # c|")],
    ["under the tags of an author", yaml("author:", "  tags: [|]")],
    ["in a table of TOML", toml("[menu]", "tags = [|]")],
    ["in an item of another field", yaml("tags: [a]", "aliases:", "- |")],
    ["in tables", yaml("tags:", "- name: R|")],
    ["on a fence", "--|-\ntags: [a]\n---\n"],
  ])("but not %s", (_what, marked) => {
    expect(placeAt(marked)).toBeUndefined();
  });
});

describe("a hashtag is being written", () => {
  it.each<readonly [string, string, object]>([
    ["in prose", "Some words #li|n more.", { prefix: "li", replaced: "#lin" }],
    ["alone", "Some words #| more.", { prefix: "", replaced: "#" }],
    ["at the start of a line", "Words.\n#li|", { prefix: "li", replaced: "#li" }],
    ["in brackets", "Words (#li|)", { prefix: "li" }],
    ["after front matter", `${yaml("a: b")}Words #li|`, { prefix: "li" }],
    ["after code", "`a` and #li|", { prefix: "li" }],
    ["after a link", "[a](https://b.example/#c) and #li|", { prefix: "li" }],
    ["after a fence", "```\n#no\n```\n\nWords #li|", { prefix: "li" }],
    ["in a list", "- words #li|", { prefix: "li" }],
    ["with a dash", "Words #free-so|", { prefix: "free-so" }],
    ["in a list in a list", "- boats\n    - oars #pa|", { prefix: "pa" }],
    ["three lists deep", "- boats\n    - oars\n        - blades #pa|", { prefix: "pa" }],
    ["behind a tab", "* boats\n\t* oars #pa|", { prefix: "pa" }],
    ["in a second paragraph of an item", "1. boats\n\n    The oars #pa|", { prefix: "pa" }],
    ["in a line that goes on", "The boats\n    and oars #pa|", { prefix: "pa" }],
    ["with a figure first", "Plans #2031boa|", { prefix: "2031boa" }],
    ["with figures alone so far", "Plans #2031|", { prefix: "2031" }],
    ["in Devanagari", "नाव #पत|", { prefix: "पत" }],
    ["with vowel signs and joiners", "नाव #क्‍ष|", { prefix: "क्‍ष" }],
    ["in Tamil", "#படகு| x", { prefix: "படகு" }],
    ["in Persian with a joiner", "واژه #می‌خو|", { prefix: "می‌خو" }],
    ["with an emoji first", "Note #🚣boa|", { prefix: "🚣boa" }],
    ["of an emoji made of several", "Note #👩‍🌾|", { prefix: "👩‍🌾" }],
    ["with a line first", "Note #_own|", { prefix: "_own" }],
    ["below a comment", "<!-- a\n\nb -->\n\nWords #li|", { prefix: "li" }],
    ["below preformatted text", "<pre>\na\n</pre>\n\nWords #li|", { prefix: "li" }],
    ["of several words", "Words #[[free so|", { prefix: "free so", replaced: "#[[free so" }],
    ["of several words that are closed", "Words #[[free| so]].", { replaced: "#[[free so]]" }],
  ])("%s", (_what, marked, expected) => {
    expect(placeAt(marked)).toMatchObject({ kind: "hashtag", ...expected });
  });

  it.each([
    ["a heading", "# li|"],
    ["the start of a heading", "Words.\n\n#|"],
    ["a second hash", "Words ##li|"],
    ["an address", "See https://example.org/ #c https://example.org/#li|"],
    ["a word", "The language C#|"],
    ["a path", "See #/parts|"],
    ["code", "Words `a #li|` b"],
    ["fenced code", "Words\n```sh\necho #li|\n```\n"],
    ["fenced code that is not closed", "~~~\n #li|"],
    ["indented code", "Words\n\n    a #li|"],
    ["the target of a link", "[a](#li|)"],
    ["the title of a link", '[a](b.html "x #li|")'],
    ["the target of a link that is not closed", "Words [a](#li|"],
    ["a wiki link", "[[Page #li|]]"],
    ["a wiki link that is not closed", "Words [[Page #li| more"],
    ["a shortcode that is not closed", "Words {{< x #li|"],
    ["HTML that is not closed", "Words <a href= #li|"],
    ["a comment that is not closed", "Words <!-- a #li|"],
    ["a definition", "[a]: b #li|"],
    ["HTML", "<a href= #li|>"],
    ["a comment", "<!-- a\n #li| -->"],
    ["a shortcode", "{{< x #li| >}}"],
    ["an attribute", "Words {: #li|}"],
    ["a heading's text", "## Words #li|"],
    ["a formula", "$$ a #li| $$"],
    ["an entity", "&#x|"],
    ["an escaped hash", "Words \\#li|"],
    ["a comment with blank lines", "<!-- a\n\nb #li| -->"],
    ["preformatted text with blank lines", "<pre>\na\n\nb #li|\n</pre>"],
    ["a script", "<script>\n\n x #li|\n</script>"],
    ["code in a list", "- boats\n\n      a #li|"],
    ["code of several lines", "Words\n\n    a\n    b #li|"],
    ["code below a list that has ended", "- boats\n\nWords\n\n    a #li|"],
  ])("but not in %s", (_what, marked) => {
    expect(placeAt(marked)).toBeUndefined();
  });

  it("in Markdown only", () => {
    expect(placeAt("Words #li|", "a.txt")).toBeUndefined();
  });

  it("as the document writes others", () => {
    expect(hashtagStyle("Words #FreeSoftware and #linux")).toBe("camelCase");
    expect(hashtagStyle("Words #free-software")).toBe("kebab");
    expect(hashtagOf("free software", "kebab")).toBe("#free-software");
    expect(hashtagOf("free software", "camelCase")).toBe("#FreeSoftware");
    expect(hashtagOf("linux", "camelCase")).toBe("#linux");
    expect(hashtagOf("C++", "kebab")).toBeUndefined();
    expect(hashtagOf("3d printing", "kebab")).toBe("#3d-printing");
    expect(hashtagOf("हिन्दी", "kebab")).toBe("#हिन्दी");
    expect(hashtagOf("2024", "kebab")).toBeUndefined();
    expect(hashtagStyle("Words #[[free software]] and #linux")).toBe("brackets");
    expect(hashtagOf("free software", "brackets")).toBe("#[[free software]]");
    expect(hashtagOf("linux", "brackets")).toBe("#linux");
  });
});

describe("a tag is written in other notations", () => {
  it.each([
    [
      "half a fence, in brackets",
      "title: A\ntags: [ri|]\n---\nBody.\n",
      { prefix: "ri", format: "yaml", context: "flow" },
    ],
    ["half a fence, in a list", "title: A\ntags:\n- ri|\n---\nBody.\n", { prefix: "ri", context: "block" }],
    [
      "JSON",
      '{\n  "title": "A",\n  "tags": ["a", "ri|"]\n}\n',
      { prefix: "ri", format: "json", quote: '"', present: ["a"] },
    ],
    ["JSON in one line", '{ "tags": [ri|] }\n', { prefix: "ri", format: "json" }],
  ])("%s", (_what, marked, expected) => {
    expect(placeAt(marked)).toMatchObject({ kind: "frontMatter", ...expected });
  });

  it.each([
    ["in JSON's other fields", '{ "title": "A #ri|", "tags": [] }\n'],
    ["in half-fenced fields", "title: A #ri|\nlayout: post\n---\n"],
  ])("but not %s", (_what, marked) => {
    expect(placeAt(marked)).toBeUndefined();
  });

  it("and is always in quotation marks in JSON", () => {
    const source = '{ "tags": [] }\n';
    const place = placeIn(source, source.indexOf("]"));
    expect(place?.kind === "frontMatter" && writtenTag(place, "river")).toBe('"river"');
  });
});

it("A tag in a list that is not closed ends with its line.", () => {
  const source = "---\ntags: [a, 'b\n- a";
  expect(placeIn(source, source.indexOf("b"))).toMatchObject({
    start: source.indexOf("'b"),
    end: source.indexOf("b") + 1,
  });
});

it("Wherever the offset is, a place holds it and stays on its line.", () => {
  const line = fc.constantFrom(
    "---",
    "+++",
    "tags: [a, 'b",
    "tags:",
    "- a",
    "-",
    "tags = [",
    '"a",',
    "]",
    "#x",
    "`#y",
    "",
    "[taxonomies]",
    "tags: a, b",
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(line, fc.string({ maxLength: 8 })), { maxLength: 8 }),
      fc.nat(),
      (lines, seed) => {
        const source = lines.join("\n");
        const offset = seed % (source.length + 1);
        const place = placeIn(source, offset);
        if (place === undefined) return;
        expect(place.start <= offset && offset <= place.end && place.end <= source.length).toBe(true);
        expect(source.slice(place.start, place.end)).not.toContain("\n");
      },
    ),
    { numRuns: 1000 },
  );
});
