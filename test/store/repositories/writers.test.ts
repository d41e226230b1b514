import { expect, test } from "vitest";
import { openTemporaryStore, StillClock } from "../temporary-store.ts";

test("A writer is made once and found again by name.", () => {
  const clock = new StillClock();
  const store = openTemporaryStore({ clock: clock.read });
  const anna = store.writers.ensure("Anna");
  clock.nowMs += 1000;
  expect(store.writers.ensure("Anna")).toEqual(anna);
  store.writers.setFolders(anna.id, ["/blog", "/notes"]);
  store.writers.ensure("Aaron");
  expect(store.writers.list().map(({ name }) => name)).toEqual(["Aaron", "Anna"]);
  expect(store.writers.named("Anna")).toEqual({ ...anna, folders: ["/blog", "/notes"] });
  expect(store.writers.named("Ben")).toBeUndefined();
});

test("How much a writer's own reading counts is kept once it was said, 0 as well.", () => {
  const store = openTemporaryStore();
  const { id } = store.writers.ensure("Anna");
  expect(store.writers.toneStrength(id)).toBeUndefined();
  store.writers.setToneStrength(id, 0);
  expect(store.writers.toneStrength(id)).toBe(0);
  expect(store.writers.toneStrength(store.writers.ensure("Ben").id)).toBeUndefined();
});
