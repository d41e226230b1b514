import { expect, test } from "vitest";
import { vaultNotes } from "../../bench/size/vault.ts";
import { parseDocument } from "../../src/corpus/parse-document.ts";

const parsed = [...vaultNotes(200, 1)].map(({ path, source }) => {
  const result = parseDocument({ path, bytes: Buffer.from(source), modifiedMs: 0 }, { locale: "en" });
  if (result.kind === "failure") throw result.failure;
  return result.document;
});

test("The same seed makes the same notes, however many there are.", () => {
  expect([...vaultNotes(20, 1)]).toEqual([...vaultNotes(200, 1)].slice(0, 20));
  expect([...vaultNotes(20, 2)]).not.toEqual([...vaultNotes(20, 1)]);
});

test("The notes are read as notes of a writer: with titles, prose, tags that return, and some without front matter.", () => {
  const tags = parsed.flatMap((document) => document.tags);
  expect(parsed.every(({ sentences }) => sentences.length > 0)).toBe(true);
  expect(parsed.filter((document) => document.tags.length > 0).length).toBeGreaterThan(150);
  expect(parsed.some((document) => document.tags.length === 0)).toBe(true);
  expect(new Set(tags).size).toBeLessThan(tags.length / 2);
  expect(tags.some((tag) => tag.includes("/"))).toBe(true);
  expect(parsed.some(({ title }) => title !== undefined)).toBe(true);
});
