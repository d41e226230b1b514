import fc from "fast-check";
import { expect, test } from "vitest";
import { tagKey } from "../../src/text/tag-key.ts";

test.each([
  ["capitals and spaces around it", " Web Design ", "web design"],
  ["wider gaps", "web \t design", "web design"],
  ["an accent of its own", "Cafe\u0301", "caf\u00e9"],
])("A tag has the same key with %s.", (_, spelling, key) => {
  expect(tagKey(spelling)).toBe(key);
});

test("The key of a key is the key, so what was kept as a key is compared as a tag.", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (tag) => tagKey(tagKey(tag)) === tagKey(tag)));
});
