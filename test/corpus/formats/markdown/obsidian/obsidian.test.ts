import { describe, expect, it } from "vitest";
import { partsOf, readingOf } from "../reading-of.ts";

describe("Obsidian's", () => {
  it("boxes are the writer's text, without their titles, and with titles that are sentences", () => {
    const source = "> [!NOTE] A title\n> In it.\n>\n> > [!tip]- Do this first.\n> > And this.\n\nAfter.";
    expect(readingOf(source)).toEqual(["In it.", "Do this first.", "And this.", "After."]);
    expect(readingOf("> [!quote] Somebody\n> Not mine.\n\n> Nor this.\n\nMine.")).toEqual(["Mine."]);
  });

  it("states of tasks are no words, and brackets elsewhere are", () => {
    const source = "- [-] Sell the *old* boat.\n- [?] Ask\n  Ann about it.\n1. [>] Later.\n\n[?] is a sign.";
    expect(readingOf(source)).toEqual([
      "Sell the old boat.",
      "Ask Ann about it.",
      "Later.",
      "[?] is a sign.",
    ]);
    expect(readingOf("- [a](b.md) is a link")).toEqual(["a is a link"]);
  });

  it("comments are hidden, in a line and over paragraphs", () => {
    expect(
      readingOf("Before %%not this. Nor that.%% after.\n\n%%\nHidden.\n\nThis too.\n%%\n\nThe end."),
    ).toEqual(["Before after.", "The end."]);
    expect(readingOf("It is 50%% or 60%% of it.")).toEqual(["It is 50%% or 60%% of it."]);
  });

  it("ids of blocks, embeds and marks of highlights are passed over", () => {
    expect(
      readingOf("It is ==very== good. ^an-id\n\n- An item ^x1\n- 2 ^ 3 == 8 is so\n\n![[a.png|300]]"),
    ).toEqual(["It is very good.", "An item", "2 ^ 3 == 8 is so"]);
  });

  it("links are what they show, and lie wholly in their sentences", () => {
    const source = "See [[Some Page|that page]] and [[Other]]";
    expect(readingOf(source)).toEqual(["See that page and Other"]);
    expect(partsOf(source, "link")).toEqual(["[[Some Page|that page]]", "[[Other]]"]);
    expect(partsOf(source, "prose")).toEqual([source]);
  });

  it("links with blanks in their addresses are their words, and words in brackets are none", () => {
    const source =
      "See [the well](My Notes/The well.md) and [Ann Lee](Ann Lee). She said [so](as I heard and saw).";
    expect(readingOf(source)).toEqual(["See the well and Ann Lee.", "She said [so](as I heard and saw)."]);
  });
});
