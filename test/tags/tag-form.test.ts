import fc from "fast-check";
import { expect, test } from "vitest";
import { formsAbove, ownName, tagForm } from "../../src/tags/tag-form.ts";

test.each([
  ["Web Design", "web-design"],
  ["web_design", "webdesign"],
  ["status update", "status-updates"],
  ["COVID-19", "covid19"],
  ["Garden/Old Roses", "garden/old-rose"],
])("%s and %s are spellings of one tag", (one, other) => {
  expect(tagForm(one)).toBe(tagForm(other));
});

test.each([
  ["http", "https"],
  ["new", "news"],
  ["c", "c++"],
  ["net", ".net"],
  ["python 2 7", "python 27"],
  ["garden/roses", "gardenroses"],
])("%s and %s are different tags", (one, other) => {
  expect(tagForm(one)).not.toBe(tagForm(other));
});

test("a word that ends in ss, us or is keeps its end", () => {
  expect(["business", "status", "analysis"].map(tagForm)).toEqual(["business", "status", "analysis"]);
});

test("no tag has an empty form", () => {
  expect(tagForm("---")).toBe("---");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (tag) => {
      expect(tagForm(tag) === "").toBe(tag.trim() === "");
    }),
  );
});

test("the forms above a hierarchical tag go up step by step", () => {
  expect(formsAbove("a/b/c")).toEqual(["a/b", "a"]);
  expect(formsAbove("plain")).toEqual([]);
  expect(formsAbove("/leading")).toEqual([]);
  expect(ownName("a/b/c")).toBe("c");
  expect(ownName("plain")).toBe("plain");
});
