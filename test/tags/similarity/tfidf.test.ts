import { expect, test } from "vitest";
import { createRandom } from "../../../src/numbers/random.ts";
import { countTerms, wordsOf } from "../../../src/tags/similarity/document-terms.ts";
import { TfidfIndex } from "../../../src/tags/similarity/tfidf.ts";

const words = (text: string) => countTerms(text, "words").terms;
const wordsAndPairs = (text: string) => countTerms(text, "wordsAndPairs").terms;

function indexOf(...texts: readonly string[]): TfidfIndex {
  const index = new TfidfIndex();
  for (const text of texts) index.add(words(text));
  return index;
}

test("names of languages and words with apostrophes stay whole", () => {
  expect(wordsOf("C++, C# and .NET; don't use Node.js")).toEqual([
    "c++",
    "c#",
    "and",
    ".net",
    "don't",
    "use",
    "node.js",
  ]);
});

test("weights are those of scikit-learn's TfidfVectorizer with sublinear_tf", () => {
  // "apple apple pear", "pear plum": idf(apple) = ln(3/2) + 1, idf(pear) = 1; tf(apple) = 1 + ln 2.
  const apple = (1 + Math.log(2)) * (Math.log(3 / 2) + 1);
  const [first] = indexOf("apple apple pear", "pear plum").vectors();
  const length = Math.hypot(apple, 1);
  expect([...first!.weights]).toEqual([expect.closeTo(apple / length, 5), expect.closeTo(1 / length, 5)]);
});

test("a text is fully similar to itself and not at all to one without common words", () => {
  const [same, other] = indexOf("apple pear plum", "iron steel").similarities(words("plum pear apple"));
  expect(same).toBeCloseTo(1);
  expect(other).toBe(0);
});

test("a document that is left out changes nothing, as if it had never been added", () => {
  const texts = ["apple pear", "pear plum fig", "plum apple apple"];
  const without = indexOf(...texts).similarities(words("apple plum fig kiwi"));
  const leftOut = indexOf(...texts, "fig kiwi apple").similarities(
    words("apple plum fig kiwi"),
    new Set([3]),
  );
  expect([...leftOut.subarray(0, 3)]).toEqual([...without]);
  expect(leftOut[3]).toBe(0);
});

test("pairs of words tell texts of the same words apart", () => {
  const index = new TfidfIndex();
  index.add(wordsAndPairs("dog bites man"));
  index.add(wordsAndPairs("man bites dog"));
  const [same, turned] = index.similarities(wordsAndPairs("dog bites man"));
  expect(same).toBeCloseTo(1);
  expect(turned).toBeLessThan(0.9);
});

test("steady similarities are those of the day: later documents do not change them", () => {
  const index = indexOf("apple pear", "pear plum fig");
  const newest = index.steadySimilarities(words("plum apple kiwi"), [0, 1]);
  for (const text of ["plum apple kiwi", "kiwi kiwi fig", "apple apple"]) index.add(words(text));
  const [first, second, own] = index.steadySimilarities(words("plum apple kiwi"), [0, 1, 2]);
  expect(own).toBeGreaterThan(0.9);
  expect(newest[0]).toBeGreaterThan(0);
  expect(Math.abs(first! - newest[0]!)).toBeLessThan(0.2);
  expect(second).toBeGreaterThan(0);
});

test("a question leaves nothing behind, whatever was left out or never seen", () => {
  const index = indexOf("apple pear", "pear plum fig", "plum apple apple");
  const before = [...index.similarities(words("apple plum"))];
  index.similarities(words("kiwi fig plum"), new Set([0, 2]));
  index.steadySimilarities(words("kiwi fig pear"), [0, 2], new Set([1]));
  expect([...index.similarities(words("apple plum"))]).toEqual(before);
});

test("steady products of two documents are what the later one was asked about before it was added", () => {
  const texts = ["apple pear", "pear plum fig", "plum apple apple", "fig kiwi apple"];
  const index = indexOf(...texts.slice(0, 2));
  const asked = index.steadySimilarities(words("plum apple apple"), [0, 1]);
  for (const text of texts.slice(2)) index.add(words(text));
  expect(index.steadyProducts(2, [0, 1])).toEqual(asked);
  expect(index.steadyProducts(0, [2])[0]).toBe(asked[0]);
  expect(index.steadyProducts(3, [3])[0]).toBeCloseTo(1);
});

test("steady products are the same to the bit, asked one by one as documents come or many together", () => {
  const random = createRandom("steady products");
  const texts = Array.from({ length: 40 }, () => {
    return Array.from({ length: 30 }, () => `w${random.integer(60)}`).join(" ");
  });
  const index = new TfidfIndex();
  const before = (place: number) => Array.from({ length: place }, (_, at) => at);
  const oneByOne = texts.map((text, place) => {
    index.add(wordsAndPairs(text));
    return index.steadyProducts(place, before(place));
  });
  expect(texts.map((_, place) => index.steadyProducts(place, before(place)))).toEqual(oneByOne);
  expect(index.steadyProducts(7, [30, 7, 2]).at(1)).toBeCloseTo(1);
  // Rows begin at a later document, and then at an earlier one again.
  const from = (first: number) =>
    [38, 39].map((place) => index.steadyProducts(place, before(place).slice(first)));
  expect(from(20)).toEqual([38, 39].map((place) => oneByOne[place]!.slice(20)));
  expect(from(3)).toEqual([38, 39].map((place) => oneByOne[place]!.slice(3)));
});

test("whoever asks for the steady vector of a document long ago is told so", () => {
  const index = new TfidfIndex();
  for (let at = 0; at <= 1000; at++) index.add(words(`apple ${at}`));
  expect(() => index.steadyProducts(1000, [0])).toThrow(RangeError);
  expect(index.steadyProducts(1000, [1])[0]).toBeGreaterThan(0);
});

test("words that no document has, or only those left out, make a text no less similar, but count in a kernel", () => {
  const index = indexOf("apple pear", "pear plum fig", "kiwi kiwi");
  expect(index.similarities(words("apple pear quince"))).toEqual(index.similarities(words("apple pear")));
  const without = new Set([2]);
  expect(index.similarities(words("apple pear kiwi"), without)).toEqual(
    index.similarities(words("apple pear"), without),
  );
  const [strange] = index.steadySimilarities(words("apple pear quince"), [0]);
  expect(strange).toBeLessThan(index.steadySimilarities(words("apple pear"), [0])[0]!);
});
