import { expect, test } from "vitest";
import { drawMeasuredUses, untilDecided } from "../../../scripts/gates/draw-measured-uses.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import { rankOwnWords } from "../../../src/profile/watching/rank-own-words.ts";

const draws = process.env["LONG"] === "1" ? 1_000 : 150;

test("Prompts of pure noise have own words in at most a twentieth of draws, and a third of the parts is read for it.", () => {
  const random = createRandom("null");
  let [named, read] = [0, 0];
  for (let draw = 0; draw < draws; draw++) {
    const uses = untilDecided(drawMeasuredUses(random.fork(draw)));
    named += rankOwnWords(uses, random).length > 0 ? 1 : 0;
    read += uses[0]!.chances.length;
  }
  expect(named / draws).toBeLessThanOrEqual(0.05);
  expect(read / draws).toBeLessThan(24 / 3);
});

test("Four of five planted own words are found, and of those that are told a tenth at most are not.", () => {
  const random = createRandom("planted");
  let [planted, found, told] = [0, 0, 0];
  for (let draw = 0; draw < draws / 5; draw++) {
    const uses = untilDecided(drawMeasuredUses(random.fork(draw), { planted: 8 }));
    const words = new Set(rankOwnWords(uses, random).map(({ word }) => word));
    planted += 8;
    told += words.size;
    found += [...words].filter((word) => word.startsWith("own")).length;
  }
  expect(found / planted).toBeGreaterThanOrEqual(0.8);
  expect((told - found) / told).toBeLessThan(0.1);
});

test("Where another writer's part moves a word as far, it is not told.", () => {
  const random = createRandom("stranger");
  const uses = drawMeasuredUses(random, { planted: 8 });
  expect(rankOwnWords(uses, random).length).toBeGreaterThan(4);
  const alike = uses.map((one) => ({ ...one, stranger: one.distances }));
  expect(rankOwnWords(alike, random)).toEqual([]);
});

test("The interval is over documents: uses of one text, however many, count as one.", () => {
  const random = createRandom("documents");
  const uses = drawMeasuredUses(random, { planted: 1 }).map((one) =>
    one.word === "own0"
      ? {
          ...one,
          // Half of the uses, all of one document, are far away; elsewhere the word is as in general.
          distances: one.chances[0]!.map((distance, at) => (at < 6 ? 8 : 0.9) * distance),
          sentences: one.sentences.map((sentence, at) =>
            at < 6 ? { ...sentence, path: "odd.md" } : sentence,
          ),
        }
      : one,
  );
  expect(rankOwnWords(uses, random).map(({ word }) => word)).not.toContain("own0");
});

test("Nothing is told of parts that move nothing.", () => {
  const random = createRandom("zero");
  const still = drawMeasuredUses(random).map((one) => ({
    ...one,
    distances: one.distances.map(() => 0),
    chances: one.chances.map((draw) => draw.map(() => 0)),
  }));
  expect(rankOwnWords(still, random)).toEqual([]);
});
