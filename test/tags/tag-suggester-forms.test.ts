import { expect, test } from "vitest";
import type { RankerPrior } from "../../src/tags/ranker/ranker.ts";
import { TagSuggester, type TagSuggesterOptions } from "../../src/tags/tag-suggester.ts";
import { documentOf } from "./tagged-documents.ts";

const feature = (weight: number) => ({ mean: 0, deviation: 1, weight });
const prior: RankerPrior = {
  version: 1,
  bias: -3,
  features: { "document.share5": feature(4), "literal.inTitle": feature(3) },
};

const baking = (day: number, tag: string) =>
  documentOf(day, `Bread no. ${day}\nflour and water in the oven`, [tag], [1, day / 100]);
const sailing = (day: number, tag: string) =>
  documentOf(day, `Boat no. ${day}\nrope and wind at sea`, [tag], [day / 100, 1]);
const roll = documentOf(40, "A roll\nflour, butter and the oven", [], [1, 0.2]);

/** Two of three times the writer writes `home-baking`, else `Home Baking`. */
function twoSpellings(options: TagSuggesterOptions = {}): TagSuggester {
  const suggester = new TagSuggester({ prior, ...options });
  for (let day = 0; day < 9; day++) {
    suggester.learn(baking(2 * day, day % 3 === 0 ? "Home Baking" : "home-baking"));
    suggester.learn(sailing(2 * day + 1, "sailing"));
  }
  return suggester;
}

test("two spellings are suggested once, as the writer mostly writes the tag", () => {
  const tags = twoSpellings()
    .explain(roll, 5)
    .map(({ tag, key }) => ({ tag, key }));
  expect(tags).toEqual([
    { tag: "home-baking", key: "home-baking" },
    { tag: "sailing", key: "sailing" },
  ]);
});

test("two spellings share what speaks for them: the score is that of one spelling throughout", () => {
  const one = new TagSuggester({ prior });
  for (let day = 0; day < 9; day++) {
    one.learn(baking(2 * day, "home-baking"));
    one.learn(sailing(2 * day + 1, "sailing"));
  }
  expect(twoSpellings().suggest(roll, 5)).toEqual(one.suggest(roll, 5));
});

test("a veto of one spelling holds for all, and so does an addition", () => {
  const vetoed = twoSpellings();
  vetoed.correct("veto", "HOME BAKING", roll);
  expect(vetoed.suggest(roll, 5).map(({ tag }) => tag)).toEqual(["sailing"]);
  const added = twoSpellings();
  added.correct("add", "Sailings", roll);
  expect(added.explain(roll, 1)[0]).toMatchObject({ tag: "sailing", score: 1 });
});

test("a closed list decides how a tag is spelled", () => {
  const tags = twoSpellings({ closedList: ["home baking"] }).explain(roll, 5);
  expect(tags.map(({ tag }) => tag)).toEqual(["home baking"]);
  expect(tags[0]?.score).toBeGreaterThan(0.5);
});

test("a hierarchical tag is found by its last part, and the tag above it only as far as it is used itself", () => {
  const suggester = new TagSuggester({ prior });
  suggester.learn(baking(0, "kitchen"));
  for (let day = 1; day < 9; day++) {
    suggester.learn(baking(2 * day, "kitchen/baking"));
    suggester.learn(sailing(2 * day + 1, "sailing"));
  }
  const named = documentOf(41, "On baking\nropes and wind", [], [0.5, 0.5]);
  const [first] = suggester.explain(named, 1);
  expect(first).toMatchObject({ tag: "kitchen/baking" });
  expect(first?.reasons[0]).toMatchObject({ kind: "literal", inTitle: true });
  const scores = new Map(suggester.suggest(roll, 5).map(({ tag, score }) => [tag, score]));
  expect(scores.get("kitchen")).toBeLessThan(scores.get("kitchen/baking")! / 2);
});

test("present tags raise those that come with them", () => {
  const suggester = new TagSuggester({ prior });
  for (let day = 0; day < 12; day++) {
    const bread = baking(2 * day, "baking");
    suggester.learn(day % 2 === 0 ? { ...bread, tags: ["baking", "sunday"] } : bread);
    suggester.learn(sailing(2 * day + 1, "sailing"));
  }
  const scoreOf = (tag: string, present: readonly string[]) =>
    suggester.explain(roll, 5, present).find(({ key }) => key === tag)!.score;
  expect(scoreOf("sunday", ["Baking"])).toBeGreaterThan(scoreOf("sunday", []));
  expect(scoreOf("sailing", ["Baking"])).toBeLessThan(scoreOf("sailing", []));
  expect(scoreOf("baking", ["Baking"])).toBe(scoreOf("baking", []));
});

test("a tag that was vetoed for a document is not proposed as new, and with a closed list none is", () => {
  const asked = documentOf(42, "The observatory\nWe saw the observatory at night", [], [1, 0]);
  const suggester = twoSpellings();
  expect(suggester.proposeNew(asked, 1)[0]).toMatchObject({ key: "observatory", reasons: [{ kind: "new" }] });
  suggester.correct("veto", "observatory", asked);
  expect(suggester.proposeNew(asked, 5).map(({ key }) => key)).not.toContain("observatory");
  expect(twoSpellings({ closedList: ["sailing"] }).proposeNew(asked, 5)).toEqual([]);
});
