import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ModelConfig } from "../../src/plm/files/model-config.ts";
import type { ModelDirectory } from "../../src/plm/files/model-directory.ts";
import { packWeight, readWeight } from "../../src/plm/files/quantise.ts";
import { Safetensors } from "../../src/plm/files/safetensors.ts";
import { encoderTensors, mlmHeadTensors, sentimentHeadTensors } from "../../src/plm/files/tensor-shapes.ts";
import { writeSafetensors } from "../../src/plm/files/write-safetensors.ts";
import { dropoutMark, markedDropout, readWeights, requireCheckpoint } from "./checkpoint.ts";
import { AverageShareError, MixedTrainingError, StageDepthError } from "./errors.ts";
import { offsetsName } from "./multi-task-graphs.ts";
import { shippedConfig } from "./shipped-config.ts";
import { builtConfig, type Weights } from "./start-weights.ts";
import { kindMark, markedKind, type TrainingKind } from "./training-kind.ts";

const fileName = "model.safetensors";

export interface BuiltModel {
  readonly config: ModelConfig;
  readonly weights: Weights;
  /** Path of tokenizer.json. */
  readonly tokenizerPath: string;
  readonly step: number;
  readonly kind: TrainingKind;
  /** The share of numbers that its last stage left out; 0 without dropout. */
  readonly dropout: number;
  /** Whether the thresholds of the sets are written along, for a build that goes on from here. */
  readonly withOffsets?: boolean;
}

/** Writes a model directory as it ships: matrices as int8 with a scale for each row, float32 for the rest. */
export function writeBuiltModel(to: string, built: BuiltModel): void {
  const { config, weights, kind, step } = built;
  const shapes = [...encoderTensors(config), ...mlmHeadTensors(config), ...sentimentHeadTensors(config)];
  const offsets = weights[offsetsName];
  if (built.withOffsets && offsets !== undefined) shapes.push([offsetsName, [offsets.length / 4, 4]]);
  const tensors = shapes.flatMap(([name, shape]) => packWeight(name, shape, weights[name]!));
  mkdirSync(to, { recursive: true });
  writeSafetensors(join(to, fileName), tensors, {
    step: String(step),
    ...kindMark(kind),
    ...dropoutMark(built.dropout),
  });
  writeFileSync(join(to, "config.json"), `${JSON.stringify(shippedConfig(config), undefined, 2)}\n`);
  copyFileSync(built.tokenizerPath, join(to, "tokenizer.json"));
}

/**
 * What a build has come to, as its last checkpoint has it; `source` is what the build was given as such. A student has
 * fewer layers than its source. Throws NoCheckpointError, MixedTrainingError.
 */
export function readBuilt(work: string, kind: TrainingKind, source: ModelDirectory): BuiltModel {
  const checkpoint = requireCheckpoint(work, kind);
  const weights: Weights = {};
  for (const name of checkpoint.entries.keys()) {
    if (name.startsWith("weight ")) weights[name.slice("weight ".length)] = checkpoint.readFloats(name);
  }
  const config = builtConfig({ ...source.config, num_hidden_layers: depth(Object.keys(weights)) });
  const step = Number(checkpoint.metadata.get("step"));
  const dropout = markedDropout(checkpoint.metadata);
  return { config, weights, tokenizerPath: source.tokenizerPath, step, kind, dropout };
}

/**
 * Puts the weights of an earlier stage into arrays by their names: those of the checkpoint of a work folder, or of a
 * directory that `--keep` wrote. A directory of half the layers gives every second one, from the first on, and leaves the
 * layers between as they are: six-layer MiniLM was made of these layers of the model that e5-small-v2 comes from. What
 * that stage did not have stays as it is. Throws {@link StageDepthError} for other numbers of layers,
 * {@link MixedTrainingError} where it was trained on other kinds of sets, NoCheckpointError where there is neither.
 */
export function readStage(folder: string, weights: Weights): void {
  const path = join(folder, fileName);
  if (!existsSync(path)) {
    readWeights(requireCheckpoint(folder, "open"), weights);
    return;
  }
  const file = Safetensors.open(path);
  const found = markedKind(path, file.metadata);
  if (found !== "open") throw new MixedTrainingError(folder, found, "open");
  const [given, wanted] = [depth(file.entries.keys()), depth(Object.keys(weights))];
  if (wanted !== given && wanted !== 2 * given) throw new StageDepthError(folder, given, wanted);
  for (const name of file.entries.keys()) {
    const data = weights[name.replace(layerPart, (_, layer) => layerName((Number(layer) * wanted) / given))];
    data?.set(readWeight(file, name));
  }
}

/** Another end that weights are averaged with. */
export interface OtherEnd {
  /** As of {@link readStage}. */
  readonly folder: string;
  /** Of the mean, in (0, 1]. */
  readonly share: number;
}

/** Ends with their shares; without shares all count alike, the own weights among them. Throws {@link AverageShareError}. */
export function otherEnds(folders: readonly string[], shares: readonly number[] = []): readonly OtherEnd[] {
  const given = shares.length === 0 ? folders.map(() => 1 / (folders.length + 1)) : shares;
  const total = given.reduce((sum, share) => sum + share, 0);
  if (given.length !== folders.length || !given.every((share) => share > 0) || total > 1 + 1e-9) {
    throw new AverageShareError(given, folders.length);
  }
  return folders.map((folder, at) => ({ folder, share: given[at]! }));
}

/**
 * Moves weights to the mean of themselves and other ends, each by its share; their own is what is left of 1. Ends of
 * trainings that began alike lie in one basin, and a place between them is often better than each (Wortsman and others 2022,
 * 'Model soups'). Errors as of {@link readStage}.
 */
export function averageWith(weights: Weights, ends: readonly OtherEnd[]): void {
  const begun = Object.fromEntries(Object.entries(weights).map(([name, own]) => [name, own.slice()]));
  for (const { folder, share } of ends) {
    const other = Object.fromEntries(Object.entries(begun).map(([name, own]) => [name, own.slice()]));
    readStage(folder, other);
    for (const [name, own] of Object.entries(weights)) {
      for (let at = 0; at < own.length; at++) own[at]! += share * (other[name]![at]! - begun[name]![at]!);
    }
  }
}

const layerPart = /^encoder\.layer\.(\d+)\./;
const layerName = (layer: number): string => `encoder.layer.${layer}.`;

/** How many layers the tensors of these names make. */
function depth(names: Iterable<string>): number {
  return 1 + Math.max(-1, ...[...names].map((name) => Number(layerPart.exec(name)?.[1] ?? -1)));
}
