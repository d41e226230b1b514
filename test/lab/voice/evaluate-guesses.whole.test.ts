import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { GuessEvaluation } from "../../../src/lab/voice/evaluate-guesses.ts";
import { idiolect, tinyModel, useOwnCache } from "../../cli/run-idiolect.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-evaluate-guesses-"));
const model = tinyModel(folder);
useOwnCache(folder);
beforeAll(() => {
  vi.stubEnv("IDIOLECT_EVALUATION_CACHE", join(folder, "learned"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Each writer says the same again and again, in words that are the writer's alone. */
const writers = {
  ada: ["The river was long and the boat was not there", "Nobody came to the bridge"],
  bea: ["They could see a house with her", "I had no time for that"],
  cy: ["She made it good and over all", "We went there for a day"],
} as const;

function writeBlog([name, sayings]: readonly [string, readonly string[]]): string {
  const blog = join(folder, name);
  mkdirSync(blog);
  for (let post = 0; post < 20; post++) {
    const sentences = Array.from({ length: 24 }, (_, at) => `${sayings[(post + at) % 2]}.`);
    const day = String(post + 1).padStart(2, "0");
    writeFileSync(
      join(blog, `${day}.md`),
      `---\ntitle: ${post}\ndate: 2024-01-${day}\n---\n\n${sentences.join(" ")}\n`,
    );
  }
  return blog;
}

describe("evaluate guesses", { timeout: 540_000 }, () => {
  const blogs = Object.entries(writers).map(writeBlog);
  const evaluate = (folders: readonly string[], ...options: readonly string[]) =>
    idiolect([
      ...["evaluate", "guesses", ...folders, "--model", model],
      ...["--passages", "30", "--measured", "4", "--draws", "3", ...options],
    ]);

  test("What was learned of writers is less surprised by their own words than what was learned of others.", async () => {
    const { code, errors, json } = await evaluate(blogs, "--json");
    expect({ code, errors }).toEqual({ code: 0, errors: expect.not.stringContaining("idiolect:") });
    const { writers: areas, means, bytesPerWriter, readMs } = json() as unknown as GuessEvaluation;
    expect(Object.keys(areas)).toEqual(Object.keys(writers));
    expect(means.guesses).toBeGreaterThan(0.7);
    expect(means.impostors).toBeGreaterThan(0.7);
    expect(means.both).toBeGreaterThan(0.7);
    expect(means.guesses).toBeCloseTo(
      (areas["ada"]!.guesses + areas["bea"]!.guesses + areas["cy"]!.guesses) / 3,
      9,
    );
    expect(bytesPerWriter).toBeGreaterThan(0);
    expect(readMs).toBeGreaterThan(0);
  });

  test("Another way of tuning is measured on the same passages: the voice's own score stays.", async () => {
    const prompts = (await evaluate(blogs, "--json")).json() as unknown as GuessEvaluation;
    const counted = (
      await evaluate(blogs, "--tuning", "marginals", "--json")
    ).json() as unknown as GuessEvaluation;
    expect(counted.method).not.toBe(prompts.method);
    expect(counted.means.voice).toBe(prompts.means.voice);
    expect(counted.means.guesses).toBeGreaterThan(0.7);
    expect((await evaluate(blogs, "--tuning", "marginals")).out).toMatch(
      /word frequencies: .* a writer; .*\n.*impostors/,
    );
  });

  test("Two writers are too few: of two that are told apart neither is an impostor.", async () => {
    const { code, errors } = await evaluate(blogs.slice(0, 2));
    expect({ code, errors }).toEqual({ code: 2, errors: expect.stringContaining("three writers or more") });
  });
});
