import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { createRandom } from "../../../src/numbers/random.ts";
import { idiolect, tinyModel, useOwnCache } from "../../cli/run-idiolect.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-evaluate-sentiment-"));
const model = tinyModel(folder);
useOwnCache(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const kind = ["first", "people", "know", "bridge"];
const unkind = ["down", "out", "not", "no"];
const filling = ["the water", "a day", "this use", "their way"];

/** Writers whose labels follow the share of kind words, some of them from less on than others. */
function writeOpinions(name: string, writers: number, classes: 2 | 3 = 2): string {
  const random = createRandom(7);
  const pick = (words: readonly string[]): string => words[random.integer(words.length)]!;
  const lines = Array.from({ length: writers }, (_, writer) => {
    const demand = writer % 2 === 0 ? 1 : 3;
    return Array.from({ length: 24 }, (_, time) => {
      const kindWords = random.integer(5);
      const words = Array.from({ length: 4 }, (_, at) => pick(at < kindWords ? kind : unkind));
      const text = `${pick(filling)} ${words.join(" ")} ${writer * 24 + time}`;
      const label = kindWords < demand ? 0 : kindWords === 4 ? classes - 1 : 1;
      return JSON.stringify({ writer: `w${writer}`, time, text, label });
    });
  });
  const path = join(folder, name);
  writeFileSync(path, lines.flat().join("\n"));
  return path;
}

const common = ["--model", model, "--min", "20", "--json"];

test("New writers may be named, labels may have three classes, and people get a table.", async () => {
  const file = writeOpinions("named.jsonl", 20, 3);
  const names = join(folder, "names.txt");
  writeFileSync(names, "w3\nw4\r\nw5\n\n");
  const options = ["--model", model, "--min", "20", "--target-writers", names];
  const { out, code } = await idiolect(["evaluate", "sentiment", file, ...options]);
  expect(code).toBe(0);
  expect(out).toMatch(/^3 new writers, 2\d later texts read, 45 earlier ones known\n/);
  expect(out).toMatch(/wrongWriter +\d/);
});

test("A file without enough writers, a broken line and a wrong share are told.", async () => {
  const few = writeOpinions("few.jsonl", 2);
  const ran = await idiolect(["evaluate", "sentiment", few, "--model", model]);
  expect(ran).toMatchObject({ code: 1, errors: expect.stringContaining("2 writers are too few") });
  expect(ran.errors).toContain("--min <n>");
  const broken = join(folder, "broken.jsonl");
  writeFileSync(broken, '{"writer":"Ann","text":"Fine.","time":1}\n');
  const told = await idiolect(["evaluate", "sentiment", broken, "--model", model]);
  expect(told).toMatchObject({ code: 1, errors: expect.stringContaining("line 1 has no number in label") });
  expect(await idiolect(["evaluate", "sentiment", few, "--targets", "2"])).toMatchObject({ code: 2 });
});

test("New writers are measured by six methods, as one object and twice the same; the model is kept.", async () => {
  const file = writeOpinions("opinions.jsonl", 30);
  const cache = join(folder, "kept");
  vi.stubEnv("IDIOLECT_EVALUATION_CACHE", cache); // until the end of the file
  const ran = await idiolect(["evaluate", "sentiment", file, ...common]);
  expect({ code: ran.code, errors: ran.errors }).toEqual({ code: 0, errors: expect.any(String) });
  const answer = ran.json();
  expect(answer).toMatchObject({ version: 1, writers: 6 });
  const methods = answer["methods"] as Record<string, { accuracy: number; writersWorse: number }>;
  expect(Object.keys(methods)).toEqual([
    ...["general", "bias", "memory", "prompts", "personal", "wrongWriter"],
  ]);
  for (const score of Object.values(methods)) {
    expect(score).toEqual({
      accuracy: expect.any(Number),
      difference: { mean: expect.any(Number), low: expect.any(Number), high: expect.any(Number) },
      writersWorse: expect.any(Number),
    });
    expect(score.accuracy).toBeGreaterThanOrEqual(0);
    expect(score.accuracy).toBeLessThanOrEqual(1);
  }
  expect(methods["general"]).toMatchObject({ difference: { mean: 0, low: 0, high: 0 }, writersWorse: 0 });
  expect(ran.errors).toContain("all choices were made on");
  const kept = readdirSync(cache).filter((name) => name.startsWith("general-"));
  expect(kept).toHaveLength(1);
  expect((await idiolect(["evaluate", "sentiment", file, ...common])).json()).toEqual(answer);
  expect(readdirSync(cache).filter((name) => name.startsWith("general-"))).toEqual(kept);
});
