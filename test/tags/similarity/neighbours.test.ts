import fc from "fast-check";
import { expect, test } from "vitest";
import { nearest, nearestFirst, neighbourShares } from "../../../src/tags/similarity/neighbours.ts";

test("The most similar come first, and of equal ones the newest.", () => {
  expect(nearest([0.2, 0.9, 0.2, -1], 3).map(({ index }) => index)).toEqual([1, 2, 0]);
});

test("Votes weigh a power of the similarity, and what is unlike has none.", () => {
  const neighbours = [
    { index: 0, similarity: 1 },
    { index: 1, similarity: 0.5 },
    { index: 2, similarity: -1 },
  ];
  const tags = [["sea"], ["sea", "fog"], ["tea"]];
  const shares = neighbourShares(neighbours, (index) => tags[index]!, 2);
  expect(Object.fromEntries(shares)).toEqual({ sea: 1, fog: 0.2, tea: 0 });
});

test("All places in order are those of the nearest ones, whatever is equal, negative or nothing.", () => {
  const similarity = fc.oneof(fc.float({ min: -1, max: 1, noNaN: true }), fc.constantFrom(0, -0, 0.5, 1, -1));
  fc.assert(
    fc.property(fc.array(similarity, { maxLength: 40 }), (values) => {
      const similarities = Float32Array.from(values);
      const expected = nearest(similarities, values.length).map(({ index }) => index);
      expect([...nearestFirst(similarities)]).toEqual(expected);
    }),
  );
});
