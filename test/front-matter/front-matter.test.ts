import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFrontMatter } from "../../src/front-matter/front-matter.ts";
import { tagsIn } from "../../src/front-matter/tags/tags.ts";
import { tagKey } from "../../src/text/tag-key.ts";

function tagsOf(source: string): readonly string[] {
  return tagsIn(readFrontMatter(source)?.fields ?? new Map());
}

function yaml(...lines: readonly string[]): string {
  return `---\n${lines.join("\n")}\n---\n\nBody.\n`;
}

describe("tags in front matter", () => {
  it.each([
    ["a flow list", yaml("tags: [linux, c, free software]"), ["linux", "c", "free software"]],
    ["a flow list without blanks", yaml("tags: [octokit,github]"), ["octokit", "github"]],
    ["quoted words", yaml(`tags: ["philosophy", 'irc', F#, ".NET"]`), ["philosophy", "irc", "F#", ".NET"]],
    ["an indented block list", yaml("tags:", "  - European Union", "  - Logic"), ["European Union", "Logic"]],
    ["a block list at the margin", yaml("tag:", "- bsd", "- xfce", "location: Sydney"), ["bsd", "xfce"]],
    ["a blank after the key", yaml("tags: ", '  - "2010s"', '  - "fedora"'), ["2010s", "fedora"]],
    ["a comma string", yaml("tags: Apple, Canon EOS 7D, iPhone"), ["Apple", "Canon EOS 7D", "iPhone"]],
    ["commas too many", yaml("tags: Video, , kayak,"), ["Video", "kayak"]],
    ["a comma too many in a flow list", yaml("tags: [a, , b,]"), ["a", "b"]],
    ["an empty item", yaml("tag:", "- a", "-", "- b"), ["a", "b"]],
    [
      "bare numbers and truth values",
      yaml("tags: [3801, 1.10, yes, 2020-01-01]"),
      ["3801", "1.10", "yes", "2020-01-01"],
    ],
    ["odd capitals of the key", yaml("Tags: [a]", "Category: Cooking"), ["a", "Cooking"]],
    ["the filled one of two fields of a name", yaml("Tags:", "tags: [a]"), ["a"]],
    ["the first of two that are filled", yaml("Tags: [a]", "tags: [b]"), ["a"]],
    ["tags and categories", yaml("categories:", "  - foss", "tags: [fedora]"), ["fedora", "foss"]],
    ["one tag in two spellings", yaml("tags: Video, video,  VIDEO"), ["Video"]],
    ["keywords where there are no tags", yaml("keywords: a; b"), ["a", "b"]],
    ["no keywords where there are tags", yaml("keywords: a", "tags: b"), ["b"]],
    ["tables of tags", yaml("tags:", "  - name: Rust", "    slug: rust"), ["Rust"]],
    [
      "hashtags, which are a comment to YAML",
      yaml("tags: #garden #rain/2020", "b: c"),
      ["garden", "rain/2020"],
    ],
    ["nothing of a comment that is one", yaml("tags: # to be written", "tag: a #b"), ["a"]],
    ["words with a hash", yaml(`tags: ["#garden", "C#"]`), ["garden", "C#"]],
    ["a category that is a language", yaml("category: English", "tags: a"), ["a"]],
    ["a category that is a place", yaml("category: Uncategorized"), []],
    ["mode lines of editors", yaml("# vim: tw=80 :", "tags: [a] # note", "# end"), ["a"]],
    ["CRLF", yaml("tags:", "- a", "- b").replaceAll("\n", "\r\n"), ["a", "b"]],
    ["a byte order mark", `\uFEFF${yaml("tags: a")}`, ["a"]],
    ["blanks after the fence", yaml("tags: a").replaceAll("---", "---  "), ["a"]],
    ["an end of three dots", "---\ntags: a\n...\nBody.\n", ["a"]],
    ["TOML", '+++\ntitle="x"\ntags=["a", "b"]\n+++\nBody.', ["a", "b"]],
    [
      "a table of TOML",
      '+++\ndate=2021-01-04\n[taxonomies]\ntags=["dev", "rust"]\n[extra]\nc = [\n  {name = "x"},\n]\n+++\n',
      ["dev", "rust"],
    ],
    ["TOML with CRLF", '+++\r\ntags = [ "a" ]\r\n+++\r\n', ["a"]],
    ["nothing", yaml("title: x"), []],
    ["null", yaml("tags: null"), []],
    ["a tilde", yaml("tags: ~ # none"), []],
    ["null among others", yaml("tags: [~, oars, Null]"), ["oars"]],
    ["the word null in quotation marks", yaml(`tags: ["null", '~']`), ["null", "~"]],
    [
      "a template's placeholders",
      yaml('tags: "{{tag}}, oars"', 'tag: ["\u0024{x}", "<% a, b %>"]'),
      ["oars"],
    ],
    ["a code of Templater with a comma", yaml('tags: "<% one, two %>; oars"'), ["oars"]],
    ["hashtags of several words", yaml(`tags: ["#[[far off]]", "#3d", "#🚣"]`), ["far off", "3d", "🚣"]],
    ["one tag in two forms of its letters", yaml("tags: [cafe\u0301, caf\u00e9]"), ["cafe\u0301"]],
    ["half a fence", "title: A day\ndate: 2013-01-01\ntags:\n- oars\n---\nBody.\n", ["oars"]],
    ["half a fence below a blank line", "tags: [oars]\nlayout: post\n\n---\nBody.\n", ["oars"]],
    [
      "JSON",
      '{\n  "title": "A } day",\n  "tags": ["oars", "\\u00e9t\\u00e9"]\n}\n\nBody.\n',
      ["oars", "été"],
    ],
    ["JSON with numbers", '{"tags": [3801, true, null]}\n\nBody.\n', ["3801", "true"]],
    [
      "JSON that a fence names",
      '---json\n{\n  "tags": ["oars", "tide"]\n}\n---\n\nBody.\n',
      ["oars", "tide"],
    ],
    ["TOML that a fence names", "---toml\ntags = ['oars']\n---\nBody.\n", ["oars"]],
    ["YAML that a fence names", "---yaml\r\ntags: [oars]\r\n---\r\nBody.\r\n", ["oars"]],
    ["an object of JavaScript that is JSON as well", '---js\n{ "tags": ["oars"] }\n---\nBody.\n', ["oars"]],
    ["JSON without braces", '"title": "A day",\n"tags": ["oars"]\n;;;\nBody.\n', ["oars"]],
    ["JSON between semicolons", ';;;\n"tags": ["oars"]\n;;;\nBody.\n', ["oars"]],
    ["five dashes", "-----\ntitle: A day\ntags: [oars]\n-----\nBody.\n", ["oars"]],
  ])("are read from %s", (_what, source, tags) => {
    expect(tagsOf(source)).toEqual(tags);
    expect(readFrontMatter(source)?.fault === undefined || /, ,/.test(source)).toBe(true);
  });

  const tag = fc
    .stringMatching(/^[\p{L}][\p{L}\p{N} .+_-]{0,14}$/u)
    .map((text) => text.trim().replace(/ +/g, " "))
    .filter((text) => !/\s[-#]|^[-.]|:|\.\.\./.test(text) && tagKey(text) !== "");
  const tags = fc.uniqueArray(tag, { minLength: 1, maxLength: 6, selector: tagKey });
  const spellings: readonly ((tags: readonly string[]) => string)[] = [
    (list) => yaml(`tags: [${list.join(", ")}]`),
    (list) => yaml(`tags: [${list.map((item) => JSON.stringify(item)).join(",")}]`),
    (list) => yaml("tags:", ...list.map((item) => `  - ${item}`)),
    (list) => yaml("Tags: ", ...list.map((item) => `- '${item}'`), "title: x"),
    (list) => yaml(`tags: ${list.join(", ")},`),
    (list) => yaml("tag:", ...list.map((item) => `- ${item}`)).replaceAll("\n", "\r\n"),
    (list) => `+++\n[taxonomies]\ntags=${JSON.stringify(list)}\n+++\n`,
    // Broken further up, and so read line by line
    (list) => yaml("title: a: b", `tags: [${list.join(", ")}]`),
    (list) => yaml('title: "open', "tags:", ...list.map((item) => `  - ${item}`)),
    (list) => `+++\ntitle = x\ntags = ${JSON.stringify(list)}\n+++\n`,
  ];

  it("are the same in every spelling, in the writer's own letters", () => {
    fc.assert(
      fc.property(tags, fc.constantFrom(...spellings), (list, spell) => {
        expect(tagsOf(spell(list))).toEqual(list);
      }),
      { numRuns: 500 },
    );
  });
});

describe("front matter", () => {
  it("counts its mark, its fences and line ends", () => {
    const source = "\uFEFF---\r\ntitle: x\r\n---\r\nBody.";
    expect(readFrontMatter(source)).toMatchObject({ start: 1, end: 19, format: "yaml" });
  });

  it("is not two rules with prose between them", () => {
    expect(readFrontMatter("---\n\nSome prose.\n\n---\n\nMore.")).toBeUndefined();
    expect(readFrontMatter("---\n\nNote: this is prose.\nIt goes on\nand on.\n\n---\n")).toBeUndefined();
    expect(readFrontMatter("--- not a fence\n")).toBeUndefined();
  });

  it("may be empty", () => {
    expect(readFrontMatter("---\n---\nBody.")).toMatchObject({ end: 7 });
    expect(readFrontMatter("---\n# only a comment\n---\nBody.")?.fields.size).toBe(0);
  });

  it.each([
    ["a colon too many", yaml("tags: [a]", "title: One: two"), 3],
    ["a quotation mark left open", yaml('title: "open', "tags: [a]"), undefined],
    ["a bracket left open", yaml("title: x", "tags: [a", "date: 2020-01-01"), undefined],
    ["a tab for an indent", yaml("tags:", "\t- a"), undefined],
    ["a reserved sign", yaml("tags:", "- a", "- @home"), 4],
    ["a TOML word without quotes", "+++\ntags = ['a']\ntitle = x\n+++\n", 3],
    ["an end that is missing", "---\ntags: [a]\n\nBody.", 1],
  ])("with %s tells its line and keeps its tags", (_what, source, line) => {
    const { fault } = readFrontMatter(source) ?? {};
    expect(fault?.message).toBeTruthy();
    if (line !== undefined) expect(fault?.line).toBe(line);
    expect(tagsOf(source)[0]).toBe("a");
  });

  it("never throws, whatever stands in it", () => {
    const line = fc.constantFrom(
      "a: b",
      "- x",
      "  - y",
      "[",
      "]",
      "{{ x }}",
      "&a *a",
      "<<: *a",
      "!!x y",
      "? z",
      "|",
      "'",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.string())), fc.constantFrom("---", "+++"), (lines, fence) => {
        const source = [fence, ...lines, fence, "Body."].join("\n");
        const found = readFrontMatter(source);
        expect(found === undefined || (found.end <= source.length && found.start === 0)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("What a text begins with is no front matter", () => {
  it.each([
    ["a heading that is underlined", "Boats: an essay\n---\n\nBody."],
    ["two sentences with colons above a line", "Note: I rowed.\nAnd: I sang.\n---\nBody."],
    ["fields and prose above a line", "title: A day\nI rowed.\ndate: 2013-01-01\n---\nBody."],
    ["a shortcode", '{{< figure "a" >}}\n\nBody.'],
    ["a brace", "{ I rowed }\n\nBody."],
    ["a rule of five dashes", "-----\nNote: I rowed.\n-----\nBody."],
    ["words in quotation marks", '"Ann": I rowed.\n\nBody.\n'],
  ])("where it is %s", (_what, source) => {
    expect(readFrontMatter(source)).toBeUndefined();
  });
});

it("An object of JavaScript is a fault with its line, and none of its text.", () => {
  const source = '---js\n{\n  title: "A day"\n}\n---\n\nBody.\n';
  expect(readFrontMatter(source)).toMatchObject({
    format: "json",
    end: source.indexOf("---\n\nBody") + 3,
    fault: { line: 2, message: { message: "the JSON that begins here is not well-formed" } },
  });
});

it("JSON that is broken is a fault with its line, and none of its text.", () => {
  const source = '{\n  "title": "A day",\n  "tags": ["oars",]\n}\n\nBody.\n';
  expect(readFrontMatter(source)).toMatchObject({
    format: "json",
    end: source.indexOf("}") + 1,
    fault: { line: 1, message: { message: "the JSON that begins here is not well-formed" } },
  });
});

it.each([
  ["half a fence", "\n\ntitle: A day\nlayout: post\n---\nBody.\n", "\nBody.\n"],
  ["JSON", '\uFEFF{ "title": "A day" }\n\nBody.\n', "\n\nBody.\n"],
])("With %s the body begins behind it.", (_what, source, body) => {
  expect(source.slice(readFrontMatter(source)!.end)).toBe(body);
});
