import { expect, it } from "vitest";
import { partsOf, readingOf } from "./reading-of.ts";

it("Brackets in a link's words are words, and so are those that no address belongs to.", () => {
  const source = "See [part one [of\ntwo]](https://example.org) and [[more]][x] of *it [sic]*.\n\n[x]: /y";
  expect(readingOf(source)).toEqual(["See part one [of two] and [more] of it [sic]."]);
  expect(partsOf(source, "link")).toHaveLength(3);
});

it("Links by their own names, and pictures, are told from words in brackets.", () => {
  expect(
    readingOf(
      "An [Item] and an [Other][] with ![a [b] c](d.png) it. [No][one] here.\n\n[item]: x\n[other]: y",
    ),
  ).toEqual(["An Item and an Other with it.", "[No][one] here."]);
});

it("Words before a label that a tool knows the address of are a link.", () => {
  const source =
    "Set the [site url][mkdocs.site_url] as [CommonMark][] does. Then x[a][b.c], [1][a.b] and [no][one] stay.";
  expect(readingOf(source)).toEqual([
    "Set the site url as CommonMark does.",
    "Then x[a][b.c], [1][a.b] and [no][one] stay.",
  ]);
});
