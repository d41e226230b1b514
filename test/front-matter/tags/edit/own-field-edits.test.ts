import { describe, expect, it } from "vitest";
import { formatOf } from "../../../../src/corpus/formats/formats.ts";
import { parseSource } from "../../../../src/corpus/parse-document.ts";
import { applyEdits, editTags } from "../../../../src/front-matter/tags/edit/edit-tags.ts";
import { tagsIn } from "../../../../src/front-matter/tags/tags.ts";
import { inEnglish } from "../../../../src/said/said.ts";

const tagsOf = (source: string, path: string) => tagsIn(parseSource(source, path).fields);

function edited(source: string, path: string, tags: readonly string[]): string {
  const editing = editTags(source, formatOf(path), tags);
  if (editing.kind === "refused") throw new Error(inEnglish(editing.reason));
  return applyEdits(source, editing.edits);
}

const refusalOf = (source: string, path: string, tags: readonly string[]) => {
  const editing = editTags(source, formatOf(path), tags);
  return editing.kind === "refused" ? inEnglish(editing.reason) : undefined;
};

/** A document with the tags `tide` and `oars`, and what it becomes with `rain` besides. */
const fields: readonly (readonly [path: string, source: string, with_: string])[] = [
  [
    "a.org",
    "#+title: A\n#+filetags: :tide:oars:\n\nText.\n",
    "#+title: A\n#+filetags: :tide:oars:rain:\n\nText.\n",
  ],
  ["a.org", "#+FILETAGS:   :tide:oars:  \nText.\n", "#+FILETAGS:   :tide:oars:rain:  \nText.\n"],
  ["a.org", "#+filetags: tide  oars\nText.\n", "#+filetags: tide  oars  rain\nText.\n"],
  ["a.org", "#+hugo_tags: tide oars\nText.\n", "#+hugo_tags: tide oars rain\nText.\n"],
  ["a.org", "#+keywords: tide,oars\r\nText.\r\n", "#+keywords: tide,oars,rain\r\nText.\r\n"],
  [
    "a.tex",
    "\\keywords{tide, oars}\n\\begin{document}\nText.",
    "\\keywords{tide, oars, rain}\n\\begin{document}\nText.",
  ],
  [
    "a.tex",
    "\\hypersetup{pdfkeywords = {tide;oars}, x}\n",
    "\\hypersetup{pdfkeywords = {tide;oars;rain}, x}\n",
  ],
  [
    "a.tex",
    "\\begin{keyword}\ntide \\sep oars\n\\end{keyword}\n",
    "\\begin{keyword}\ntide \\sep oars \\sep rain\n\\end{keyword}\n",
  ],
  ["a.adoc", "= A\n:keywords: tide, oars\n\nText.\n", "= A\n:keywords: tide, oars, rain\n\nText.\n"],
  [
    "a.adoc",
    "= A\n:keywords: tide, \\\n  oars\n:toc:\n\nText.\n",
    "= A\n:keywords: tide, \\\n  oars, rain\n:toc:\n\nText.\n",
  ],
  [
    "a.tex",
    "% \\keywords{no}\n\\keywords{tide \\and oars}\n\\begin{document}\nText.",
    "% \\keywords{no}\n\\keywords{tide \\and oars \\and rain}\n\\begin{document}\nText.",
  ],
  ["a.adoc", "= A\n:page-tags: [tide, oars]\n\nText.\n", "= A\n:page-tags: [tide, oars, rain]\n\nText.\n"],
  [
    "a.rst",
    "Ebb\n===\n\n:tags: tide, oars\n:date: 2020-01-01\n\nText.\n",
    "Ebb\n===\n\n:tags: tide, oars, rain\n:date: 2020-01-01\n\nText.\n",
  ],
  ["a.rst", ".. title: A\n.. tags: tide,oars\n\nText.\n", ".. title: A\n.. tags: tide,oars,rain\n\nText.\n"],
  [
    "a.html",
    '<head><meta content="tide, oars" name="keywords"></head>',
    '<head><meta content="tide, oars, rain" name="keywords"></head>',
  ],
  [
    "a.html",
    "<head><meta name='keywords' content='tide,oars'/></head>",
    "<head><meta name='keywords' content='tide,oars,rain'/></head>",
  ],
  [
    "a.md",
    "tags:: tide, [[oars]]\ntitle:: A\n\n- Text.\n",
    "tags:: tide, [[oars]], rain\ntitle:: A\n\n- Text.\n",
  ],
  [
    "a.md",
    "Title: A\nTags: tide, oars\nSlug: a\n\nText.\n",
    "Title: A\nTags: tide, oars, rain\nSlug: a\n\nText.\n",
  ],
  [
    "a.md",
    "<!--\n.. title: A\n.. tags: tide, oars\n.. slug: a\n-->\n\nText.\n",
    "<!--\n.. title: A\n.. tags: tide, oars, rain\n.. slug: a\n-->\n\nText.\n",
  ],
  ["a.md", "Tags: tide; oars\n\nText.\n", "Tags: tide; oars; rain\n\nText.\n"],
  ["a.md", "title: A\ntags: #tide #oars\n\nText.\n", "title: A\ntags: #tide #oars #rain\n\nText.\n"],
];

describe("a field for tags of a notation's own", () => {
  it.each(fields)("%s: %j gets a tag, and loses it again without a trace", (path, source, expected) => {
    expect(tagsOf(source, path)).toEqual(["tide", "oars"]);
    const more = edited(source, path, ["tide", "oars", "rain"]);
    expect(more).toBe(expected);
    expect(edited(more, path, ["tide", "oars"])).toBe(source);
    expect(edited(source, path, ["tide", "oars"])).toBe(source);
  });

  it.each(fields)("%s: %j loses each of its tags, and all of them", (path, source) => {
    for (const tags of [["tide"], ["oars"], []]) {
      const fewer = edited(source, path, tags);
      expect(tagsOf(fewer, path)).toEqual(tags);
      expect(tagsOf(edited(fewer, path, [...tags, "rain"]), path)).toEqual([...tags, "rain"]);
    }
  });

  it.each([
    ["a.org", "#+title: A\n\nText.\n", "#+title: A\n#+filetags: :rain:\n\nText.\n"],
    ["a.org", "#+title: A", "#+title: A\n#+filetags: :rain:\n"],
    ["a.org", "* A\nText.\n", "#+filetags: :rain:\n* A\nText.\n"],
    ["a.org", "#+filetags:\nText.\n", "#+filetags: :rain:\nText.\n"],
    ["a.adoc", "= A\nAnn Crane\n\nText.\n", "= A\nAnn Crane\n:keywords: rain\n\nText.\n"],
    ["a.adoc", "Text.\n", ":keywords: rain\n\nText.\n"],
    ["a.rst", "Ebb\n===\n\nText.\n", "Ebb\n===\n\n:tags: rain\n\nText.\n"],
    [
      "a.rst",
      "Ebb\n===\n\n:date: 2020-01-01\n\nText.\n",
      "Ebb\n===\n\n:date: 2020-01-01\n:tags: rain\n\nText.\n",
    ],
    ["a.rst", "Text.\n", ":tags: rain\n\nText.\n"],
    [
      "a.html",
      "<head>\n  <title>A</title>\n</head>",
      '<head>\n  <title>A</title>\n  <meta name="keywords" content="rain">\n</head>',
    ],
    [
      "a.tex",
      "\\documentclass{amsart}\n\\begin{document}\nText.",
      "\\documentclass{amsart}\n\\keywords{rain}\n\\begin{document}\nText.",
    ],
    [
      "a.tex",
      "\\usepackage{hyperref}\n\\begin{document}\n",
      "\\usepackage{hyperref}\n\\hypersetup{pdfkeywords={rain}}\n\\begin{document}\n",
    ],
    ["a.md", "title:: A\n\n- Text.\n", "title:: A\ntags:: rain\n\n- Text.\n"],
    ["a.md", "Title: A\nSlug: a\n\nText.\n", "Title: A\nSlug: a\nTags: rain\n\nText.\n"],
    ["a.md", "Title: A\n\nText.\n", "Title: A\nTags: rain\n\nText.\n"],
    ["a.md", "<!--\n.. title: A\n-->\n\nText.\n", "<!--\n.. title: A\n.. tags: rain\n-->\n\nText.\n"],
  ])("%s: %j gets a field where there is none", (path, source, expected) => {
    expect(edited(source, path, ["rain"])).toBe(expected);
    expect(tagsOf(expected, path)).toEqual(["rain"]);
  });

  it("has a tag as the notation writes it", () => {
    expect(edited("\\keywords{a}\n", "a.tex", ["a", "bed & board"])).toBe("\\keywords{a, bed \\& board}\n");
    expect(edited('<meta name="keywords" content="a">', "a.html", ["a", 'b "& c'])).toBe(
      '<meta name="keywords" content="a, b &quot;&amp; c">',
    );
    expect(edited("#+hugo_tags: a\n", "a.org", ["a", "long way"])).toBe('#+hugo_tags: a "long way"\n');
  });

  it("refuses what the notation cannot hold, and a document that has no place", () => {
    expect(refusalOf("#+filetags: :a:\n", "a.org", ["a", "long way"])).toContain(
      "cannot hold the tag 'long way'",
    );
    expect(refusalOf(":keywords: a\n\nText.", "a.adoc", ["a", "b, c"])).toBeDefined();
    expect(refusalOf("\\documentclass{article}\n\\begin{document}\n", "a.tex", ["a"])).toBeDefined();
    expect(refusalOf("<p>Text.</p>", "a.html", ["a"])).toBeDefined();
  });

  it("leaves to other fields the tags that they have", () => {
    const source = "#+hugo_categories: boats\n#+filetags: :tide:\n\nText.\n";
    expect(tagsOf(source, "a.org").toSorted()).toEqual(["boats", "tide"]);
    expect(edited(source, "a.org", ["boats", "tide", "rain"])).toBe(source.replace(":tide:", ":tide:rain:"));
  });
});
