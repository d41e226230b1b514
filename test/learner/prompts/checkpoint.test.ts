import { expect, test } from "vitest";
import { fromCheckpoint, toCheckpoint } from "../../../src/learner/prompts/checkpoint.ts";
import type { IntermediateState } from "../../../src/learning/intermediate-learning.ts";

const floats = (...values: readonly number[]) => Float32Array.from(values);

const state: IntermediateState = {
  step: 7,
  delta: floats(0.1, -2, 3e-8),
  best: floats(1, 2, 3),
  adam: {
    "prompts.0": { step: 7, mean: floats(0.5), square: floats(1e-12) },
    "prompts.1": { step: 6, mean: floats(-0.5, 4), square: floats(0, 1) },
  },
  stopping: { best: { loss: 4.25, step: 4 }, withoutGain: 1 },
  curve: [
    { epoch: 0, step: 0, heldOut: { loss: 5, perplexity: 148, top1: 0.25 } },
    { epoch: 1, step: 4, trainLoss: 4.5 },
  ],
  epochLosses: [4.1, 4.2],
};

test("A state comes back from its checkpoint bit by bit.", () => {
  const checkpoint = toCheckpoint(state);
  expect(checkpoint.step).toBe(7);
  expect(fromCheckpoint(checkpoint)).toEqual(state);
});

test("A checkpoint does not change with the state it was made of.", () => {
  const delta = floats(1, 2);
  const checkpoint = toCheckpoint({ ...state, delta });
  delta.fill(9);
  expect(fromCheckpoint(checkpoint).delta).toEqual(floats(1, 2));
});

test("A checkpoint of another kind is refused.", () => {
  expect(() => fromCheckpoint({ step: 1, resume: { seed: 1 }, blobs: {} })).toThrow();
});
