import { expect, test } from "vitest";
import { type NewTagOffers, offerNewTags, sharesFrom } from "../../../src/lab/tags/offer-new-tags.ts";
import { openNewTagPrior } from "../../../src/tags/ranker/open-new-tag-prior.ts";

const document = (day: number, title: string, tags: readonly string[]) => ({
  id: `${day}.md`,
  timeMs: day * 86_400_000,
  title,
  text: `Something about ${title.toLowerCase()} was said on day ${day}.`,
  tags,
  vectors: [],
  vector: new Float32Array(0),
});

test("A tag is offered from the documents before, and is right where this or a later one has it.", () => {
  const earlier = ["One", "Two", "Three", "Four", "Five", "Six"].map((title, at) =>
    document(at, title, ["days"]),
  );
  const documents = [
    ...earlier,
    document(6, "Lighthouses", ["lighthouses", "not there"]),
    document(7, "Herrings", ["days"]),
    document(8, "Seagulls", ["herrings"]),
  ];
  const offers = offerNewTags(documents, openNewTagPrior, 1);
  expect(offers).toMatchObject({ documents: 7, newTags: 3, named: 1 });
  const shown = offers.offers.slice(-3).map(({ isRight, isFound }) => [isRight, isFound]);
  // Lighthouses is the tag of its document, herrings of a later one, seagulls of none.
  expect(shown).toEqual([
    [true, true],
    [true, false],
    [false, false],
  ]);
});

test("Shares count offers from the score on, and what they found of the tags that stand in the text.", () => {
  const offer = (score: number, isRight: boolean, isFound: boolean) => ({ score, isRight, isFound });
  const offers: NewTagOffers = {
    documents: 9,
    newTags: 8,
    named: 4,
    offers: [
      offer(0.9, true, true),
      offer(0.5, true, false),
      offer(0.5, false, false),
      offer(0.1, true, true),
    ],
  };
  expect(sharesFrom(offers, 0.5)).toEqual({ offered: 3, right: 2 / 3, found: 1 / 4 });
  expect(sharesFrom(offers, 0)).toEqual({ offered: 4, right: 3 / 4, found: 2 / 4 });
  expect(sharesFrom(offers, 1)).toEqual({ offered: 0, right: 0, found: 0 });
});
