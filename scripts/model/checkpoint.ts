import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Adam, AdamState } from "../../src/learning/optimiser/adam.ts";
import { Safetensors } from "../../src/plm/files/safetensors.ts";
import { writeSafetensors } from "../../src/plm/files/write-safetensors.ts";
import { MixedTrainingError, NoCheckpointError } from "./errors.ts";
import type { Weights } from "./start-weights.ts";
import { kindMark, markedKind, type TrainingKind } from "./training-kind.ts";

const fileName = "checkpoint.safetensors";

/** Writes weights, moments and the step in one file, which replaces the last one only when it is whole. */
export function saveCheckpoint(
  folder: string,
  step: number,
  weights: Weights,
  adam: Adam,
  kind: TrainingKind,
): void {
  mkdirSync(folder, { recursive: true });
  const tensors = Object.entries(weights).map(([name, data]) => flat(`weight ${name}`, data));
  const steps: Record<string, number> = {};
  for (const [name, moments] of Object.entries(adam.state())) {
    tensors.push(flat(`mean ${name}`, moments.mean), flat(`square ${name}`, moments.square));
    steps[name] = moments.step;
  }
  writeSafetensors(join(folder, fileName), tensors, {
    step: String(step),
    steps: JSON.stringify(steps),
    ...kindMark(kind),
  });
}

/**
 * Opens the last checkpoint of a folder; undefined if there is none. Throws {@link MixedTrainingError} if a
 * build of the other kind wrote it.
 */
export function openCheckpoint(folder: string, kind: TrainingKind): Safetensors | undefined {
  const path = join(folder, fileName);
  if (!existsSync(path)) {
    return undefined;
  }
  const file = Safetensors.open(path);
  const found = markedKind(path, file.metadata);
  if (found !== kind) {
    throw new MixedTrainingError(folder, found, kind);
  }
  return file;
}

/** As {@link openCheckpoint}; throws {@link NoCheckpointError} if there is none. */
export function requireCheckpoint(folder: string, kind: TrainingKind): Safetensors {
  const file = openCheckpoint(folder, kind);
  if (file === undefined) throw new NoCheckpointError(folder);
  return file;
}

/** Restores the last checkpoint into the given arrays and returns its step; undefined if there is none. */
export function restoreCheckpoint(
  folder: string,
  weights: Weights,
  adam: Adam,
  kind: TrainingKind,
): number | undefined {
  const file = openCheckpoint(folder, kind);
  if (file === undefined) {
    return undefined;
  }
  readWeights(file, weights);
  const steps = JSON.parse(file.metadata.get("steps") ?? "{}") as Record<string, number>;
  const state: Record<string, AdamState[string]> = {};
  for (const [name, step] of Object.entries(steps)) {
    state[name] = { step, mean: file.readFloats(`mean ${name}`), square: file.readFloats(`square ${name}`) };
  }
  adam.restore(state);
  return Number(file.metadata.get("step"));
}

/** The weights of a checkpoint, into arrays by their names. */
export function readWeights(file: Safetensors, weights: Weights): void {
  for (const [name, data] of Object.entries(weights)) {
    data.set(file.readFloats(`weight ${name}`));
  }
}

function flat(name: string, data: Float32Array) {
  return { name, shape: [data.length], type: "F32", data } as const;
}
