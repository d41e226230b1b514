import { expect, it } from "vitest";
import { KeptWith } from "../../../src/corpus/live/kept-with.ts";

it("What is kept with an object is its own, apart from what others keep with it, and nobody else sees it.", () => {
  const [one, other] = [{ name: "one" }, { name: "other" }];
  const [lengths, words] = [new KeptWith<object, number>(), new KeptWith<object, string>()];
  lengths.set(one, 3);
  words.set(one, "tide");
  lengths.set(one, 4);
  expect([lengths.get(one), words.get(one)]).toEqual([4, "tide"]);
  expect([lengths.get(other), words.get(other)]).toEqual([undefined, undefined]);
  expect(Object.keys(one)).toEqual(["name"]);
  expect(JSON.stringify(one)).toBe('{"name":"one"}');
});
