import { expect, test } from "vitest";
import { openRankerPrior } from "../../../src/tags/ranker/open-ranker-prior.ts";
import { learnTagSuggestion } from "../../../src/tags/tag-learning.ts";
import { TagSuggester } from "../../../src/tags/tag-suggester.ts";
import type { TaggedDocument } from "../../../src/tags/tagged-document.ts";
import { documentOf } from "../tagged-documents.ts";

/** Forty posts about bread or boats, in turn. */
const posts: readonly TaggedDocument[] = Array.from({ length: 40 }, (_, at) =>
  at % 2 === 0
    ? documentOf(at + 1, `Bread no. ${at}\nflour and water`, ["baking"], [1, at / 100])
    : documentOf(at + 1, `Boat no. ${at}\nrope and wind`, ["sailing"], [at / 100, 1]),
);

/** As if all tags from the twentieth post on had been taken from suggestions. */
const accepted = posts.map((post, at) => (at < 20 ? post : { ...post, accepted: new Set(post.tags) }));

const sources = { labelVector: () => undefined };
const breathe = async () => undefined;

function fitted(documents: readonly TaggedDocument[]) {
  const suggester = new TagSuggester();
  for (const document of documents) suggester.learn(document);
  return suggester;
}

test("Tags taken from suggestions are no lesson for the ranker.", () => {
  const weightOf = (documents: readonly TaggedDocument[]) =>
    fitted(documents).state().ranker.features["document.share5"]!.weight;
  const start = openRankerPrior.features["document.share5"]!.weight;
  // Every post has the tag of its neighbours; what was taken does not say so.
  expect(Math.abs(weightOf(accepted) - start)).toBeLessThan(Math.abs(weightOf(posts) - start));
});

test("They are tags all the same: the memory has them.", () => {
  const boat = documentOf(99, "A boat\nrope and wind", [], [0.3, 1]);
  expect(fitted(accepted).suggest(boat, 1)[0]!.tag).toBe("sailing");
});

test("They are left out of what is measured, by all methods, and their number is told.", async () => {
  const own = await learnTagSuggestion(posts, sources, breathe);
  expect(own.report).toMatchObject({ documents: 12, acceptedTags: 0 });
  const echoed = await learnTagSuggestion(accepted, sources, breathe);
  expect(echoed.report).toMatchObject({ documents: 0, acceptedTags: 20 });
});

test("A document with both is measured on its own tags alone.", async () => {
  const mixed = posts.map((post, at) =>
    at < 28 ? post : { ...post, tags: [...post.tags, "cooking"], accepted: new Set(["baking", "sailing"]) },
  );
  const known = [...mixed.slice(0, 27), { ...mixed[27]!, tags: ["sailing", "cooking"] }, ...mixed.slice(28)];
  const { report } = await learnTagSuggestion(known, sources, breathe);
  expect(report.documents).toBe(12);
  // What was taken takes no place among the first five: of three tags one is left to be right.
  expect(report.known.mostFrequent.mrr).toBeGreaterThan(0.45);
});
