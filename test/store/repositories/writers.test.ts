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
