import { expect, test } from "vitest";
import type { GeneralReader } from "../../../src/profile/profile.ts";
import { PassageIndex, similarSentences } from "../../../src/readings/tone/similar-sentences.ts";
import type { Store } from "../../../src/store/store.ts";
import { textHash } from "../../../src/text/text-hash.ts";
import type { DocumentSentence } from "../../../src/tone/reading/document-latent.ts";

/** By what they say: the first number of their vector is their cosine with the sentence that is asked about. */
const cosines: Readonly<Record<string, number>> = {
  "It rains.": 1,
  "It pours.": 0.8,
  "It snows.": 0.6,
  "Tea.": 0.3,
};
const texts = Object.keys(cosines).map((text, at) => ({ text, start: 10 * at }));
const vectorOf = (cosine: number): Float32Array => Float32Array.of(cosine, Math.sqrt(1 - cosine ** 2));

function readingOf(text: string): DocumentSentence {
  return { key: textHash(text), scope: "sentence", words: 2, latent: 0, vector: vectorOf(cosines[text]!) };
}

const store = {
  passages: { list: () => [{ documentId: 1, position: 0, firstSentence: 0, endSentence: 4 }] },
  vectors: { of: () => [{ unit: { kind: "passage", position: 1 }, values: vectorOf(1) }] },
  documents: { sentences: () => texts, list: () => [{ id: 1, path: "rain.md" }] },
  writers: { chosenFiles: () => undefined },
} as unknown as Store;

test("The nearest sentences are told with their places, but neither the sentence itself nor what is hardly alike.", async () => {
  const index = await PassageIndex.of(
    store,
    1,
    { model: { id: "model" }, id: "model" } as GeneralReader,
    async () => undefined,
  );
  const similar = await similarSentences(store, 1, index, readingOf("It rains."), async (sentences) =>
    sentences.map(readingOf),
  );
  expect(similar).toEqual([
    { text: "It pours.", start: 10, path: "rain.md", cosine: expect.closeTo(0.8) },
    { text: "It snows.", start: 20, path: "rain.md", cosine: expect.closeTo(0.6) },
  ]);
});
