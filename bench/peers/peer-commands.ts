import { join } from "node:path";
import { writeSafetensors } from "../../src/plm/files/write-safetensors.ts";
import type { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { layerViews } from "../../src/prompts/soft-prompts.ts";
import type { Tuning } from "../../src/prompts/tuning.ts";
import type { Settings } from "../settings.ts";
import type { Workplace } from "../workplace.ts";
import type { PeerCommand } from "./peer-process.ts";

const folder = import.meta.dirname;

export const tensorflow = "TensorFlow.js wasm";

export const pytorchCommand = ({ python }: Settings): PeerCommand => ({
  name: "PyTorch",
  program: python,
  arguments: [join(folder, "pytorch_peer.py")],
});

export const tensorflowCommand = ({ slowRounds }: Settings): PeerCommand => ({
  name: tensorflow,
  program: process.execPath,
  arguments: [join(folder, "tensorflow-peer.ts")],
  maximumSteps: slowRounds,
});

/**
 * Everything that the peers need, as float32: the weights as they are after dequantisation, and the prompts.
 * @param name of the file, for another model than the workplace's.
 */
export function writePeerWeights(
  { model, prompts, folder: place }: Pick<Workplace, "model" | "prompts" | "folder">,
  name = "peer-weights",
): string {
  const path = join(place, `${name}.safetensors`);
  const shape = [prompts.length, prompts.hiddenSize];
  const layers = Object.entries(layerViews(prompts)).map(([name, data]) => ({
    name,
    type: "F32" as const,
    shape,
    data,
  }));
  writeSafetensors(path, [...weightsOf(model), ...layers]);
  return path;
}

/** The same with the values of a way of tuning, as they start, in place of the prompts. */
export function writeTunedWeights({ model, folder: place }: Workplace, { method, values }: Tuning): string {
  const path = join(place, `peer-weights ${method}.safetensors`);
  const starts = values.map(({ name, shape, start }) => ({
    name,
    type: "F32" as const,
    shape,
    data: start(),
  }));
  writeSafetensors(path, [...weightsOf(model), ...starts]);
  return path;
}

/** The encoder and the heads that guess words or tell replaced ones. */
function weightsOf({ directory }: PretrainedModel) {
  return directory
    .tensorNames()
    .filter((name) => !name.startsWith("sentiment."))
    .map((name) => ({ name, type: "F32" as const, ...directory.tensor(name) }));
}
