import { appendFileSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { expect, test } from "vitest";
import type { Lesson } from "../../src/store/correction.ts";
import { StoreMissingError } from "../../src/store/errors.ts";
import { entryLine } from "../../src/store/mirror-line.ts";
import {
  openForTest,
  openTemporaryStore,
  StillClock,
  sampleDocument,
  temporaryPath,
} from "./temporary-store.ts";

const tone: Lesson = { kind: "tone", textHash: "s1", sentence: "Lovely weather, of course.", valence: -0.5 };
const veto: Lesson = { kind: "tagVetoed", textHash: "d1", tag: "Sea", documentPath: "/blog/harbour.md" };
const vector = {
  maker: { modelId: "base", profileVersion: undefined },
  values: Float32Array.of(0.1, -2, 3e-9),
};

test("Corrections survive a new reading of the corpus and a new profile version.", () => {
  const store = openTemporaryStore({ clock: new StillClock().read });
  const writer = store.writers.ensure("Anna");
  store.documents.save(writer.id, sampleDocument(), []);
  const first = store.corrections.add(writer.id, tone, vector);
  const second = store.corrections.add(writer.id, veto);
  store.documents.save(writer.id, sampleDocument({ hash: "other" }), []);
  store.documents.removeMissing(writer.id, new Set());
  const content = { baseModelId: "new-base", formatVersion: 1, blobs: {}, report: {} };
  store.profileVersions.add(writer.id, content, "activate");
  expect(store.corrections.list(writer.id)).toEqual([first, second]);
});

test("Of corrections about the same thing the last one counts.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  store.corrections.add(writer.id, tone);
  store.corrections.add(writer.id, veto);
  const again = store.corrections.add(writer.id, { ...veto, kind: "tagAdded", tag: "sea " });
  const happier = store.corrections.add(writer.id, { ...tone, valence: 1 });
  expect(store.corrections.current(writer.id)).toEqual([again, happier]);
});

test("A lost database gets all corrections back from the mirror, vectors and writers included.", () => {
  const folder = temporaryPath();
  const before = openForTest(folder);
  const writer = before.writers.ensure("Anna");
  before.corrections.add(writer.id, tone, vector);
  before.corrections.add(writer.id, veto);
  const kept = before.corrections.list(writer.id);
  before.close();
  rmSync(before.paths.database);
  const after = openForTest(folder);
  expect(after.opening).toMatchObject({
    origin: { kind: "created" },
    restoredCorrections: 2,
    damagedMirrorLines: 0,
  });
  expect(after.corrections.list(after.writers.named("Anna")!.id)).toEqual(kept);
});

test("A torn last line costs only itself, and the next correction is not glued to it.", () => {
  const folder = temporaryPath();
  const before = openForTest(folder);
  const writer = before.writers.ensure("Anna");
  before.corrections.add(writer.id, tone);
  before.corrections.add(writer.id, veto);
  truncateSync(before.paths.mirror, readFileSync(before.paths.mirror).length - 7);
  before.corrections.add(writer.id, { ...veto, tag: "fog" });
  before.close();
  rmSync(before.paths.database);
  const after = openForTest(folder);
  expect(after.opening).toMatchObject({ restoredCorrections: 2, damagedMirrorLines: 1 });
  const lessons = after.corrections.list(after.writers.named("Anna")!.id).map(({ lesson }) => lesson);
  expect(lessons).toEqual([tone, { ...veto, tag: "fog" }]);
});

test("A correction that reached only the mirror is in the database after the next start.", () => {
  const folder = temporaryPath();
  const before = openForTest(folder);
  before.writers.ensure("Anna");
  before.mirror.append([entryLine({ id: "c1", writer: "Anna", createdMs: 5, lesson: tone })]);
  before.close();
  const after = openForTest(folder);
  expect(after.opening.restoredCorrections).toBe(1);
  expect(after.corrections.list(after.writers.named("Anna")!.id)).toMatchObject([{ id: "c1", lesson: tone }]);
});

test("A withdrawn correction is gone from the mirror too, and lines nobody can read stay.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  const { id } = store.corrections.add(writer.id, tone);
  appendFileSync(store.paths.mirror, '{"version":3,"of":"a newer Idiolect"}\n');
  store.corrections.add(writer.id, veto);
  store.corrections.withdraw(id);
  expect(store.corrections.list(writer.id).map(({ lesson }) => lesson)).toEqual([veto]);
  const mirror = readFileSync(store.paths.mirror, "utf8");
  expect(mirror).not.toContain("Lovely");
  expect(mirror).toContain("newer Idiolect");
});

test("The vector of a correction can be set anew for a new model.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  const { id } = store.corrections.add(writer.id, tone, vector);
  const renewed = { maker: { modelId: "new-base", profileVersion: "p7" }, values: Float32Array.of(9) };
  store.corrections.setVector(id, renewed);
  expect(store.corrections.list(writer.id)[0]?.vector).toEqual(renewed);
});

test("A correction for an unknown writer is refused before anything is written.", () => {
  const store = openTemporaryStore();
  expect(() => store.corrections.add(99, tone)).toThrow(StoreMissingError);
  expect(store.mirror.read()).toEqual([]);
});
