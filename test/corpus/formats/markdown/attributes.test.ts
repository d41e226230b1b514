import { expect, it } from "vitest";
import { partsOf, readingOf } from "./reading-of.ts";

it("Attributes of Kramdown and Pandoc are left out, and end a paragraph where they have a line.", () => {
  const source = "Mine{: .x} here.\n{: .info }\nMore here.\n\n# A head {#top}\n\nBut {2} stays.";
  expect(readingOf(source)).toEqual(["Mine here.", "More here.", "But {2} stays."]);
  expect(partsOf(source, "shortcode")).toEqual(["{: .x}", "{: .info }", "{#top}"]);
});

it("Attributes of pictures may begin with a blank, and describe the picture in several sentences.", () => {
  const source =
    '![](a.png){ width="300" }\n![](b.png){.wide alt="A door is open. Light falls in."}\n\nWe left.';
  expect(readingOf(source)).toEqual(["We left."]);
});
