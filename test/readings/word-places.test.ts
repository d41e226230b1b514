import { expect, test } from "vitest";
import { placeWords } from "../../src/readings/word-places.ts";

const textsOf = (source: string, words: readonly string[], start = 0): readonly string[] =>
  placeWords(source, start, words).map((place) => source.slice(place.start - start, place.end - start));

test("Words are found in order, between and within markup, and counted from the start of the sentence.", () => {
  const source = "I *really* loved the **ri**ver.";
  const words = ["I", "really", "loved", "the", "ri"];
  expect(textsOf(source, words, 40)).toEqual(words);
  expect(placeWords(source, 40, words)[1]).toEqual({ start: 43, end: 49 });
});

test("A word is not found in the target of a link, nor in a tag.", () => {
  const source = 'See [this](http://the.example/end) <b title="the">now</b>, the end.';
  const places = placeWords(source, 0, ["See", "this", "now", "the", "end"]);
  expect(places.map(({ start }) => start)).toEqual([0, 5, 50, 59, 63]);
});

test("A word that is written another way has the stretch between its neighbours.", () => {
  expect(textsOf("tea &mdash; cold", ["tea", "—", "cold"])).toEqual(["tea", "&mdash;", "cold"]);
  expect(textsOf("caf&eacute; au lait", ["café", "au", "lait"])).toEqual(["caf&eacute;", "au", "lait"]);
  expect(textsOf("tea", ["tea", "…"])).toEqual(["tea", ""]);
});

test("A word that is missing does not take a far one that is the same.", () => {
  const source = "a &lt; b and then it went on for a long while until x came";
  expect(textsOf(source, ["a", "x", "b"])).toEqual(["a", "&lt;", "b"]);
});
