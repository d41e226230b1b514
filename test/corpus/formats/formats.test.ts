import { describe, expect, it } from "vitest";
import type { Format } from "../../../src/corpus/formats/format.ts";
import {
  anyCaseGlobFor,
  formatOf,
  formatOfOpen,
  formats,
  globFor,
  searchedEndings,
} from "../../../src/corpus/formats/formats.ts";
import { latex } from "../../../src/corpus/formats/latex.ts";
import { markdown, mdx, rMarkdown } from "../../../src/corpus/formats/markdown.ts";
import { notebook } from "../../../src/corpus/formats/notebook.ts";
import { plainText } from "../../../src/corpus/formats/plain-text.ts";
import { restructuredText } from "../../../src/corpus/formats/restructured-text.ts";
import { dateOf, headOf, parseSource, titleOf } from "../../../src/corpus/parse-document.ts";
import { tagsIn } from "../../../src/front-matter/tags/tags.ts";

describe("the table of formats", () => {
  it("gives each ending to one format, in small letters", () => {
    const endings = formats.flatMap((format) => format.endings);
    expect(new Set(endings).size).toBe(endings.length);
    expect(endings.join()).toBe(endings.join().toLowerCase());
    expect(globFor(searchedEndings)).toBe(
      "**/*.{md,markdown,mdown,mkd,mdx,qmd,rmd,rmarkdown,txt,ipynb,org,tex,latex,ltx,rst,rest,adoc,asciidoc,asc}",
    );
  });

  it("has a glob that works for one ending", () => {
    expect(globFor(["org"])).toBe("**/*.org");
  });

  it("has a glob for editors that takes capital letters", () => {
    expect(anyCaseGlobFor(["md", "rmd"])).toBe("**/*.{[mM][dD],[rR][mM][dD]}");
  });

  it.each<readonly [string, Format]>([
    ["/a/b.md", markdown],
    ["/a.txt/B.MKD", markdown],
    ["post.mdx", mdx],
    ["post.TXT", plainText],
    ["untitled", markdown],
    ["post.RST", restructuredText],
    ["report.Rmd", rMarkdown],
    ["post.text", markdown],
  ])("reads %s by its ending, and as Markdown where it knows none", (path, format) => {
    expect(formatOf(path)).toBe(format);
  });
});

describe("the format of an open document", () => {
  it.each<readonly [string, string, Format]>([
    ["/a/b.mdx", "mdx", mdx],
    ["Untitled-1", "latex", latex],
    ["/a/b.txt", "markdown", plainText],
    ["/a/b.ipynb", "json", notebook],
  ])("of %s in the language %s is told by its ending, else by its language", (path, languageId, format) => {
    expect(formatOfOpen(path, languageId)).toBe(format);
  });
});

/** A format that knows nothing but lines that begin with a colon, and has plain text below them. */
const colons: Format = {
  ...plainText,
  endings: ["colons"],
  fields: (source, bodyStart) =>
    new Map(
      Array.from(source.slice(bodyStart).matchAll(/^:(\w+): (.*)$/gm), ([, name = "", value = ""]) => [
        name,
        value,
      ]),
    ),
};

describe("a format that has fields of its own", () => {
  const own = ":title: Own\n:tags: a, b\n:date: 2020-01-02\n\nA sentence of mine.\n";

  it("has title, date and tags read from them", () => {
    const parsed = parseSource(own, "x.colons", "en", colons);
    expect([titleOf(parsed), dateOf(parsed, "x"), tagsIn(parsed.fields)]).toEqual([
      "Own",
      Date.UTC(2020, 0, 2),
      ["a", "b"],
    ]);
    expect(headOf(own, "x", colons).fields).toEqual(parsed.fields);
  });

  it("may begin with front matter, which counts before them", () => {
    const parsed = parseSource(`---\ntitle: Front\n---\n${own}`, "x", "en", colons);
    expect([titleOf(parsed), tagsIn(parsed.fields)]).toEqual(["Front", ["a", "b"]]);
    expect(parsed.frontMatter?.fields).toEqual(new Map([["title", "Front"]]));
  });
});
