import { describe, expect, it } from "vitest";
import { partsOf, readingOf } from "./reading-of.ts";

describe("Lines that import components", () => {
  it("are code in any Markdown", () => {
    const source =
      "import Box from './_parts/Box.md'\nimport { A, B } from \"@site/parts\";\n\nWe met. <Box />";
    expect(readingOf(source)).toEqual(["We met."]);
    expect(partsOf(source, "code")).toHaveLength(2);
  });

  it("are text where they only begin so", () => {
    const source = "import duties rose again\n\nimport tea from China, she said.";
    expect(readingOf(source)).toEqual(["import duties rose again", "import tea from China, she said."]);
  });
});
