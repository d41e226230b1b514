import fc from "fast-check";
import { expect, test } from "vitest";
import { chosenTags, tagItems } from "../../../src/editor/tags/tag-items.ts";
import { untranslated as english } from "../../../src/words/translate.ts";

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
    isNew: false,
  });
});

test("What is picked is taken in the order of the list.", () => {
  const items = tagItems([suggestion("first"), suggestion("second", true), suggestion("third")], english);
  expect(chosenTags(items, new Set(["third", "first"]))).toEqual(["first", "third"]);
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
