import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { openStore } from "../../src/store/open-store.ts";
import { fillWriter } from "../store/forgetting/fill-writer.ts";
import { idiolect, tinyModel, useOwnCache } from "./run-idiolect.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-forget-"));
const path = join(folder, "store");
const store = ["--store", path];
const cache = join(folder, "cache", "idiolect");

useOwnCache(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  rmSync(path, { recursive: true, force: true });
});

function fill(...names: readonly string[]): void {
  using opened = openStore(path);
  for (const name of names) fillWriter(opened, name, "harbour", 1);
}

test("forget without a writer erases everything with one command, unpacked models too.", async () => {
  fill("Anna", "Ben");
  const text = join(folder, "text.md");
  writeFileSync(text, "The river was at the bridge.\n");
  const read = ["read", text, "--writer", "Anna", ...store, "--model", tinyModel(folder)];
  expect(await idiolect(read)).toMatchObject({ code: 0 });
  expect(readdirSync(cache)).toHaveLength(1);
  const asked = await idiolect(["forget", ...store]);
  expect(asked).toMatchObject({ code: 2, errors: expect.stringContaining(cache) });
  expect(existsSync(cache)).toBe(true);
  const { code, out } = await idiolect(["forget", "--yes", ...store]);
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("unpacked weights of models") });
  expect([existsSync(path), existsSync(cache)]).toEqual([false, false]);
  expect(await idiolect(["forget", "--yes", ...store])).toMatchObject({ code: 0 });
  expect(existsSync(path)).toBe(false);
});

test("forget with a name that the store does not know ends with 3, says whom it knows, and erases nothing.", async () => {
  fill("Anna");
  const { code, errors } = await idiolect(["forget", "--writer", "Typo", "--yes", ...store]);
  expect({ code, errors }).toEqual({ code: 3, errors: expect.stringContaining("Known: Anna.") });
  expect(await idiolect(["forget", "--writer", "Anna", "--yes", ...store])).toMatchObject({ code: 0 });
  expect(await idiolect(["forget", "--writer", "Anna", "--yes", ...store])).toMatchObject({ code: 3 });
});

test("Commands that only look make no store where there is none.", async () => {
  const model = ["--model", tinyModel(folder)];
  const text = join(folder, "text.md");
  writeFileSync(text, "The river was at the bridge.\n");
  const commands: readonly (readonly [readonly string[], number])[] = [
    [["report", ...model], 3],
    [["forget", "--writer", "Typo", "--yes"], 3],
    [["profile", "list"], 3],
    [["read", text, ...model], 0],
    [["learn", join(folder, "typo"), ...model], 1],
  ];
  for (const [words, code] of commands) {
    expect(await idiolect([...words, ...store]), words.join(" ")).toMatchObject({ code });
    expect(existsSync(path), words.join(" ")).toBe(false);
  }
});

test("A folder without prose that was tried first does not name the writer of the next.", async () => {
  const [empty, blog] = [join(folder, "typo"), join(folder, "posts")];
  for (const made of [empty, blog]) mkdirSync(made, { recursive: true });
  expect(await idiolect(["learn", empty, ...store, "--model", tinyModel(folder)])).toMatchObject({ code: 3 });
  using opened = openStore(path);
  expect(opened.writers.list()).toEqual([]);
});
