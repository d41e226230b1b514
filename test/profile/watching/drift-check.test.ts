import { expect, test } from "vitest";
import { passagesToCheck } from "../../../src/profile/watching/drift-check.ts";

const documents = (count: number, passages: number) =>
  Array.from({ length: count }, (_, number) => ({
    path: `${number}.md`,
    tags: [],
    passages: Array.from({ length: passages }, (_, at) => ({
      ids: Uint16Array.of(at),
      words: new Uint16Array(1),
    })),
  }));

test("Of a long document twelve passages are read, spread over it, of a short one all.", () => {
  const read = (passages: number) => passagesToCheck(documents(1, passages)).map(({ ids }) => ids[0]!);
  expect(read(3)).toEqual([0, 1, 2]);
  expect(read(24)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22]);
  const long = read(100);
  expect(long).toHaveLength(12);
  expect(long.at(-1)).toBeGreaterThan(90);
});

test("Of many documents the newest hundred are read, and passages name theirs.", () => {
  const read = passagesToCheck(documents(130, 1)).map(({ document }) => document);
  expect([read.length, read[0], read.at(-1)]).toEqual([100, "30.md", "129.md"]);
});
