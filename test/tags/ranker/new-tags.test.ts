import { expect, test } from "vitest";
import { fitNewTagPrior, newTagLessonsOf } from "../../../src/lab/tags/fit-new-tag-prior.ts";
import { newTagFeatures, proposeNewTags } from "../../../src/tags/ranker/new-tags.ts";
import { RememberedWords } from "../../../src/tags/remembered-words.ts";
import { TagMemory } from "../../../src/tags/tag-memory.ts";
import { documentOf } from "../tagged-documents.ts";

const everyday = "We walked along the river in the morning. The river was calm and we were glad.";

/** A writer who names a new place in each title and tags it. */
function walks(count: number, spell: (place: string) => string = (place) => place.toLowerCase()) {
  return Array.from({ length: count }, (_, day) => {
    const place = `Place${String.fromCharCode(65 + day)}`;
    return documentOf(day, `A day in ${place}\n${everyday} We liked ${place}.`, [spell(place), "walks"]);
  });
}

function knowing(documents: ReturnType<typeof walks>) {
  const sources = { memory: new TagMemory(), words: new RememberedWords() };
  for (const document of documents) {
    sources.words.add(document);
    sources.memory.add(document);
  }
  return sources;
}

const lisbon = documentOf(40, `A day in Lisbon\n${everyday} Then we saw Lisbon. We liked Lisbon.`, []);

test("a rare word of the title is proposed before everyday words, which are no proposals at all", () => {
  const proposals = proposeNewTags(lisbon, knowing(walks(12)), 5);
  expect(proposals[0]).toMatchObject({ tag: "lisbon", inTitle: true, countInText: 2 });
  expect(proposals.map(({ tag }) => tag)).not.toContain("river");
});

test("a tag that the writer has is never new, however it is spelled", () => {
  const known = knowing([...walks(12), documentOf(30, "Away\nAt the sea.", ["LISBON"])]);
  expect(proposeNewTags(lisbon, known, 20).map(({ tag }) => tag.toLowerCase())).not.toContain("lisbon");
});

test("a proposal is written as the writer writes tags", () => {
  const porto = documentOf(41, `Villa Nova\n${everyday} We saw Villa Nova and liked Villa Nova.`, []);
  const hyphens = knowing(walks(12, (place) => `in-${place.toLowerCase()}`));
  expect(proposeNewTags(porto, hyphens, 1)[0]?.tag).toBe("villa-nova");
  const capitals = knowing(
    walks(12, (place) => `In ${place}`).map((walk) => ({ ...walk, tags: walk.tags.slice(0, 1) })),
  );
  expect(proposeNewTags(porto, capitals, 1)[0]?.tag).toBe("Villa Nova");
});

test("no proposal lies within another", () => {
  const keys = proposeNewTags(lisbon, knowing(walks(12)), 20).map(({ tag }) => ` ${tag} `);
  expect(keys.every((key, at) => keys.every((other, place) => at === place || !other.includes(key)))).toBe(
    true,
  );
});

test("with hardly any document nothing is proposed, for nothing can be told of what is rare", () => {
  expect(proposeNewTags(lisbon, knowing(walks(3)), 5)).toEqual([]);
});

test("the weights learn from writers which words become tags", () => {
  // Soup comes back every few days and is never a tag.
  const days = walks(20).map((walk, day) =>
    day % 4 === 0 ? { ...walk, text: `${walk.text} There was soup. The soup was hot.` } : walk,
  );
  const { features } = fitNewTagPrior(newTagLessonsOf(days));
  expect(Object.keys(features)).toEqual([...newTagFeatures]);
  expect(features["logShare"]?.weight).toBeLessThan(-0.1);
});
