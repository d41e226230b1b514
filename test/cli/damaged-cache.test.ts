import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { weightsFile } from "../../src/plm/cache/weight-cache-names.ts";
import { idiolect, tinyModel, useOwnCache } from "./run-idiolect.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-damaged-cache-"));
useOwnCache(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("Zeros in the unpacked weights change no reading: they are made anew, and the terminal says so.", async () => {
  const text = join(folder, "text.md");
  writeFileSync(text, "The river was long. They made a boat.\n");
  const words = ["read", text, "--json", "--store", join(folder, "store"), "--model", tinyModel(folder)];
  const before = await idiolect(words);
  expect(before).toMatchObject({ code: 0 });
  const cache = join(folder, "cache");
  const weights = readdirSync(cache, { recursive: true })
    .map((name) => join(cache, String(name)))
    .find((path) => path.endsWith(weightsFile))!;
  chmodSync(weights, 0o600);
  writeFileSync(weights, Buffer.alloc(readFileSync(weights).length));
  const after = await idiolect(words);
  expect(after.out).toBe(before.out);
  expect(after.errors).toMatch(
    /unpacked weights in .* were damaged: .*\. They have been unpacked again\. Nothing of yours/,
  );
  expect((await idiolect(words)).errors).not.toMatch(/damaged/);
});
