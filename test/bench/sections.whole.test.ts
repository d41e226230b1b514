import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { writeSmallBlog } from "../learner/small-blog.ts";
import { temporaryFolder } from "../learner/temporary-folder.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";

/*
 * Every section that can be made small, as a process of its own. PyTorch takes part where IDIOLECT_PYTHON names a
 * Python that has it; elsewhere the benchmark has to say that it is absent, and to go on.
 */

const small = {
  threads: 1,
  rows: 2,
  length: 16,
  rounds: 1,
  "blog-batches": 4,
  "slow-rounds": 1,
  readings: 2,
  "cold-starts": 1,
  "profile-steps": 1,
  "job-blogs": "chris-wellons",
  "job-passages": 12,
  "job-repeats": 1,
};

function bench<Figures extends z.ZodType>(section: string, figures: Figures): z.infer<Figures> {
  const folder = temporaryFolder();
  const model = writeTinyModel(join(folder, "model"));
  const corpora = join(folder, "corpora");
  for (const part of ["one", "two"]) writeSmallBlog(join(corpora, "chris-wellons", part), 28);
  const json = join(folder, "figures.json");
  const settings = { only: section, model, corpora, json, ...small };
  const words = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const { status, stderr } = spawnSync(process.execPath, ["bench/run.ts", ...words], { encoding: "utf8" });
  expect(stderr.replace(/.*ExperimentalWarning.*\n.*\n/, "")).toBe("");
  expect(status).toBe(0);
  const report = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(json, "utf8")));
  return figures.parse(report[section]);
}

const positive = z.number().positive();
const spread = z.object({ count: positive, min: positive, median: positive, max: positive });
const peer = z.object({ name: z.string(), milliseconds: spread, isVoid: z.literal(false) });
/** A peer takes part and agrees in its losses, or it is named as absent. */
const comparison = z
  .object({
    engine: z.object({ milliseconds: spread, firstLoss: positive, lastLoss: positive }),
    peers: z.array(peer),
    absent: z.array(z.object({ name: z.string(), reason: z.string() })),
  })
  .refine(({ peers, absent }) => peers.length + absent.length > 0);

describe("The benchmark with a tiny model and a small blog", () => {
  test("times training steps beside the peers that are there", () => {
    const { cases } = bench("step", z.object({ cases: z.array(comparison), passes: z.array(z.unknown()) }));
    expect(cases).toHaveLength(5);
    // TensorFlow.js comes with the checkout.
    expect(cases[0]!.peers.map(({ name }) => name)).toContainEqual(expect.stringContaining("TensorFlow.js"));
  });

  test("times a step with each family, in full and in 8 bits", () => {
    const results = bench("families", z.array(comparison.and(z.object({ family: z.string() }))));
    expect(new Set(results.map(({ family }) => family)).size).toBe(5);
    expect(results).toHaveLength(10);
  });

  test("times a step of each way of tuning", () => {
    const results = bench("tuning", z.array(comparison.and(z.object({ method: z.string() }))));
    expect(results.map(({ method }) => method)).toEqual(["inputPrompt", "lowRank", "adapters", "biases"]);
  });

  test("times readings and cold starts", () => {
    const warm = z.array(z.object({ tokens: positive, milliseconds: spread }));
    const cold = z.array(z.object({ phases: z.record(z.string(), spread) }));
    const result = bench("reading", z.object({ warm, cold }));
    expect(result.warm.map(({ tokens }) => tokens)).toEqual([16, 16, 32, 32]);
    expect(result.cold).toHaveLength(2);
  });

  test("tells which share of the machine's peak products reach", () => {
    const kind = z.object({
      kind: z.string(),
      share: positive.max(1),
      gflops: positive,
      peakGflops: positive,
    });
    const profile = z.object({ products: z.string(), kinds: z.array(kind), stepOfPeak: positive });
    const results = bench("profile", z.array(profile));
    expect(results.map(({ products }) => products)).toEqual(["full", "rounded"]);
    expect(results[0]!.kinds.map(({ kind }) => kind)).toEqual(["full"]);
  });

  test("learns a writer's prompts from process start to end", () => {
    const side = z.object({
      seconds: spread,
      processorSeconds: spread,
      steps: positive,
      heldOutBefore: positive,
      heldOutAfter: positive,
    });
    const result = z.object({
      blog: z.literal("chris-wellons"),
      passages: z.literal(12),
      epochs: positive,
      own: side,
      peer: side.extend({ ratio: z.object({ mean: positive }), isVoid: z.boolean() }).optional(),
      reason: z.string().optional(),
    });
    const [job] = bench("job", z.tuple([result]));
    expect(job.own.heldOutAfter).toBeLessThan(job.own.heldOutBefore);
    expect(job.peer ?? job.reason).toBeDefined();
    if (job.peer !== undefined) {
      expect(job.peer.steps).toBe(job.own.steps);
      // The same words are hidden from both, and both start from the same prompts.
      expect(job.peer.heldOutBefore).toBeCloseTo(job.own.heldOutBefore, 4);
    }
  });
});
