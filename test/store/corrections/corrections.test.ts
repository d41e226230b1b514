import { appendFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Lesson } from "../../../src/store/corrections/correction.ts";
import { entryLine } from "../../../src/store/corrections/mirror-line.ts";
import { StoreMissingError } from "../../../src/store/errors.ts";
import { fillWriter } from "../forgetting/fill-writer.ts";
import {
  openForTest,
  openTemporaryStore,
  StillClock,
  sampleDocument,
  sampleProgress,
  temporaryPath,
} from "../temporary-store.ts";

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
  store.documents.remove(writer.id, sampleDocument().path);
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

test("A withdrawn correction does not come back with an older line of the mirror.", () => {
  const folder = temporaryPath();
  const before = openForTest(folder);
  const { id } = before.corrections.add(before.writers.ensure("Anna").id, tone);
  const line = readFileSync(before.paths.mirror);
  before.corrections.withdraw(id);
  appendFileSync(before.paths.mirror, line);
  before.close();
  const after = openForTest(folder);
  expect(after.corrections.list(after.writers.named("Anna")!.id)).toEqual([]);
  expect(after.opening.restoredCorrections).toBe(0);
  expect(after.mirror.read().map(({ kind }) => kind)).toEqual(["withdrawal"]);
});

test("A correction for an unknown writer is refused before anything is written.", () => {
  const store = openTemporaryStore();
  expect(() => store.corrections.add(99, tone)).toThrow(StoreMissingError);
  expect(store.mirror.read()).toEqual([]);
});

test("A lost mirror is written anew at the next start, and with the next lesson.", () => {
  const folder = temporaryPath();
  const first = openForTest(folder);
  const writer = first.writers.ensure("Anna");
  for (const tag of ["a", "b", "c"]) first.corrections.add(writer.id, { ...veto, tag }, vector);
  rmSync(first.paths.mirror);
  first.corrections.add(writer.id, tone);
  const kept = first.corrections.list(writer.id);
  first.close();
  rmSync(first.paths.database);
  const second = openForTest(folder);
  expect(second.corrections.list(second.writers.named("Anna")!.id)).toEqual(kept);
  rmSync(second.paths.mirror);
  second.close();
  openForTest(folder).close();
  rmSync(first.paths.database);
  const third = openForTest(folder);
  expect(third.corrections.list(third.writers.named("Anna")!.id)).toEqual(kept);
});

test("A lesson whose COMMIT failed is in neither copy.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  const former = store.corrections.add(writer.id, tone);
  store.database.execute(`CREATE TABLE parents (id INTEGER PRIMARY KEY);
    CREATE TABLE children (parent INTEGER REFERENCES parents DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER spoil AFTER INSERT ON corrections BEGIN INSERT INTO children VALUES (1); END`);
  expect(() => store.corrections.add(writer.id, { ...tone, valence: 1 })).toThrow("FOREIGN KEY");
  expect(store.corrections.list(writer.id)).toEqual([former]);
  expect(readFileSync(store.paths.mirror, "utf8").trim().split("\n")).toHaveLength(1);
});

test("A withdrawal whose COMMIT failed leaves the lesson in both copies.", () => {
  const folder = temporaryPath();
  const store = openForTest(folder);
  const writer = store.writers.ensure("Anna");
  const former = store.corrections.add(writer.id, tone, vector);
  store.database.execute(`CREATE TABLE parents (id INTEGER PRIMARY KEY);
    CREATE TABLE children (parent INTEGER REFERENCES parents DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER spoil AFTER DELETE ON corrections BEGIN INSERT INTO children VALUES (1); END`);
  expect(() => store.corrections.withdraw(former.id)).toThrow("FOREIGN KEY");
  expect(store.corrections.list(writer.id)).toEqual([former]);
  store.close();
  rmSync(store.paths.database);
  const after = openForTest(folder);
  expect(after.corrections.list(after.writers.named("Anna")!.id)).toEqual([former]);
});

test("A lesson that only a crash has left does not beat one that was taught after it.", () => {
  const folder = temporaryPath();
  const clock = new StillClock();
  const before = openForTest(folder, { clock: clock.read });
  const writer = before.writers.ensure("Anna");
  const line = { id: "c1", writer: "Anna", createdMs: clock.nowMs - 1, lesson: { ...tone, valence: 1 } };
  const later = before.corrections.add(writer.id, tone);
  before.mirror.append([entryLine(line)]);
  before.close();
  const after = openForTest(folder, { clock: clock.read });
  expect(after.corrections.list(writer.id)).toHaveLength(2);
  expect(after.corrections.current(writer.id)).toEqual([later]);
});

test("With a clock that was set back the lesson taught last still counts, and after the database was lost as well.", () => {
  const folder = temporaryPath();
  const clock = new StillClock();
  const store = openForTest(folder, { clock: clock.read });
  const writer = store.writers.ensure("Anna");
  store.corrections.add(writer.id, tone);
  clock.nowMs -= 3_600_000;
  const last = store.corrections.add(writer.id, { ...tone, valence: 1 });
  expect(store.corrections.current(writer.id)).toEqual([last]);
  store.close();
  rmSync(store.paths.database);
  const after = openForTest(folder);
  expect(after.corrections.current(after.writers.named("Anna")!.id)).toEqual([last]);
});

test("What was withdrawn does not come back from an older state of the database.", () => {
  const folder = temporaryPath();
  const store = openForTest(folder);
  const writer = store.writers.ensure("Anna");
  const { id } = store.corrections.add(writer.id, tone);
  store.close();
  const old = readFileSync(store.paths.database);
  const second = openForTest(folder);
  second.corrections.withdraw(id);
  second.close();
  writeFileSync(store.paths.database, old);
  const after = openForTest(folder);
  expect(after.corrections.list(writer.id)).toEqual([]);
  expect(readFileSync(store.paths.mirror, "utf8")).not.toContain("Lovely");
});

test("Lines that cannot be read are written anew from a whole database, and told once.", () => {
  const folder = temporaryPath();
  const before = openForTest(folder);
  const writer = before.writers.ensure("Anna");
  before.corrections.add(writer.id, tone);
  before.corrections.add(writer.id, veto);
  before.close();
  const text = readFileSync(before.paths.mirror, "utf8");
  writeFileSync(before.paths.mirror, text.replace("weather", "wether!"));
  const after = openForTest(folder);
  expect(after.opening).toMatchObject({ restoredCorrections: 0, damagedMirrorLines: 1, lostCorrections: 0 });
  after.close();
  expect(readFileSync(before.paths.mirror, "utf8")).not.toContain("wether!");
  expect(openForTest(folder).opening.damagedMirrorLines).toBe(0);
});

test("A correction that changed in the database by itself comes back from the mirror.", () => {
  const folder = temporaryPath();
  const before = openForTest(folder);
  const writer = before.writers.ensure("Anna");
  const kept = [before.corrections.add(writer.id, tone, vector), before.corrections.add(writer.id, veto)];
  before.database.execute(`UPDATE corrections SET content = replace(content, 'Lovely', 'Lonely');
    UPDATE corrections SET id = 'x' || id WHERE content LIKE '%tagVetoed%'`);
  before.close();
  const after = openForTest(folder);
  expect(after.corrections.list(writer.id)).toEqual(kept);
  expect(after.opening).toMatchObject({ restoredCorrections: 2, lostCorrections: 0 });
});

test("A writer whose name changed in the database by itself has it again, with all corrections.", () => {
  const folder = temporaryPath();
  const before = openForTest(folder);
  const writer = before.writers.ensure("Anna");
  before.corrections.add(writer.id, tone);
  before.database.execute("UPDATE writers SET name = 'Anla'");
  before.close();
  const after = openForTest(folder);
  expect(after.writers.list().map(({ name }) => name)).toEqual(["Anna"]);
  expect(after.corrections.list(writer.id)).toHaveLength(1);
});

test("Runs, checkpoints and versions that nobody can read any more are dropped, and the others stay.", () => {
  const folder = temporaryPath();
  const before = openForTest(folder);
  const writer = fillWriter(before, "Anna", "harbour", 1);
  before.learningRuns.start(writer.id, { seed: 2 }, sampleProgress);
  before.database.execute(
    `UPDATE learning_runs SET state = replace(state, '"kind"', '"kinl"') WHERE number = 1`,
  );
  before.close();
  const after = openForTest(folder);
  expect(after.learningRuns.list(writer.id)).toMatchObject([{ plan: { seed: 2 } }]);
  expect(after.profileVersions.list(writer.id)).toHaveLength(1);
});

test("Lessons of a transaction that did not succeed are in neither copy, and what it withdrew is in both.", () => {
  const folder = temporaryPath();
  const store = openForTest(folder);
  const writer = store.writers.ensure("Anna");
  const former = store.corrections.add(writer.id, tone, vector);
  const failing = () =>
    store.inTransaction(() => {
      store.corrections.withdraw(former.id);
      store.corrections.add(writer.id, veto);
      throw new Error("no power");
    });
  expect(failing).toThrow("no power");
  expect(store.corrections.list(writer.id)).toEqual([former]);
  store.close();
  rmSync(store.paths.database);
  const after = openForTest(folder);
  expect(after.corrections.list(after.writers.named("Anna")!.id)).toEqual([former]);
});
