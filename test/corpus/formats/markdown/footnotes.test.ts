import { expect, it } from "vitest";
import { readingOf } from "./reading-of.ts";

it("Footnotes are text, with all their paragraphs, and their marks are not.", () => {
  const source =
    "It works.[^a] Well.\n\n[^a]: Mostly it does.\n\n    Not always.\n[^b]: https://example.org/x\n\nThe end.";
  expect(readingOf(source)).toEqual(["It works.", "Well.", "Mostly it does.", "Not always.", "The end."]);
});
