import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  markedDropout,
  openCheckpoint,
  requireDropout,
  restoreCheckpoint,
  saveCheckpoint,
} from "../../scripts/model/checkpoint.ts";
import { DropoutChangedError, MixedTrainingError } from "../../scripts/model/errors.ts";
import { Adam } from "../../src/learning/optimiser/adam.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "checkpoint-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function start(values: readonly number[]) {
  const weights = { layer: Float32Array.from(values) };
  return { weights, adam: new Adam([{ rateFactor: 1, weightDecay: 0, parameters: weights }]) };
}

test("A resumed build goes on with the weights and the moments of the checkpoint.", () => {
  const first = start([1, 2, 3]);
  const gradient = () => ({ layer: Float32Array.of(0.5, -1, 2) });
  first.adam.step(gradient(), 0.1);
  saveCheckpoint(folder, { ...first, step: 7, kind: "open", dropout: 0 });
  const second = start([0, 0, 0]);
  expect(restoreCheckpoint(folder, second.weights, second.adam, "open")).toBe(7);
  first.adam.step(gradient(), 0.1);
  second.adam.step(gradient(), 0.1);
  expect(second.weights).toEqual(first.weights);
});

test("A folder without a checkpoint starts either kind of build.", () => {
  const { weights, adam } = start([1]);
  expect(restoreCheckpoint(folder, weights, adam, "open")).toBeUndefined();
  expect(openCheckpoint(folder, "research")).toBeUndefined();
});

test("A research build does not go on from an open checkpoint, nor an open build from a research one.", () => {
  const { weights, adam } = start([1]);
  saveCheckpoint(folder, { step: 1, weights, adam, kind: "research", dropout: 0 });
  expect(() => restoreCheckpoint(folder, weights, adam, "open")).toThrow(MixedTrainingError);
  expect(() => openCheckpoint(folder, "open")).toThrow(/kind 'research'.*Go on with it with --research/);
  expect(restoreCheckpoint(folder, weights, adam, "research")).toBe(1);
  saveCheckpoint(folder, { step: 2, weights, adam, kind: "open", dropout: 0 });
  expect(() => openCheckpoint(folder, "research")).toThrow(/kind 'open'.*without --research/);
});

test("An open checkpoint without dropout has no marks, so that older ones are of this kind.", () => {
  const { weights, adam } = start([1]);
  saveCheckpoint(folder, { step: 1, weights, adam, kind: "open", dropout: 0 });
  const { metadata } = openCheckpoint(folder, "open")!;
  expect([...metadata.keys()].toSorted()).toEqual(["format", "step", "steps"]);
  expect(markedDropout(metadata)).toBe(0);
});

test("A build goes on with the dropout that it began with, and no other.", () => {
  const { weights, adam } = start([1]);
  saveCheckpoint(folder, { step: 1, weights, adam, kind: "open", dropout: 0.1 });
  const checkpoint = openCheckpoint(folder, "open");
  expect(markedDropout(checkpoint!.metadata)).toBe(0.1);
  expect(() => requireDropout(folder, checkpoint, 0.1)).not.toThrow();
  expect(() => requireDropout(folder, checkpoint, 0)).toThrow(DropoutChangedError);
  expect(() => requireDropout(folder, checkpoint, 0.2)).toThrow(/a dropout of 0\.1, not 0\.2/);
  expect(() => requireDropout(folder, undefined, 0.2)).not.toThrow();
});
