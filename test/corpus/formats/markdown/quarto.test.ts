import { expect, it } from "vitest";
import { quarto, rMarkdown } from "../../../../src/corpus/formats/markdown.ts";
import { readFormat } from "../read-format.ts";
import { readingOf } from "./reading-of.ts";

const report = `---
title: "The boats of May"
date: 2024-05-31
categories: [boats, numbers]
---

# Boats {#sec-boats .unnumbered}

I counted \`r nrow(boats)\` boats, and \`{python} len(late)\` of them late. See @fig-boats and @lamb2001 [p. 3].

\`\`\`{r}
#| label: fig-boats
plot(boats)
\`\`\`

::: {.callout-note title="Mind"}
I wrote this box myself.
:::

:::: {.columns}
::: {.column width="40%"}
The left column is mine. {{< video https://example.org/a >}}
:::
::::

As others said [see @lamb2001; also @crane, pp. 1-2], it was late.

![A picture of boats](boats.png){#fig-b width=50%}

: What was late {#tbl-late}

(@good) An example that I wrote.

(ref:boats) A caption that I wrote.
`;

it("Quarto is read without code, options, settings of boxes and keys of sources.", () => {
  const { sentences, headings, misplaced, said } = readFormat(report, quarto);
  expect(sentences).toEqual([
    "I counted boats, and of them late.",
    "See Figure and lamb2001.",
    "I wrote this box myself.",
    "The left column is mine.",
    "As others said, it was late.",
    "What was late",
    "An example that I wrote.",
    "A caption that I wrote.",
  ]);
  expect(headings).toEqual(["1 Boats"]);
  expect(misplaced).toEqual([]);
  expect(said).toEqual({
    title: "The boats of May",
    date: Date.UTC(2024, 4, 31),
    authors: [],
    tags: ["boats", "numbers"],
  });
});

it("Letters of math, entries of an index and code over two lines are no words.", () => {
  const source =
    "The mean of $n$ boats is small\\index{mean!of boats()}, see Section \\@ref(tides).\n\nIt is late `r if (late)\n  'now'` again for $5 or $6.";
  expect(readFormat(source, quarto).sentences).toEqual([
    "The mean of boats is small, see Section.",
    "It is late again for $5 or $6.",
  ]);
});

it("R Markdown is read alike, and slides without their settings.", () => {
  expect(readFormat(report, rMarkdown).sentences).toEqual(readFormat(report, quarto).sentences);
  const slide = "---\n\nclass: inverse, center\n\nThe class: it was large.";
  expect(readFormat(slide, rMarkdown).sentences).toEqual(["The class: it was large."]);
});

it("What Quarto takes for references is text in other Markdown.", () => {
  expect(readingOf("Thanks to @ann and `r x` of @fig-tree.")).toEqual([
    "Thanks to @ann and r x of @fig-tree.",
  ]);
});
