import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TunedMaskedLmMeasure } from "../../../src/lab/objectives/tuned-masked-lm-measure.ts";
import { countWords, expectedWords } from "../../../src/lab/tunings/expected-words.ts";
import { logMarginals, marginalTuning, marginalValues } from "../../../src/lab/tunings/marginal-tuning.ts";
import { maskedLmFigures } from "../../../src/learning/masked-lm-measure.ts";
import { noWord, type Passage } from "../../../src/learning/passages.ts";
import { soleWriter } from "../../../src/learning/tuned-parameters.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import type { PretrainedModel } from "../../../src/plm/pretrained-model.ts";
import type { Tuning } from "../../../src/prompts/tuning.ts";
import { openTinyModel, patternPassage } from "../../plm/tiny-model.ts";

const cache = mkdtempSync(join(tmpdir(), "idiolect-expected-words-"));
const random = createRandom("expected words");
let model: PretrainedModel;
let tuning: Tuning;
let passages: readonly Passage[];
beforeAll(async () => {
  model = await openTinyModel(cache);
  tuning = marginalTuning(model.config);
  passages = Array.from({ length: 40 }, () => patternPassage(model, 6 + random.integer(10), random));
});
afterAll(() => rmSync(cache, { recursive: true }));

const expecting = (values?: Readonly<Record<string, Float32Array>>) =>
  expectedWords(
    { model, tuning, threads: 1, ...(values && { values: { writers: { [soleWriter]: values } } }) },
    passages,
    "seed",
  );

describe("What a model expects of a writer's words", () => {
  it("is a distribution over the vocabulary, the same each time", async () => {
    const shares = await expecting();
    expect(shares).toHaveLength(model.config.vocab_size);
    expect(Math.min(...shares)).toBeGreaterThan(0);
    expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(1, 5);
    expect(await expecting()).toEqual(shares);
  });

  it("moves towards what was counted where words are rescaled, and hidden words are guessed better", async () => {
    const counts = countWords(passages, model.config.vocab_size);
    const before = await expecting();
    const values = marginalValues(logMarginals(counts, before));
    const after = await expecting(values);
    expect(divergence(counts, after)).toBeLessThan(0.5 * divergence(counts, before));
    const measure = new TunedMaskedLmMeasure(model, tuning, 1);
    const lossWith = async (strength: number) => {
      const reading = { values: { writers: { [soleWriter]: values } }, strength };
      return maskedLmFigures(await measure.scores(passages, reading, "other"))!.loss;
    };
    const [without, half, whole] = [await lossWith(0), await lossWith(0.5), await lossWith(1)];
    expect(half).toBeLessThan(without);
    expect(whole).toBeLessThan(half);
    await measure.release();
  });

  it("is nothing where there is nothing to hide", async () => {
    const shares = await expectedWords({ model, tuning, threads: 1 }, [], "seed");
    expect(shares.every((share) => share === 0)).toBe(true);
  });
});

describe("A writer's words", () => {
  it("are counted token by token, without what belongs to no word", () => {
    const passage = { ids: Uint16Array.of(2, 7, 7, 9, 3), words: Uint16Array.of(noWord, 0, 1, 1, noWord) };
    const counts = countWords([passage, passage], 12);
    expect([...counts]).toEqual([0, 0, 0, 0, 0, 0, 0, 4, 0, 2, 0, 0]);
  });
});

/** Kullback-Leibler divergence of expected shares from counted ones, in nats. */
function divergence(counts: Uint32Array, shares: Float64Array): number {
  const total = counts.reduce((sum, count) => sum + count);
  return counts.reduce(
    (sum, count, word) => sum + (count === 0 ? 0 : (count / total) * Math.log(count / total / shares[word]!)),
    0,
  );
}
