import { expect, it } from "vitest";
import { readingOf } from "./reading-of.ts";

it("Boxes of Quarto and Docusaurus are text, but for the lines of colons.", () => {
  expect(
    readingOf("Before.\n::: {.callout-note}\nIn it.\n\n:::tip[A title]\n- A point.\n:::\n:::\nAfter."),
  ).toEqual(["Before.", "In it.", "A point.", "After."]);
});

it("Cells of Quarto are code.", () => {
  expect(readingOf("Before.\n\n```{r}\n#| label: x\nplot(1). Two.\n```\n\nAfter.")).toEqual([
    "Before.",
    "After.",
  ]);
});
