import * as fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { unitMean } from "../../../src/numbers/vectors.ts";
import { generalReader } from "../../../src/profile/profile.ts";
import type { OpenProfile } from "../../../src/profile/versions.ts";
import { suggestTags } from "../../../src/readings/tags/tag-suggestions.ts";
import type { Store } from "../../../src/store/store.ts";
import { tagsBeforeLearning } from "../../../src/tags/tag-learning.ts";
import { TextEncoder } from "../../../src/tone/reading/text-encoder.ts";
import { openBlogModel } from "../../profile/blog-model.ts";
import { openTemporaryStore, sampleDocument, sampleSentences } from "../../store/temporary-store.ts";

const model = await openBlogModel();
const reader = generalReader(model);
const encoder = new TextEncoder(model, { threads: 1 });
afterAll(() => encoder.release());
const maker = { modelId: reader.id, profileVersion: undefined };
const dayMs = 86_400_000;
const words = "bridge river mast rope flour oven bread tide".split(" ");
const draft = {
  id: "draft.md",
  timeMs: undefined,
  title: "The river",
  sentences: ["Rope and tide at the bridge.", "Then bread from the oven."],
};

/** A note at a place, with text, tags and vectors that follow from a number. */
function keep(store: Store, writerId: number, place: number, version: number): void {
  const some = (from: number, count: number) =>
    Array.from({ length: count }, (_, at) => words[(from * 3 + at * (version + 1)) % words.length]!);
  const record = sampleDocument({
    path: `/notes/${place}.md`,
    hash: `${place} ${version}`,
    title: `On ${some(place, 2).join(" and ")}`,
    dateMs: place * dayMs,
    tags: [...new Set(some(place + version, 1 + (version % 2)))],
  });
  const { id } = store.documents.save(
    writerId,
    record,
    sampleSentences(`The ${some(version, 5).join(" ")} on day ${place}.`),
  );
  const vectors = [0, 1].map((nth) => {
    const numbers = Float32Array.from({ length: model.config.hidden_size }, (_, at) =>
      Math.sin((at + 1) * (version + 2) + place * nth),
    );
    return unitMean([numbers]);
  });
  store.vectors.save(id, maker, [
    { unit: { kind: "document" }, values: unitMean(vectors) },
    ...vectors.map((values, position) => ({ unit: { kind: "passage", position } as const, values })),
  ]);
}

/** Suggests tags as a program does that has just started, and counts the texts that the model reads for it. */
async function suggestAnew(store: Store, writerId: number) {
  let texts = 0;
  const counting = Object.create(encoder, {
    read: {
      value: (...read: Parameters<TextEncoder["read"]>) => {
        texts += read[0].length;
        return encoder.read(...read);
      },
    },
  });
  const open = { kind: "open", id: "none", profile: { tags: tagsBeforeLearning } } as unknown as OpenProfile;
  const tags = await suggestTags({ store, writerId, reader, encoder: counting, open }, draft, { limit: 8 });
  return { texts, scores: tags.map(({ tag, score, reasons }) => [tag, score.toFixed(5), reasons.length]) };
}

test("Whatever is added, changed and removed, tags are suggested as if nothing had been kept.", async () => {
  const step = fc.record({
    kind: fc.constantFrom("add", "change", "remove"),
    place: fc.nat(11),
    version: fc.nat(6),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 5 }), async (steps) => {
      const store = openTemporaryStore();
      const { id } = store.writers.ensure("Anna");
      for (let place = 0; place < 12; place++) keep(store, id, place, place % 4);
      let newest = 12;
      for (const { kind, place, version } of steps) {
        if (kind === "add") keep(store, id, newest++, version);
        else if (kind === "change") keep(store, id, place, version);
        else store.documents.remove(id, `/notes/${place}.md`);
        const kept = await suggestAnew(store, id);
        store.database.execute(
          "DELETE FROM prepared_tags; DELETE FROM prepared_parts; DELETE FROM prepared_documents",
        );
        expect(kept.scores).toEqual((await suggestAnew(store, id)).scores);
      }
    }),
    // What fails is told as it is: to shrink it takes minutes.
    { numRuns: 4, endOnFailure: true },
  );
});

test("A second program reads no tag with the model and no text, and works out no row again.", async () => {
  const store = openTemporaryStore();
  const { id } = store.writers.ensure("Anna");
  for (let place = 0; place < 12; place++) keep(store, id, place, place % 4);
  const first = await suggestAnew(store, id);
  const names = () => ["label vectors", "regression"].map((name) => store.preparedTags.read(id, name));
  const kept = names();
  expect(kept).not.toContain(undefined);
  let written = 0;
  const keepPart = store.preparedTags.keep.bind(store.preparedTags);
  store.preparedTags.keep = (...part) => {
    written += 1;
    keepPart(...part);
  };
  store.preparedDocuments.keep = store.preparedParts.keep = () => {
    written += 1;
  };
  let read = 0;
  store.documents.sentences = () => {
    read += 1;
    return [];
  };
  const second = await suggestAnew(store, id);
  expect(second.scores).toEqual(first.scores);
  expect(first.texts - second.texts).toBe(store.vocabulary.list(id).length);
  expect(written).toBe(0);
  expect(read).toBe(0);
  expect(names()).toEqual(kept);
});

test.each([
  ["damaged", "content = x'0102'"],
  ["of an older version", "made_from = '0'"],
  ["empty", "content = x''"],
])("What is %s is made anew, and nothing is said of it.", async (_, damage) => {
  const store = openTemporaryStore();
  const { id } = store.writers.ensure("Anna");
  for (let place = 0; place < 12; place++) keep(store, id, place, place % 4);
  const { scores } = await suggestAnew(store, id);
  const kept = store.preparedTags.read(id, "regression");
  for (const table of ["prepared_tags", "prepared_documents", "prepared_parts"]) {
    store.database.execute(`UPDATE ${table} SET ${damage}`);
  }
  expect((await suggestAnew(store, id)).scores).toEqual(scores);
  expect(store.preparedTags.read(id, "regression")).toEqual(kept);
});
