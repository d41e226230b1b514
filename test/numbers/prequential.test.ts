import { expect, test } from "vitest";
import { prequentially } from "../../src/numbers/prequential.ts";

test("In order of date the newest 30 % are each read before they are learned from.", () => {
  const items = [5, 3, 9, 1, 7, 2, 8, 4, 10, 6].map((timeMs) => ({ id: `${timeMs}`, timeMs }));
  const learned: string[] = [];
  const read = prequentially(items, {
    read: ({ id }) => ({ id, after: learned.length, isKnown: learned.includes(id) }),
    learn: ({ id }) => learned.push(id),
  });
  expect([...read]).toEqual([
    ...new Array(7).fill(undefined),
    { id: "8", after: 7, isKnown: false },
    { id: "9", after: 8, isKnown: false },
    { id: "10", after: 9, isKnown: false },
  ]);
  expect(learned).toHaveLength(10);
});

test("No more than are asked for are read: the newest.", () => {
  const items = [3, 9, 1, 7, 2, 8, 4, 10, 6, 5].map((timeMs) => ({ id: `${timeMs}`, timeMs }));
  const learned: string[] = [];
  const readings = prequentially(
    items,
    { read: ({ id }) => `${id} after ${learned.length}`, learn: ({ id }) => learned.push(id) },
    2,
  );
  expect([...readings].filter((reading) => reading !== undefined)).toEqual(["9 after 8", "10 after 9"]);
  expect(learned).toHaveLength(10);
});
