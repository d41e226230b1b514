import fc from "fast-check";
import { expect, test } from "vitest";
import { chosenTags, tagItems } from "../../src/editor/tag-items.ts";
import { english } from "./translate.ts";

const suggestion = (tag: string, present = false) => ({
  tag,
  score: 0.5,
  reasons: ["Documents like it have it.", "It is frequent."],
  present,
});

test("An item shows the score and the first reason, and harmless text in place of a hostile tag.", () => {
  const [item] = tagItems([suggestion("$(alert)[x](command:y)")], english);
  expect(item).toEqual({
    tag: "$(alert)[x](command:y)",
    label: "$ (alert)[x] (command:y)",
    description: "50 %",
    detail: "Documents like it have it.",
    present: false,
  });
});

test("Tags that are there stay in front, unpicked ones go, new ones follow by rank.", () => {
  const items = tagItems(
    [suggestion("new"), suggestion("kept", true), suggestion("gone", true), suggestion("other")],
    english,
  );
  expect(chosenTags(items, new Set(["other", "new", "kept"]))).toEqual(["kept", "new", "other"]);
});

test("What is written is what was picked, each tag once.", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(fc.string(), fc.boolean(), fc.boolean()), { selector: ([tag]) => tag }),
      (tags) => {
        const items = tagItems(
          tags.map(([tag, present]) => suggestion(tag, present)),
          english,
        );
        const picked = tags.filter(([, , isPicked]) => isPicked).map(([tag]) => tag);
        expect([...chosenTags(items, new Set(picked))].sort()).toEqual([...picked].sort());
      },
    ),
  );
});
