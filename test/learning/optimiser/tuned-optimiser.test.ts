import { expect, test } from "vitest";
import { weightTuning } from "../../../src/lab/tunings/weight-tuning.ts";
import { TunedOptimiser } from "../../../src/learning/optimiser/tuned-optimiser.ts";
import { TunedParameters } from "../../../src/learning/tuned-parameters.ts";
import { tuningDefaults } from "../../../src/learning/tuned-training.ts";
import { openTinyModel } from "../../plm/tiny-model.ts";

const model = await openTinyModel();
const tuning = weightTuning(model);
const [matrix, bias] = ["encoder.layer.0.output.dense.weight", "encoder.layer.0.output.dense.bias"] as const;

/** Everyone's values after some steps, each with all gradients of one size. */
function valuesAfter(sizes: readonly number[], weightDecay = 0) {
  const parameters = new TunedParameters(tuning);
  const optimiser = new TunedOptimiser(tuning, parameters, { ...tuningDefaults, weightDecay }, undefined);
  for (const size of sizes) {
    const gradients = Object.entries(parameters.everyone).map(([name, { length }]) => [
      name,
      new Float32Array(length).fill(size),
    ]);
    optimiser.step(Object.fromEntries(gradients), 100);
  }
  return parameters.everyone;
}

test("Everyone's gradients are limited together: beyond the limit a step is the same, however large they are.", () => {
  // The second step tells how the first one is remembered.
  const [large, larger] = [valuesAfter([0.1, 0.01]), valuesAfter([50, 0.01])];
  for (const name of [matrix, bias]) {
    for (const [at, value] of large[name]!.entries()) expect(larger[name]![at]).toBeCloseTo(value, 5);
  }
  const unlike = valuesAfter([0.001, 0.01]);
  expect(unlike[matrix]![0]).not.toBeCloseTo(large[matrix]![0]!, 5);
});

test("Weights decay, and biases do not.", () => {
  const start = new TunedParameters(tuning).everyone;
  const after = valuesAfter([0], 0.01);
  expect(start[bias]!.some((value) => value !== 0)).toBe(true);
  expect(after[bias]).toEqual(start[bias]);
  const kept = after[matrix]!.map((value, at) => value / start[matrix]![at]!);
  expect(kept.every((share) => share < 1)).toBe(true);
});
