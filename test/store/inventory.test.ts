import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { inEnglish, said } from "../../src/said/said.ts";
import { holdings, storeInventory, writerInventory } from "../../src/store/inventory.ts";
import { fillWriter } from "./forgetting/fill-writer.ts";
import { openTemporaryStore } from "./temporary-store.ts";

test("Every table that speaks of a writer is in the inventory.", () => {
  const store = openTemporaryStore();
  const sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
  const tables = store.database.all(z.object({ name: z.string() }), sql).map(({ name }) => name);
  // A lease names a process; an unfinished erasure has hashes of what is gone.
  const personal = tables.filter((name) => name !== "leases" && name !== "unfinished_erasures");
  expect(holdings.map(({ table }) => table).sort()).toEqual(personal.sort());
});

test("A writer's inventory has an entry for everything kept, and nothing of other writers.", () => {
  const store = openTemporaryStore();
  const anna = fillWriter(store, "Anna", "harbour");
  const before = writerInventory(store, anna);
  fillWriter(store, "Ben", "mountain");
  expect(writerInventory(store, anna)).toEqual(before);
  expect(before).toHaveLength(holdings.length + 1);
  expect(before.every(({ bytes }) => bytes > 0)).toBe(true);
  const blobs = before.find(({ where }) => where === `${store.paths.database}: checkpoint_blobs`);
  expect(blobs).toMatchObject({
    what: said("checkpoints of learning: values"),
    bytes: 5000 + 64 + "prompt".length,
  });
});

test("The inventory of the whole store also lists set-aside files and the rest of the database.", () => {
  const store = openTemporaryStore();
  fillWriter(store, "Anna", "harbour");
  const setAside = `${store.paths.database}.corrupt-5`;
  writeFileSync(setAside, "damaged");
  const items = storeInventory(store);
  expect(items).toContainEqual({ what: said("damaged database, set aside"), where: setAside, bytes: 7 });
  const names = items.map(({ what }) => inEnglish(what));
  expect(names).toContain("sentences (Anna)");
  expect(names.at(-2)).toMatch(/^indexes/);
});
