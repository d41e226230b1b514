import { expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/numbers/random.ts";
import { tagDrift } from "../../../src/profile/watching/tag-drift.ts";

/**
 * A writer who has some tags of old and takes new ones in series: now and then a subject comes with tags of its own, which all
 * documents of the series then have.
 */
function write(random: Random, count: number, name: string): readonly { readonly tags: readonly string[] }[] {
  let [series, left] = [0, 0];
  return Array.from({ length: count }, (_, at) => {
    if (left > 0) left--;
    else if (random() < 0.08) [series, left] = [at, 3];
    const old = [0, 1].map(() => `${name} ${random.integer(15)}`);
    return { tags: left > 0 ? [...old, `${name} series ${series}`, `${name} part ${series}`] : old };
  });
}

const writers = process.env["LONG"] === "1" ? 600 : 120;

test("A writer who goes on as before is alarmed in one look of a hundred at most, though new tags come in series.", () => {
  const random = createRandom("same");
  const looks = Array.from({ length: writers }, (_, at) => write(random, 140, `w${at}`)).flatMap((all) =>
    [5, 10, 20, 40].map((count) => tagDrift(all.slice(0, 100), all.slice(100, 100 + count))!),
  );
  expect(looks.filter(({ isUnusual }) => isUnusual).length / looks.length).toBeLessThanOrEqual(0.01);
});

test("Another writer's documents raise the alarm within twenty.", () => {
  const random = createRandom("other");
  const found = Array.from({ length: writers }, (_, at) => {
    const [known, other] = [write(random, 100, `w${at}`), write(random, 20, `o${at}`)];
    return [5, 10, 15, 20].some((count) => tagDrift(known, other.slice(0, count))?.isUnusual);
  });
  expect(found.every(Boolean)).toBe(true);
});

test("A tag that the writer never used counts as often as it is used, and spelling does not matter.", () => {
  const known = Array.from({ length: 60 }, () => ({ tags: ["Tea", "boats"] }));
  const fresh = Array.from({ length: 6 }, () => ({ tags: ["tea", "Boats", "rope", "Rope works"] }));
  expect(tagDrift(known, fresh)).toMatchObject({ documents: 6, uses: 24, unknown: 12, isUnusual: true });
  expect(tagDrift(known, fresh)!.share).toBeCloseTo(0.5, 9);
});

test("Too few documents on either side say nothing, nor do documents without tags.", () => {
  const of = (count: number, ...tags: readonly string[]) => Array.from({ length: count }, () => ({ tags }));
  expect(tagDrift(of(40, "tea"), of(4, "rope"))).toBeUndefined();
  expect(tagDrift(of(24, "tea"), of(20, "rope"))).toBeUndefined();
  expect(tagDrift(of(40, "tea"), of(20))).toBeUndefined();
  expect(tagDrift(of(40, "tea"), of(5, "rope"))).toMatchObject({ isUnusual: true });
});
