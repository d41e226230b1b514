import { expect, test } from "vitest";
import { recallSentences } from "../../../src/learner/corpus/recall-sentences.ts";
import { textHash } from "../../../src/text/text-hash.ts";
import { openTemporaryStore, sampleDocument, sampleSentences } from "../../store/temporary-store.ts";

test("Lessons without sentences get those of the documents that are here, and stay the lessons that they are.", () => {
  const store = openTemporaryStore();
  const { id } = store.writers.ensure("Anna");
  const about = (sentence: string) => ({ kind: "tone", textHash: textHash(sentence), valence: -1 }) as const;
  const here = store.corrections.add(id, {
    ...about("It rained."),
    sentence: "",
    documentPath: "/elsewhere.md",
  });
  const nowhere = store.corrections.add(id, { ...about("It snowed."), sentence: "" });
  const whole = store.corrections.add(id, { ...about("So what."), sentence: "So what." });
  store.documents.save(
    id,
    sampleDocument({ path: "/blog/rain.md" }),
    sampleSentences("So what.", "It  rained."),
  );

  recallSentences(store, id);

  const recalled = { ...here.lesson, sentence: "It  rained.", documentPath: "/blog/rain.md" };
  expect(store.corrections.list(id)).toEqual([{ ...here, lesson: recalled }, nowhere, whole]);
  const lines = store.mirror.read().map(({ text }) => text);
  expect(lines.filter((line) => line.includes("It  rained."))).toHaveLength(1);
});
