import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { WordsEvaluation } from "../../../src/lab/mlm/evaluate-words.ts";
import { idiolect, tinyModel, useOwnCache } from "../../cli/run-idiolect.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-evaluate-words-"));
const model = tinyModel(folder);
useOwnCache(folder);
beforeAll(() => {
  vi.stubEnv("IDIOLECT_EVALUATION_CACHE", join(folder, "learned"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("evaluate words", { timeout: 540_000 }, () => {
  const blog = writeSmallBlog(join(folder, "blog"), 20);
  const evaluate = (...options: readonly string[]) =>
    idiolect(["evaluate", "words", blog, "--model", model, "--words", "40", "--passages", "20", ...options]);

  test("tells how often a hidden word is suggested, in general and by the writer's prompts.", async () => {
    const { code, errors, json } = await evaluate("--json");
    expect({ code, errors }).toEqual({ code: 0, errors: expect.not.stringContaining("idiolect:") });
    const { documents, all, uncommon } = json() as unknown as WordsEvaluation;
    expect(documents).toBe(2);
    expect(all.words).toBe(40);
    // 'wanted', 'kettle' and others are several tokens to this model.
    expect(all.possible).toBeLessThan(40);
    expect(uncommon.words).toBeLessThan(40);
    // The small blog says the same again and again, which a model with random weights learns of it alone.
    expect(all.own.firstFive).toBeGreaterThan(all.general.firstFive);
    expect(all.own.firstFive).toBeLessThanOrEqual(all.possible / all.words);
    expect(all.difference.mean).toBeCloseTo(all.own.firstFive - all.general.firstFive, 6);
    expect((await evaluate()).out).toContain("own − general");
  });
});
