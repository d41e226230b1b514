import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import type { EvaluatedDocument } from "../../../src/lab/evaluation/evaluated-document.ts";
import { hashOf, learnedOnce } from "../../../src/lab/evaluation/learned-once.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-evaluation-cache-"));
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Keeps whole numbers alone. */
const form = {
  ending: "number",
  encode: (number: number) => Buffer.from(String(Math.round(number))),
  decode: (bytes: Uint8Array) => Number(Buffer.from(bytes).toString()),
};

const documents = (...ids: readonly number[]) =>
  [
    { passages: [{ ids: Uint16Array.from(ids), words: new Uint16Array(ids.length) }] },
  ] as unknown as readonly EvaluatedDocument[];

describe("What was learned", () => {
  it("is learned once for the same settings and text, and comes back as it is kept, also the first time", async () => {
    vi.stubEnv("IDIOLECT_EVALUATION_CACHE", join(folder, "new", "one"));
    const learn = vi.fn(async () => 1.4);
    const ask = (settings: unknown, ...ids: readonly number[]) =>
      learnedOnce(hashOf(settings, documents(...ids)), form, learn);
    expect(await ask({ seed: 1 }, 7, 8)).toBe(1);
    expect(await ask({ seed: 1 }, 7, 8)).toBe(1);
    expect(learn).toHaveBeenCalledTimes(1);
    await ask({ seed: 2 }, 7, 8);
    await ask({ seed: 1 }, 7, 9);
    expect(learn).toHaveBeenCalledTimes(3);
    expect(readdirSync(join(folder, "new", "one"))).toHaveLength(3);
  });

  it("is learned each time where no folder is named", async () => {
    vi.stubEnv("IDIOLECT_EVALUATION_CACHE", undefined);
    const learn = vi.fn(async () => 2.6);
    for (const _ of [1, 2]) expect(await learnedOnce(hashOf({}, documents(7)), form, learn)).toBe(3);
    expect(learn).toHaveBeenCalledTimes(2);
  });
});
