import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { openTemporaryStore, sampleDocument, sampleSentences } from "../temporary-store.ts";

test("A saved document comes back with tags in the writer's order and spelling.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  const { id } = store.documents.save(
    writer.id,
    sampleDocument(),
    sampleSentences("Fog.", "Nothing but fog."),
  );
  expect(store.documents.list(writer.id)).toEqual([{ ...sampleDocument(), id }]);
  expect(store.documents.sentences(id)).toEqual(sampleSentences("Fog.", "Nothing but fog."));
});

test("Any text survives the round trip, whatever characters it has.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  const text = fc.string({ unit: "binary" }).map((value) => value.toWellFormed());
  fc.assert(
    fc.property(text, fc.array(text), fc.array(text), (title, tags, sentences) => {
      const document = sampleDocument({ hash: JSON.stringify([title, tags, sentences]), title, tags });
      const { id } = store.documents.save(writer.id, document, sampleSentences(...sentences));
      expect(store.documents.atPath(writer.id, document.path)).toEqual({ ...document, id });
      expect(store.documents.listTags(writer.id)).toEqual([
        { id, path: document.path, dateMs: document.dateMs, title, tags },
      ]);
      expect(store.documents.sentences(id).map((sentence) => sentence.text)).toEqual(sentences);
    }),
    { numRuns: 60, seed: 1 },
  );
});

test("What is asked of documents for tags is as in the whole list: in its order, with the tags that count.", () => {
  const store = openTemporaryStore();
  const { id } = store.writers.ensure("Anna");
  const other = store.writers.ensure("Berta").id;
  store.documents.save(other, sampleDocument({ path: "/other.md", tags: ["none of hers"] }), []);
  const untold = { dateMs: undefined, title: undefined, tags: [] };
  store.documents.save(id, sampleDocument({ path: "/b.md", dateMs: 2, hashtags: ["fog", "rain"] }), []);
  store.documents.save(id, sampleDocument({ path: "/c.md", ...untold }), []);
  const counted = store.documents.save(
    id,
    sampleDocument({ path: "/a.md", dateMs: 2, hashtags: ["sea"] }),
    [],
  );
  store.documents.countTags(counted.id, "hashtag", true);
  const whole = store.documents.list(id);
  expect(whole.map(({ path }) => path)).toEqual(["/c.md", "/a.md", "/b.md"]);
  expect(whole[1]!.tags).toContain("sea");
  expect(store.documents.listTags(id)).toEqual(
    whole.map(({ id: own, path, dateMs, title, tags }) => ({ id: own, path, dateMs, title, tags })),
  );
});

test("A file that only got a new time keeps its sentences, passages and vectors.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  const { id } = store.documents.save(writer.id, sampleDocument(), sampleSentences("Fog."));
  store.passages.replace(id, "base", [{ firstSentence: 0, endSentence: 1, tokens: 2 }]);
  const saved = store.documents.save(writer.id, sampleDocument({ mtimeMs: 5 }), sampleSentences("Fog."));
  expect(saved).toEqual({ id, changed: false });
  expect(store.passages.list(writer.id, "base")).toHaveLength(1);
  expect(store.documents.fingerprints(writer.id).get("/blog/harbour.md")?.mtimeMs).toBe(5);
});

test("A changed file keeps its id and loses everything that was derived from the former text.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  const { id } = store.documents.save(writer.id, sampleDocument(), sampleSentences("Fog."));
  const maker = { modelId: "base", profileVersion: undefined };
  store.passages.replace(id, "base", [{ firstSentence: 0, endSentence: 1, tokens: 2 }]);
  store.labels.replace(id, [{ sentence: undefined, source: "rating", valence: 0.5, weight: 0.3 }]);
  store.vectors.save(id, maker, [{ unit: { kind: "document" }, values: Float32Array.of(1) }]);
  const saved = store.documents.save(writer.id, sampleDocument({ hash: "hash-2" }), sampleSentences("Sun."));
  expect(saved).toEqual({ id, changed: true });
  expect(store.documents.sentences(id).map(({ text }) => text)).toEqual(["Sun."]);
  expect(store.passages.list(writer.id, "base")).toEqual([]);
  expect(store.labels.list(writer.id)).toEqual([]);
  expect(store.vectors.list(writer.id, maker, "document")).toEqual([]);
});

test("Documents whose files are gone are removed, and copies are found by their hash.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  store.documents.save(writer.id, sampleDocument({ path: "a.md" }), []);
  store.documents.save(writer.id, sampleDocument({ path: "b.md" }), []);
  expect(store.documents.withHash(writer.id, "hash-1").map(({ path }) => path)).toEqual(["a.md", "b.md"]);
  store.documents.remove(writer.id, "a.md");
  expect(store.documents.list(writer.id).map(({ path }) => path)).toEqual(["b.md"]);
});

test("A document that was moved keeps what was derived from it, and has date and title of its new place.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  const [former, present] = [
    sampleDocument({ path: "/blog/2017-07-14 fog.md" }),
    sampleDocument({
      path: "/blog/2019-01-02 haze.md",
      dateMs: Date.UTC(2019, 0, 2),
      title: "Haze",
      mtimeMs: 7,
    }),
  ];
  const { id } = store.documents.save(writer.id, former, sampleSentences("Fog."));
  store.passages.replace(id, "base", [{ firstSentence: 0, endSentence: 1, tokens: 2 }]);
  store.documents.save(writer.id, present, sampleSentences("Fog."));
  store.documents.move(writer.id, former.path, present.path);
  expect(store.documents.list(writer.id)).toEqual([{ ...present, id }]);
  expect(store.passages.list(writer.id, "base")).toHaveLength(1);
  const other = sampleDocument({ path: "/blog/other.md", hash: "hash-2" });
  store.documents.save(writer.id, other, []);
  store.documents.move(writer.id, present.path, other.path);
  expect(store.documents.list(writer.id).map(({ path }) => path)).toEqual([other.path, present.path]);
});

test("Writers do not see each other's documents.", () => {
  const store = openTemporaryStore();
  const [anna, ben] = [store.writers.ensure("Anna"), store.writers.ensure("Ben")];
  store.documents.save(anna.id, sampleDocument(), []);
  expect(store.documents.list(ben.id)).toEqual([]);
  expect(store.documents.fingerprints(ben.id).size).toBe(0);
});

test("Copies are looked up by their hash, not among all documents of the writer.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  for (const path of ["/blog/b.md", "/blog/a.md"])
    store.documents.save(writer.id, sampleDocument({ path }), []);
  const { hash } = sampleDocument();
  expect(store.documents.withHash(writer.id, hash).map(({ path }) => path)).toEqual([
    "/blog/a.md",
    "/blog/b.md",
  ]);
  const plan = store.database.all(
    z.object({ detail: z.string() }),
    "EXPLAIN QUERY PLAN SELECT id FROM documents WHERE writer_id = ? AND hash = ? ORDER BY +path",
    writer.id,
    hash,
  );
  expect(plan[0]!.detail).toContain("documents_by_hash");
});
