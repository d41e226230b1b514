import { expect, test } from "vitest";
import { parseSource } from "../../src/corpus/parse-document.ts";
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
  ["a cut mail", "a.txt", "Dear Ann,\n\nIt rained.\n\n-- \nTom\n555 123\n", ["Dear Ann,", "It rained."]],
])("Of %s the writer's words are read.", (_, path, source, sentences) => {
  expect(sentencesOf(path, source)).toEqual(sentences);
});

test.each<[string, readonly string[]]>([
  ["---\ntags:\n  - Reise/Norwegen\n  - 旅行\n  - مركب\n---\n", ["Reise/Norwegen", "旅行", "مركب"]],
  ["---\ntags: ['#boats', \"two words\"]\n---\n", ["boats", "two words"]],
  ['+++\ntags = ["a", "b"]\n[taxonomies]\ncategories = ["c"]\n+++\n', ["a", "b", "c"]],
  ['{\n  "tags": ["a", "b"]\n}\n', ["a", "b"]],
  ["Title: A\nTags: tea, milk\n\n", ["tea", "milk"]],
])("Tags of %j.", (head, tags) => {
  expect(tagsIn(parseSource(`${head}Text.\n`, "/notes/a.md").fields)).toEqual(tags);
});
