import { describe, expect, it } from "vitest";
import { partsOf, readingOf } from "./reading-of.ts";

describe("TeX in Markdown", () => {
  it.each([
    ["dollars in a line", "One $x_1 = 2$ more. Two."],
    ["doubled dollars in a line", "One $$ x = y $$ more. Two."],
    ["round brackets", "One \\(\\alpha + 1\\) more. Two."],
    ["a block behind a paragraph", "One more.\n$$\na = b. C = d\n\ne\n$$\nTwo."],
    ["square brackets over lines", "One more.\n\n\\[\nx &= y^2 \\\\\n+ z\n\\]\n\nTwo."],
    [
      "an environment with another in it",
      "One more.\n\n\\begin{equation}\n\\begin{cases} x \\end{cases}\n\\end{equation}\n\nTwo.",
    ],
  ])("is left out between %s", (_what, source) => {
    expect(readingOf(source)).toEqual(["One more.", "Two."]);
    expect(partsOf(source, "math")).toHaveLength(1);
  });

  it.each([
    ["dollars as a price", "The inn is $$ and quiet.\n\nThe bar is $$ too."],
    ["two prices in a line", "It costs $5, not $10."],
    ["brackets that are escaped", "She said \\[and meant\\] it."],
  ])("is not seen in %s", (_what, source) => {
    expect(partsOf(source, "math")).toEqual([]);
  });

  it("is not seen in code, nor across it", () => {
    expect(readingOf("Write `$$` to begin.\n\nI am glad.\n\nWrite `$^` or `$_` now.")).toEqual([
      "Write $$ to begin.",
      "I am glad.",
      "Write $^ or $_ now.",
    ]);
  });
});
