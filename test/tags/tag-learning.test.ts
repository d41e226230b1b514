import { expect, test } from "vitest";
import { createRandom } from "../../src/numbers/random.ts";
import { openRankerPrior } from "../../src/tags/ranker/open-ranker-prior.ts";
import type { RankerPrior } from "../../src/tags/ranker/ranker.ts";
import { learnTagSuggestion } from "../../src/tags/tag-learning.ts";
import type { TaggedDocument } from "../../src/tags/tagged-document.ts";
import { documentOf } from "./tagged-documents.ts";

const labelVector = () => undefined;
const breathe = async () => undefined;

test("What a document is suggested was learned before it: a text that is like no other does not give its own tags away.", async () => {
  const random = createRandom("unlike");
  const posts = Array.from({ length: 60 }, (_, at) => {
    const numbers = Array.from({ length: 12 }, () => random.normal());
    return documentOf(at + 1, `Post\nword${at}`, [`tag ${random.integer(12)}`], numbers);
  });
  const { report } = await learnTagSuggestion(posts, { labelVector }, breathe);
  expect(report.documents).toBe(18);
  expect(report.known.embeddingKnn.precisionAt1).toBeLessThan(0.5);
  expect(report.known.idiolect.precisionAt1).toBeLessThan(0.5);
});

/** Posts that nothing tells apart but, perhaps, the vectors under the writer's prompts. */
const kinds = 16;
const drawn = createRandom("kinds");
const kindOf = Array.from({ length: 100 }, () => drawn.integer(kinds));
const posts: readonly TaggedDocument[] = kindOf.map((kind, at) =>
  documentOf(
    at + 1,
    `Post ${at}\nwritten on day ${at} of ${drawn.integer(1000)}`,
    [`kind${kind}`],
    [drawn.normal(), drawn.normal()],
  ),
);

function vectorsOf(meaning: number, seed: string): ReadonlyMap<string, Float32Array> {
  const random = createRandom(seed);
  return new Map(
    posts.map(({ id }, at) => {
      const numbers = Array.from(
        { length: kinds },
        (_, axis) => random.normal() * (1 - meaning) + (axis === kindOf[at] ? meaning : 0),
      );
      const length = Math.hypot(...numbers);
      return [id, Float32Array.from(numbers, (number) => number / length)];
    }),
  );
}

/** Knows from other writers that a document near the others of a tag has it. */
const prior: RankerPrior = {
  ...openRankerPrior,
  features: {
    ...openRankerPrior.features,
    "personal.centroidStandardised": { mean: 0, deviation: 1, weight: 2 },
  },
};

async function learnWith(meaning: number, seed: string) {
  const vectors = vectorsOf(meaning, seed);
  const personalVector = ({ id }: { readonly id: string }) => vectors.get(id);
  return learnTagSuggestion(posts, { labelVector, prior, personalVector }, breathe);
}

test("The writer's prompts are used for tags where they tell them apart, and count from where that was proven.", async () => {
  const { report } = await learnWith(0.95, "meaning");
  const plain = await learnTagSuggestion(posts, { labelVector, prior }, breathe);
  expect(report.usesPrompts).toBe(true);
  expect(report.promptGain!.low).toBeGreaterThan(0);
  const [without, reported] = [plain.report.known.idiolect.recallAt5, report.known.idiolect.recallAt5];
  expect(reported).toBeGreaterThan(without);
  // Those that chose them are told as they were read before.
  expect(reported).toBeLessThan(without + report.promptGain!.mean);
});

test("Prompts that say nothing of tags are not used.", async () => {
  const used = [];
  for (const seed of ["a", "b"]) used.push((await learnWith(0, seed)).report.usesPrompts);
  expect(used).toEqual([false, false]);
});

test("Tags that were taken from suggestions prove nothing: they are neither right nor missed.", async () => {
  const taken = Array.from({ length: 40 }, (_, at) => {
    const post = documentOf(at + 1, `Post ${at}\nat sea`, at % 2 === 0 ? ["sea", "boats"] : ["boats"]);
    return { ...post, accepted: new Set(["boats"]) };
  });
  const { report } = await learnTagSuggestion(taken, { labelVector }, breathe);
  expect(report.documents).toBe(6);
  expect(report.acceptedTags).toBe(40);
  expect(report.known.mostFrequent).toMatchObject({ recallAt5: 1, precisionAt1: 1 });
  expect(report.known.idiolect).toMatchObject({ recallAt5: 1, precisionAt1: 1 });
});
