import { describe, expect, it } from "vitest";
import { markdown } from "../../../../src/corpus/formats/markdown.ts";
import { readFormat } from "../read-format.ts";

describe("Fields below the title of a page, as Notion exports them,", () => {
  const page =
    "# My page\n\nCreated: March 3, 2024 5:04 PM\nTags: garden, boats\nFinal Score: 5/5\n\nThe text of it.\n";

  it("are what the document says of itself, and no text.", () => {
    expect(readFormat(page, markdown)).toEqual({
      sentences: ["The text of it."],
      headings: ["1 My page"],
      kinds: ["heading", "prose", "shortcode"],
      misplaced: [],
      said: {
        title: "My page",
        date: Date.UTC(2024, 2, 3, 17, 4),
        authors: [],
        tags: ["garden", "boats"],
      },
    });
    expect(
      readFormat("# My page\r\n\r\nTags: garden\r\n\r\n## On\r\n\r\nIts text.\r\n", markdown),
    ).toMatchObject({
      sentences: ["Its text."],
      headings: ["1 My page", "2 On"],
      said: { tags: ["garden"] },
    });
  });

  it.each([
    ["a title", "# Bread\n\nFlour: 500 g of it\nWater: 300 g of it\n"],
    ["a title further below", "Words here.\n\n# Bread\n\nTags: garden, boats\n"],
    ["a title without a gap to the text", "# Bread\n\nTags: garden, boats\nand so it went on.\n"],
    ["a smaller heading", "## Bread\n\nTags: garden, boats\n"],
    ["a sentence", "# Bread\n\nSummary: it rained. I stayed in.\n"],
  ])("are none where the lines below it are text: %s.", (_, source) => {
    const { sentences, said } = readFormat(source, markdown);
    expect(sentences.length).toBeGreaterThan(0);
    expect(said.tags).toEqual([]);
  });

  it("take more tags in place.", () => {
    const { start, end } = markdown.tagField?.(page)?.value ?? { start: 0, end: 0 };
    expect(page.slice(start, end)).toBe("garden, boats");
    const { at, field } =
      markdown.tagField?.("# My page\n\nStatus: Done\nType: Book\n\nIts text.")?.added ?? {};
    expect([at, field?.("garden")]).toEqual([34, "\nTags: garden"]);
  });
});
