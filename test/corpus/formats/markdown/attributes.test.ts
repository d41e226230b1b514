import { expect, it } from "vitest";
import { partsOf, readingOf } from "./reading-of.ts";

it("Attributes of Kramdown and Pandoc are left out, and end a paragraph where they have a line.", () => {
  const source = "Mine{: .x} here.\n{: .info }\nMore here.\n\n# A head {#top}\n\nBut {2} stays.";
  expect(readingOf(source)).toEqual(["Mine here.", "More here.", "But {2} stays."]);
  expect(partsOf(source, "shortcode")).toEqual(["{: .x}", "{: .info }", "{#top}"]);
});
