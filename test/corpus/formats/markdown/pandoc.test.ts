import { expect, it } from "vitest";
import { readMarkdown } from "../../../../src/corpus/formats/markdown.ts";
import { readingOf } from "./reading-of.ts";

it("Definitions are paragraphs of their own, with what is indented below them.", () => {
  const source =
    "Ebb\n:   The tide goes out.\n\n    It does so twice a day.\n\n: It is also a word for less.\n\nTime: 10:30 it was.";
  expect(readingOf(source)).toEqual([
    "Ebb",
    "The tide goes out.",
    "It does so twice a day.",
    "It is also a word for less.",
    "Time: 10:30 it was.",
  ]);
});

it("A title block, commands for a page and marks of line blocks are left out, and their words are kept.", () => {
  const source =
    "% A title\n% Ann Crane; Bob Lamb\n% 5 May 2024\n\nThe first line.\n\n\\newpage\n\n\\begin{center}\nThis is in the middle.\n\\end{center}\n\n| A line of a poem\n| and its second.\n";
  expect(readingOf(source)).toEqual([
    "The first line.",
    "This is in the middle.",
    "A line of a poem and its second.",
  ]);
  expect(readingOf("A sentence.\n\n% is the sign for a share.")).toHaveLength(2);
});

it("Citations and references leave no gap before a mark; mentions, addresses and links stay.", () => {
  const source =
    "It was known [@lamb2001, p. 3; @crane]. See [@lamb] and \\@ref(fig:tide) for more. [@ann](https://example.org) and @bob agree, as does [bob@example.org].";
  expect(readingOf(source)).toEqual([
    "It was known.",
    "See and for more.",
    "@ann and @bob agree, as does [bob@example.org].",
  ]);
});

it("A note within a line stands in brackets, and its sentences are its own.", () => {
  const source = "We left early.^[With *all* of the [boats](x). Nobody stayed.] It rained.";
  expect(readingOf(source)).toEqual([
    "We left early.",
    "(With all of the boats.",
    "Nobody stayed.)",
    "It rained.",
  ]);
  const { sentences } = readMarkdown(source, 0, "en");
  expect(sentences.map(({ start, end }) => source.slice(start, end))).toEqual(
    sentences.map(({ text }) => text),
  );
});

it("Spans with attributes, and letters above and below the line, are words.", () => {
  expect(readingOf("It is [rather *important*]{.mark} that H~2~O and x^2^ stay [here](y){.link}.")).toEqual([
    "It is rather important that H2O and x2 stay here.",
  ]);
  expect(readingOf("About ~10 to ~20 of them [came] {early}.")).toEqual([
    "About ~10 to ~20 of them [came] {early}.",
  ]);
});
