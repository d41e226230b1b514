import { expect, test } from "vitest";
import { proposalItems } from "../../../src/editor/learning/proposal-items.ts";
import { untranslated as english } from "../../../src/words/translate.ts";
import { proposedFolder, spoken } from "./proposed-folder.ts";

test("Proposed folders show counts, and the list ends with a way to choose another.", () => {
  const proposal = proposedFolder({
    folder: "/blog/$(alert)",
    documents: 200,
    words: 90_000,
    tags: 31,
    languages: spoken({ en: 89_900, de: 100 }, false),
  });
  const items = proposalItems([proposal], english, () => "$(alert)");
  expect(items[0]).toMatchObject({
    role: "folder",
    folder: "/blog/$(alert)",
    label: "$ (alert)",
    description: "200 documents, 90,000 words, 31 tags, English",
    detail: "/blog/$ (alert)",
  });
  expect(items.at(-1)?.role).toBe("another");
});

test("A folder in another language says which, and what is learned of it.", () => {
  const [german, mixed] = proposalItems(
    [
      proposedFolder({ languages: spoken({ de: 850, en: 50 }, true) }),
      proposedFolder({ languages: spoken({ en: 600, fr: 300 }, false), isEstimate: true }),
    ],
    english,
    () => "blog",
  );
  expect(german).toMatchObject({
    description: "3 documents, 900 words, 2 tags, German 94 %, English 6 %",
    detail: "/blog · not English: tags yes, tone and voice no",
  });
  expect(mixed).toMatchObject({
    description: "about 3 documents, 900 words, 2 tags, English 67 %, French 33 %",
    detail: "/blog · 33 % not English: of that tags alone",
  });
});
