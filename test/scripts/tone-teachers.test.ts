import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { BuildBatches } from "../../scripts/model/build-batches.ts";
import { ToneTeacherError } from "../../scripts/model/errors.ts";
import { MultiTaskTrainer, usualWeights } from "../../scripts/model/multi-task-trainer.ts";
import { builtConfig, startWeights } from "../../scripts/model/start-weights.ts";
import { ToneTeachers } from "../../scripts/model/tone-teachers.ts";
import { padBatch } from "../../src/learning/batching.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { readModelDirectory } from "../../src/plm/files/model-directory.ts";
import { loadTokenizer } from "../../src/plm/tokens/tokenizer.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";
import { smallBatches } from "./small-build.ts";

const folder = mkdtempSync(join(tmpdir(), "tone-teachers-"));
afterAll(() => rmSync(folder, { recursive: true }));
const cache = join(folder, "cache");
const first = writeTinyModel(join(folder, "first"));
// The same weights, read otherwise.
const second = writeTinyModel(join(folder, "second"), { fields: { layer_norm_eps: 0.5 } });

async function taughtBy(paths: readonly string[], texts: readonly Uint16Array[]): Promise<readonly number[]> {
  const teachers = await ToneTeachers.open(paths, cache, 1);
  try {
    return Array.from(
      await teachers.teach(
        padBatch(
          texts.map((ids) => ({ ids })),
          0,
        ),
      ),
    );
  } finally {
    await teachers.release();
  }
}

describe("teachers of tone", () => {
  const texts = [Uint16Array.of(2, 60, 61, 3), Uint16Array.of(2, 70, 71, 72, 73, 74, 3)];

  it("teach the mean of what each reads, whatever a text stands beside", async () => {
    const [one, other] = [await taughtBy([first], texts), await taughtBy([second], texts)];
    const both = await taughtBy([first, second], texts);
    expect(one).toHaveLength(10);
    expect(one.slice(0, 5).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    expect(Math.max(...one.map((share, at) => Math.abs(share - other[at]!)))).toBeGreaterThan(1e-3);
    for (const [at, share] of both.entries()) expect(share).toBeCloseTo((one[at]! + other[at]!) / 2, 5);
    const alone = await taughtBy([first], texts.slice(0, 1));
    for (const [at, share] of alone.entries()) expect(share).toBeCloseTo(one[at]!, 4);
  });

  it("have a head for tone, or are refused", async () => {
    const without = writeTinyModel(join(folder, "without"), { tone: false });
    await expect(ToneTeachers.open([first, without], cache, 1)).rejects.toThrow(ToneTeacherError);
  });

  it("are listened to where texts have no label", { timeout: 60_000 }, async () => {
    const source = await readModelDirectory(first);
    const tokenizer = await loadTokenizer(first);
    const config = builtConfig(source.config);
    const sets = BuildBatches.sets.length;
    const weights = startWeights(source, config, { text: [], sets, random: createRandom("heads") });
    // Of one mind: it is sure of the class that is likeliest for the others.
    const sure = writeTinyModel(join(folder, "sure"), {
      fields: {
        tone_head: "location_scale",
        tone_calibration: { temperature: 0.05, minimum: { negative: 0.5, positive: 0.5 } },
      },
    });
    const toneTeachers = await ToneTeachers.open([sure], cache, 1);
    const trainer = await MultiTaskTrainer.create(config, source, weights, {
      batches: smallBatches(tokenizer),
      padId: tokenizer.specialIds.pad,
      sizes: { text: 2, tone: 2, unlabelled: 6 },
      totalSteps: 120,
      peakRate: 1e-3,
      threads: 1,
      toneTeachers,
      weigh: usualWeights,
    });
    const soft: number[] = [];
    for (let step = 1; step <= 120; step++) soft.push((await trainer.step(step)).soft!);
    await trainer.release();
    await toneTeachers.release();
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(soft.slice(-20))).toBeLessThan(mean(soft.slice(0, 20)) - 0.02);
  });
});
