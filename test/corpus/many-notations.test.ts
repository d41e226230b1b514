import { expect, test } from "vitest";
import { parseDocument, parseSource } from "../../src/corpus/parse-document.ts";
import { tagsIn } from "../../src/front-matter/tags/tags.ts";

const sentencesOf = (path: string, source: string) =>
  parseSource(source, `/notes/${path}`).sentences.map(({ plain }) => plain);

test.each<[string, string, string, readonly string[]]>([
  [
    "a shortcode with a paragraph in it",
    "a.md",
    "{{% note %}}\nThe tide is **late**.\n{{% /note %}}\n",
    ["The tide is late."],
  ],
  [
    "a shortcode within a sentence",
    "a.md",
    'We met {{< person name="Ann" >}} at the pier.\n',
    ["We met at the pier."],
  ],
  [
    "a folded callout in a list",
    "a.md",
    "- Boats\n  > [!warning]- Mind\n  > The plank is wet.\n",
    ["Boats", "The plank is wet."],
  ],
  [
    "an embed with a heading and a width",
    "a.md",
    "See it. ![[map.png#Bay|300x200]] It is old.\n",
    ["See it.", "It is old."],
  ],
  [
    "a link to a block, with words",
    "a.md",
    "As [[Log#^a1b2c3|I wrote]], it rained.\n",
    ["As I wrote, it rained."],
  ],
  ["a block id below a quotation", "a.md", "> Not mine.\n\n^quote-1\n\nMine.\n", ["Mine."]],
  [
    "a Dataview query in a line",
    "a.md",
    "There are `= length(this.tags)` tags.\n",
    ["There are = length(this.tags) tags."],
  ],
  [
    "a Dataview query as a block",
    "a.md",
    "```dataview\nLIST FROM #boats\n```\n\nThat is all.\n",
    ["That is all."],
  ],
  ["an expression of MDX", "a.mdx", "It costs {price.toFixed(2)} euros.\n", ["It costs euros."]],
  [
    "text within a tag of MDX",
    "a.mdx",
    '<Box kind={{ a: "b" }}>\n\nThe *sea* is calm.\n\n</Box>\n',
    ["The sea is calm."],
  ],
  ["a comment of MDX", "a.mdx", "{/* not this. */}\n\nBut this.\n", ["But this."]],
  [
    "a condition of Liquid",
    "a.md",
    "{% if page.old %}\nIt is an old post.\n{% endif %}\n",
    ["It is an old post."],
  ],
  [
    "a picture of Liquid in a paragraph",
    "a.md",
    '{% include image.html src="a.png" caption="no" %}\nIt was cold.\n',
    ["It was cold."],
  ],
  ["raw text of Liquid", "a.md", "We write {% raw %}{{ name }}{% endraw %} there.\n", ["We write there."]],
  [
    "a reference of Quarto",
    "a.qmd",
    "As @fig-boats shows, it sank [@lamb2020, p. 3].\n",
    ["As Figure shows, it sank."],
  ],
  [
    "a figure's caption of Quarto",
    "a.qmd",
    "![The old pier.](pier.png){#fig-pier width=50%}\n\nWe saw it.\n",
    ["We saw it."],
  ],
  [
    "a footnote and its text",
    "a.md",
    "It sank.[^1]\n\n[^1]: Nobody *drowned*.\n",
    ["It sank.", "Nobody drowned."],
  ],
  ["math and a price", "a.md", "Let $x_1$ be $5 or so.\n", ["Let be $5 or so."]],
  [
    "math on lines of its own",
    "a.md",
    "It follows that\n\n$$\na = b\n$$\n\nand we stop.\n",
    ["It follows that", "and we stop."],
  ],
  ["a box of MkDocs", "a.md", '!!! tip "Look"\n\n    The lamp is on.\n', ["The lamp is on."]],
  ["a box of Docusaurus", "a.md", ":::tip[Look]\n\nThe lamp is on.\n\n:::\n", ["The lamp is on."]],
  [
    "keys of a page and of a block of Logseq",
    "a.md",
    "- TODO Mend the net\n  id:: 64a1\n  collapsed:: true\n\t- It is torn.\n",
    ["Mend the net", "It is torn."],
  ],
  [
    "a task of Org with its plan",
    "a.org",
    "* DONE Mend the net :boat:\nCLOSED: [2024-05-01 Wed]\n:PROPERTIES:\n:ID: x\n:END:\nIt was torn.\n",
    ["It was torn."],
  ],
  [
    "a footnote of Org within a line",
    "a.org",
    "It sank[fn:a: Slowly.] at noon.\n",
    ["It sank at noon.", "Slowly."],
  ],
  [
    "references of LaTeX",
    "a.tex",
    "As \\cref{fig:a} and \\cite[p.~3]{lamb} say, it sank~\\ref{b}.\n",
    ["As and say, it sank."],
  ],
  [
    "a role of reStructuredText",
    "a.rst",
    "See :ref:`the pier <pier>` and :math:`a_1` there.\n",
    ["See the pier and there."],
  ],
  [
    "a reference of AsciiDoc",
    "a.adoc",
    "See <<pier,the old pier>> and xref:b.adoc[the lamp].\n",
    ["See the old pier and the lamp."],
  ],
  [
    "fields behind a byte order mark",
    "a.md",
    "\uFEFFTitle: A day\nDate: 2024-05-31\nTags: tea\n\nIt rained.\n",
    ["It rained."],
  ],
  [
    "code over two lines of a box",
    "a.md",
    "> [!note]\n> We set `the\n> lamp` there.\n",
    ["We set the lamp there."],
  ],
  [
    "HTML over lines of a box",
    "a.md",
    "> [!note]\n> <div>\n> <p>The lamp\n> is on.</p>\n> </div>\n",
    ["The lamp is on."],
  ],
  [
    "a box with a place for it",
    "a.md",
    "> [!note|right] Look\n> The lamp is on.\n\n> [!quote|left]\n> Not mine.\n",
    ["The lamp is on."],
  ],
  [
    "blocks of Python-Markdown",
    "a.md",
    "/// note | Look\nThe lamp is on.\n///\n\n/// details | More\n    type: warning\n\nIt is *old*.\n///\n",
    ["The lamp is on.", "It is old."],
  ],
  [
    "math in code of GitLab",
    "a.md",
    "It is $`a + b`$ metres, and `$x` is set to `$y`.\n",
    ["It is metres, and $x is set to $y."],
  ],
  [
    "math of Kramdown",
    "a.md",
    "It is \\\\(a_1 + b\\\\) metres.\n\n\\\\[ a = b \\\\]\n\nThat is all.\n",
    ["It is metres.", "That is all."],
  ],
  [
    "an environment of TeX with a blank line",
    "a.md",
    "It is so.\n\n\\begin{align}\na &= b\n\nc &= d\n\\end{align}\n\nThat is all.\n",
    ["It is so.", "That is all."],
  ],
  [
    "a program of Templater",
    "a.md",
    "<%*\nconst day = tp.date.now();\n\ntR += day;\n-%>\nIt rained. <% day %>\n",
    ["It rained."],
  ],
  [
    "tasks of Logseq, which elsewhere are words",
    "a.md",
    "- NOW Mend the net\n- CANCELLED [#A] Sell it\n- IN-PROGRESS Row home\n\nNOW we are home.\n",
    ["Mend the net", "Sell it", "Row home", "NOW we are home."],
  ],
  [
    "a tree of Org that is a comment",
    "a.org",
    "* COMMENT Old\nNot this.\n** Deeper\nNor this.\n* Shown\nBut this.\n* THE COMMENT\nAnd that.\n",
    ["But this.", "And that."],
  ],
  [
    "a mail that Outlook answers",
    "a.txt",
    `It rained here.\n\n${"_".repeat(32)}\nFrom: Ann Crane\nSent: Monday\nTo: Tom\nSubject: Rain\n\nNot mine.\n`,
    ["It rained here."],
  ],
  [
    "a mail above the head of another",
    "a.txt",
    "It rained here.\n\nFrom: Ann Crane\nSent: Monday\nTo: Tom\nSubject: Rain\n\nNot mine.\n",
    ["It rained here."],
  ],
  [
    "a mail that Apple Mail forwards",
    "a.txt",
    "It rained here.\n\nBegin forwarded message:\n\n> From: Ann\n>\n> Not mine.\n",
    ["It rained here."],
  ],
  ["a text of one line", "a.txt", "It rained here all day", ["It rained here all day"]],
  [
    "a short call in quotation marks",
    "a.md",
    '"Go!" She ran. “No.” He stayed.\n',
    ['"Go!"', "She ran.", "“No.”", "He stayed."],
  ],
  [
    "a quotation of GitLab between angles",
    "a.md",
    ">>>\nNot mine.\n\nNor this.\n>>>\n\nIt rained.\n\n>>> Not mine either.\n",
    ["It rained."],
  ],
  ["a cut mail", "a.txt", "Dear Ann,\n\nIt rained.\n\n-- \nTom\n555 123\n", ["Dear Ann,", "It rained."]],
])("Of %s the writer's words are read.", (_, path, source, sentences) => {
  expect(sentencesOf(path, source)).toEqual(sentences);
});

test.each([
  [
    "the comment of Nikola",
    "<!--\r\n.. title: A day\r\n.. date: 2024-05-31 10:00:00 UTC+02:00\r\n-->\r\n\r\nIt rained.\r\n",
  ],
  ["a title block behind a byte order mark", "\uFEFF% A day\n% Ann Crane\n% 31 May 2024\n\nIt rained.\n"],
  ["a link to a day that YAML takes for lists", "---\ntitle: A day\ndate: [[2024-05-31]]\n---\nIt rained.\n"],
  [
    "a date with the name of a zone",
    "---\ntitle: A day\ndate: 2024-05-31 10:00:00 Europe/Berlin\n---\nIt rained.\n",
  ],
  ["a date with signs", "---\ntitle: A day\ndate: 2024年5月31日\n---\nIt rained.\n"],
])("Title and day are read from %s, and the text below.", (_, source) => {
  const bytes = new TextEncoder().encode(source);
  const parsed = parseDocument({ path: "/notes/a.md", bytes, modifiedMs: 0 });
  if (parsed.kind === "failure") throw parsed.failure;
  const { title, dateMs, sentences } = parsed.document;
  expect([
    title,
    new Date(dateMs ?? 0).toISOString().slice(0, 10),
    sentences.map(({ plain }) => plain),
  ]).toEqual(["A day", "2024-05-31", ["It rained."]]);
});

test.each<[string, readonly string[]]>([
  ["---\ntags:\n  - Reise/Norwegen\n  - 旅行\n  - مركب\n---\n", ["Reise/Norwegen", "旅行", "مركب"]],
  ["---\ntags: ['#boats', \"two words\"]\n---\n", ["boats", "two words"]],
  ['+++\ntags = ["a", "b"]\n[taxonomies]\ncategories = ["c"]\n+++\n', ["a", "b", "c"]],
  ['{\n  "tags": ["a", "b"]\n}\n', ["a", "b"]],
  ["Title: A\nTags: tea, milk\n\n", ["tea", "milk"]],
  ["<!--\n.. title: A\n.. tags: tea, milk\n-->\n\n", ["tea", "milk"]],
])("Tags of %j.", (head, tags) => {
  expect(tagsIn(parseSource(`${head}Text.\n`, "/notes/a.md").fields)).toEqual(tags);
});
