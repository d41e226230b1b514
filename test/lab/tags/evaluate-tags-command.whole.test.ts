import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { idiolect, tinyModel, useOwnCache } from "../../cli/run-idiolect.ts";
import { writeTopicBlog } from "../../cli/topic-blog.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-evaluate-tags-"));
const model = tinyModel(folder);
useOwnCache(folder);
// The prompts that have no part in this are learned once.
beforeAll(() => void vi.stubEnv("IDIOLECT_EVALUATION_CACHE", join(folder, "kept")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const evaluate = (blog: string, ...options: readonly string[]) =>
  idiolect(["evaluate", "tags", blog, "--model", model, ...options]);

interface Metrics {
  readonly known: { readonly recallAt5: number; readonly mrr: number };
}

interface Tuned {
  readonly documents: number;
  readonly bytesPerWriter: number;
  readonly trained: number;
  readonly method: string;
  readonly methods: Readonly<
    Record<
      string,
      { without: Metrics; tuned: Metrics; difference: { mean: number; low: number; high: number } }
    >
  >;
}

const blog = writeTopicBlog(join(folder, "blog"), 60);

test("A writer of another language is measured without prompts, as one is learned.", async () => {
  const german: Readonly<Record<string, readonly string[]>> = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../corpus/short-sentences.json"), "utf8"),
  );
  const posts = join(folder, "german");
  mkdirSync(posts);
  for (let day = 10; day < 28; day++) {
    const head = `---\ndate: 2024-01-${day}\ntags: [${day % 2 === 0 ? "garten" : "bahn"}]\n---\n`;
    writeFileSync(join(posts, `${day}.md`), `${head}${german["de"]!.join(" ")}\n`);
  }
  const { code, errors, out } = await evaluate(posts);
  expect(code).toBe(0);
  expect(errors).toContain("No prompts were learned: next to nothing is in a language that is read.");
  expect(out).toContain("mostFrequent");
});

describe("Vectors that learn from tags", () => {
  test("are measured beside those of the model; the other figures stay as they are.", async () => {
    const lora = ["--tuning", "lora", "--rank", "2", "--rates", "lora=0.02", "--epochs", "20"];
    const { code, errors, json } = await evaluate(blog, "--json", "--tune", "contrastive", ...lora);
    expect({ code, errors }).toMatchObject({ code: 0 });
    const { tuned, ...answer } = json() as { readonly tuned: Tuned };
    const { methods, ...told } = tuned;
    const trained = 2 * 2 * (2 * 32 + 32 * 2);
    const sizes = { documents: 30, trained, bytesPerWriter: 2 * trained };
    expect(told).toEqual({ loss: "contrastive", method: "LoRA, rank 2", ...sizes });
    expect(Object.keys(methods)).toEqual(["idiolect", "embeddingKnn", "centroid"]);
    for (const { without, tuned, difference } of Object.values(methods)) {
      expect(difference.mean).toBeCloseTo(tuned.known.recallAt5 - without.known.recallAt5, 12);
    }
    const { without, tuned: better } = methods["embeddingKnn"]!;
    expect(better.known.mrr).toBeGreaterThan(without.known.mrr + 0.05);
    expect((await evaluate(blog, "--json")).json()).toEqual(answer);
  });

  test("read without the writer's part are the model's own, and people are told both.", async () => {
    const options = ["--tune", "labels", "--tuning", "bitfit", "--strength", "0", "--epochs", "1"];
    const { out, code } = await evaluate(blog, ...options);
    expect(code).toBe(0);
    expect(out).toMatch(/\nBitFit, tuned for tags \(labels\) on the oldest 30 documents: 1\.2 kB a writer\n/);
    const [, plain] = /embeddingKnn +(\d[^\n]*)\n +embeddingKnn, tuned/.exec(out)!;
    const [, tuned] = /embeddingKnn, tuned +(\d[^\n]*)\n/.exec(out)!;
    expect(tuned).toBe(plain);
    expect(out).toContain("  embeddingKnn, tuned − without: recall@5 0.0000, 95 % interval");
  });
});
