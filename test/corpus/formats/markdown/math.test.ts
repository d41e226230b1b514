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
    ["wages by the hour", "I earned $20/hr, and she took $30/hr, so it was fair."],
    ["prices of two countries", "From US$5 to A$6 it goes, or A$ 7 (she paid 6$)."],
    ["variables of a shell", "Set $HOME and $PATH now, or $HOME/$USER."],
    ["brackets that are escaped", "She said \\[and meant\\] it."],
  ])("is not seen in %s", (_what, source) => {
    expect(partsOf(source, "math")).toEqual([]);
  });

  it("is seen in letters and numbers alone, and in formulas of chemistry", () => {
    const source =
      "Here the $i$th of $n$ stones lies at $f(3, 4)$ today.\n\nRust, or FeO$_2$, is 2$\\times 10^{3}$ wide.";
    expect(readingOf(source)).toEqual(["Here the of stones lies at today.", "Rust, or FeO, is 2 wide."]);
    expect(partsOf(source, "math")).toEqual(["$i$th", "$n$", "$f(3, 4)$", "$_2$", "$\\times 10^{3}$"]);
  });

  it("is not seen in code, nor across it", () => {
    expect(readingOf("Write `$$` to begin.\n\nI am glad.\n\nWrite `$^` or `$_` now.")).toEqual([
      "Write $$ to begin.",
      "I am glad.",
      "Write $^ or $_ now.",
    ]);
  });
});
