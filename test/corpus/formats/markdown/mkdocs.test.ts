import { expect, it } from "vitest";
import { partsOf, readingOf } from "./reading-of.ts";

it("Admonitions and tabs of MkDocs are text to their last paragraph, but for their titles.", () => {
  const source =
    '[TOC]\n\nBefore.\n!!! note "A title"\n    In it.\n\n    - A point.\n\n??? warning\n\n    Below.\n\n=== "Tab"\n\n    In a tab.\n\nAfter.';
  expect(readingOf(source)).toEqual(["Before.", "In it.", "A point.", "Below.", "In a tab.", "After."]);
  expect(partsOf(source, "shortcode")).toEqual(["[TOC]", '!!! note "A title"', "??? warning", '=== "Tab"']);
});

it("Exclamations and headings that are underlined are no admonitions.", () => {
  expect(readingOf("What!!! Yes.\n\n!!!\n\nA head\n===\n\nText.")).toEqual(["What!!!", "Yes.", "Text."]);
});
