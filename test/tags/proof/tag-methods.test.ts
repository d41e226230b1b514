import fc from "fast-check";
import { expect, test } from "vitest";
import { BaseLevel } from "../../../src/lab/baselines/base-level.ts";
import { Centroid } from "../../../src/lab/baselines/centroid.ts";
import { TfidfKnn } from "../../../src/lab/baselines/tfidf-knn.ts";
import { TfidfLogistic } from "../../../src/lab/baselines/tfidf-logistic.ts";
import { activation } from "../../../src/tags/features/history-features.ts";
import { EmbeddingKnn, MostFrequent, rankTags, type TagMethod } from "../../../src/tags/proof/tag-methods.ts";
import { documentOf } from "../tagged-documents.ts";

const bread = documentOf(40, "Rye bread\nflour, water and a slow oven", ["unused"], [0.9, 0.1]);

/** Three posts on baking, then four on sailing, of which one has two tags. */
function taught<Method extends TagMethod>(method: Method): Method {
  method.learn(documentOf(1, "Bread\nflour and water in the oven", ["Baking"], [1, 0]));
  method.learn(documentOf(2, "Rolls\nflour, butter, the oven", ["baking "], [1, 0.1]));
  method.learn(documentOf(3, "Cake\nsugar, flour, oven", ["baking"], [1, 0.2]));
  method.learn(documentOf(30, "Knots\nrope on the boat", ["sailing"], [0, 1]));
  method.learn(documentOf(31, "Wind\nthe boat and the sea", ["sailing"], [0.1, 1]));
  method.learn(documentOf(32, "Sea\nwind and boat", ["Sailing", "weather"], [0.2, 1]));
  method.learn(documentOf(33, "Harbour\nboat, rope, night", ["sailing"], [0.3, 1]));
  return method;
}

test("the most frequent tag comes first, whatever its spelling", () => {
  expect(taught(new MostFrequent()).suggest(bread, 3)).toEqual([
    { tag: "sailing", score: 4 },
    { tag: "baking", score: 3 },
    { tag: "weather", score: 1 },
  ]);
});

test("base-level activation is the logarithm of the sum of age to the power of minus one half", () => {
  const day = 86_400_000;
  expect(activation([0, 12 * day], 16 * day)).toBeCloseTo(Math.log(1 / 4 + 1 / 2));
});

test("a recent use counts more than an old one", () => {
  const method = new BaseLevel();
  method.learn(documentOf(1, "a", ["old"]));
  method.learn(documentOf(2, "b", ["old"]));
  method.learn(documentOf(99, "c", ["fresh"]));
  expect(method.suggest(documentOf(100, "d", []), 1)[0]?.tag).toBe("fresh");
});

test.each([new TfidfKnn(), new TfidfLogistic(), new EmbeddingKnn(), new Centroid()])(
  "$name reads the document: flour speaks for baking",
  (method) => {
    expect(taught(method).suggest(bread, 1)[0]?.tag).toBe("baking");
  },
);

test("the logistic regression is fitted again after 25 further documents", () => {
  const method = taught(new TfidfLogistic());
  method.suggest(bread, 1);
  for (let day = 50; day < 74; day++) method.learn(documentOf(day, "Chess\nrook and queen", ["chess"]));
  const chess = documentOf(80, "Chess\na queen for a rook", []);
  expect(method.suggest(chess, 9).map(({ tag }) => tag)).not.toContain("chess");
  method.learn(documentOf(75, "Chess\nking and rook", ["chess"]));
  expect(method.suggest(chess, 1)[0]?.tag).toBe("chess");
});

test("scores that are equal to four decimals are in order of name", () => {
  const scores: [string, number][] = [
    ["b", 0.50001],
    ["a", 0.50004],
    ["c", 0.9],
  ];
  expect(rankTags(scores, 3).map(({ tag }) => tag)).toEqual(["c", "a", "b"]);
});

test("the ranking does not depend on the order in which scores are given", () => {
  const scores = fc.uniqueArray(
    fc.tuple(fc.string({ minLength: 1 }), fc.double({ noNaN: true, min: -5, max: 5 })),
    { selector: ([tag]) => tag },
  );
  fc.assert(
    fc.property(scores, (given) => {
      expect(rankTags(given.toReversed(), 5)).toEqual(rankTags(given, 5));
    }),
  );
});
