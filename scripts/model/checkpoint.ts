import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Adam, AdamState } from "../../src/learning/optimiser/adam.ts";
import { Safetensors } from "../../src/plm/files/safetensors.ts";
import { writeSafetensors } from "../../src/plm/files/write-safetensors.ts";
import { DropoutChangedError, MixedTrainingError, NoCheckpointError } from "./errors.ts";
import type { Weights } from "./start-weights.ts";
import { kindMark, markedKind, type TrainingKind } from "./training-kind.ts";

const fileName = "checkpoint.safetensors";

/** What a build has come to. */
export interface BuildState {
  readonly step: number;
  readonly weights: Weights;
  readonly adam: Adam;
  readonly kind: TrainingKind;
  /** The share of numbers that each step left out; 0 without dropout. */
  readonly dropout: number;
}

/** Writes weights, moments and the step in one file, which replaces the last one only when it is whole. */
export function saveCheckpoint(folder: string, { step, weights, adam, kind, dropout }: BuildState): void {
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
    ...dropoutMark(dropout),
  });
}

/** What a file of weights says of dropout; nothing where there was none, so that such files stay as they were. */
export function dropoutMark(dropout: number): Readonly<Record<string, string>> {
  return dropout > 0 ? { dropout: String(dropout) } : {};
}

/** The dropout that weights were trained with; 0 where their file says nothing of it. */
export function markedDropout(metadata: ReadonlyMap<string, string>): number {
  return Number(metadata.get("dropout") ?? 0);
}

/** Throws {@link DropoutChangedError} for a folder whose checkpoint was trained with another dropout. */
export function requireDropout(folder: string, checkpoint: Safetensors | undefined, wanted: number): void {
  const found = checkpoint === undefined ? wanted : markedDropout(checkpoint.metadata);
  if (found !== wanted) throw new DropoutChangedError(folder, found, wanted);
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
