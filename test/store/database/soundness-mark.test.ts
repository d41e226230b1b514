import { readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { StoreCorruptError } from "../../../src/store/errors.ts";
import type { Store } from "../../../src/store/store.ts";
import {
  openForTest,
  StillClock,
  sampleDocument,
  sampleSentences,
  temporaryPath,
} from "../temporary-store.ts";

const pageBytes = 4096;
const dayMs = 24 * 60 * 60_000;
const lesson = { kind: "tone", textHash: "s1", sentence: "Lovely weather.", valence: -0.5 } as const;

/** A store of a few hundred pages that was closed properly, and what damages it as a bad disk does: without a trace. */
function closedStore() {
  const folder = temporaryPath();
  const clock = new StillClock();
  const store = openForTest(folder, { clock: clock.read });
  const writer = store.writers.ensure("Anna");
  for (let index = 0; index < 100; index += 1) {
    const texts = Array.from({ length: 20 }, (_, line) => `Sentence ${line} of post ${index} lay in fog.`);
    store.documents.save(writer.id, sampleDocument({ path: `${index}.md` }), sampleSentences(...texts));
  }
  store.corrections.add(writer.id, lesson);
  store.close();
  const { database } = store.paths;
  const whenMs = Math.floor(statSync(database).mtimeMs / 1000);
  utimesSync(database, whenMs, whenMs);
  const open = (): Store => openForTest(folder, { clock: clock.read });
  open().close();
  return {
    clock,
    open,
    /** Fills all pages that hold a text with zeros. */
    damage(text: string) {
      const bytes = readFileSync(database);
      for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at)) {
        const start = at - (at % pageBytes);
        bytes.fill(0, start, start + pageBytes);
      }
      writeFileSync(database, bytes);
      utimesSync(database, whenMs, whenMs);
    },
  };
}

const allSentences = (store: Store): number =>
  store.documents
    .list(store.writers.named("Anna")!.id)
    .reduce((count, { id }) => count + store.documents.sentences(id).length, 0);

test("A store that was closed properly is not walked through; what is met in use has the next opening do it.", () => {
  const { open, damage } = closedStore();
  damage("of post 50 lay");
  const store = open();
  expect(store.opening.origin).toEqual({ kind: "existing" });
  expect(() => allSentences(store)).toThrow(StoreCorruptError);
  store.close();
  const again = open();
  expect(again.opening).toMatchObject({ origin: { kind: "rebuilt" }, restoredCorrections: 1 });
});

test("It is walked through a week after the last time.", () => {
  const { open, damage, clock } = closedStore();
  clock.nowMs += 8 * dayMs;
  open().close();
  clock.nowMs += 6 * dayMs;
  damage("of post 50 lay");
  const unseen = open();
  expect(unseen.opening.origin).toEqual({ kind: "existing" });
  unseen.close();
  clock.nowMs += 2 * dayMs;
  expect(open().opening).toMatchObject({ origin: { kind: "rebuilt" }, restoredCorrections: 1 });
});

test("What nobody could make again is looked at with each opening.", () => {
  const { open, damage } = closedStore();
  damage("Lovely weather.");
  const store = open();
  expect(store.opening).toMatchObject({ origin: { kind: "rebuilt" }, restoredCorrections: 1 });
  expect(store.corrections.list(store.writers.named("Anna")!.id)).toMatchObject([{ lesson }]);
});

test("A database that was written to, or another one in its place, is walked through.", () => {
  const { open, damage } = closedStore();
  damage("of post 50 lay");
  const store = open();
  const { database } = store.paths;
  store.close();
  writeFileSync(database, readFileSync(database));
  expect(open().opening.origin.kind).toBe("rebuilt");
});
