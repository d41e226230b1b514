import { expect, test } from "vitest";
import { proposalItems } from "../../../src/editor/learning/proposal-items.ts";
import { untranslated as english } from "../../../src/words/translate.ts";

test("Proposed folders show counts, and the list ends with a way to choose another.", () => {
  const proposal = { folder: "/blog/$(alert)", documents: 200, words: 90_000, tags: 31, authors: [] };
  const items = proposalItems([proposal], english, () => "$(alert)");
  expect(items[0]).toMatchObject({
    role: "folder",
    folder: "/blog/$(alert)",
    label: "$ (alert)",
    description: "200 documents, 90,000 words, 31 tags",
    detail: "/blog/$ (alert)",
  });
  expect(items.at(-1)?.role).toBe("another");
});
