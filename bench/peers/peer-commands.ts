import { join } from "node:path";
import { writeSafetensors } from "../../src/plm/write-safetensors.ts";
import { layerViews } from "../../src/prompts/soft-prompts.ts";
import type { Settings } from "../settings.ts";
import type { Workplace } from "../workplace.ts";
import { trainedTensors } from "./engine.ts";
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

/** Everything that the peers need, as float32: the weights as they are after dequantisation, and the prompts. */
export function writePeerWeights({ model, prompts, folder: place }: Workplace): string {
  const path = join(place, "peer-weights.safetensors");
  const weights = trainedTensors(model.config).map((name) => ({
    name,
    type: "F32" as const,
    ...model.directory.tensor(name),
  }));
  const shape = [prompts.length, prompts.hiddenSize];
  const layers = Object.entries(layerViews(prompts)).map(([name, data]) => ({
    name,
    type: "F32" as const,
    shape,
    data,
  }));
  writeSafetensors(path, [...weights, ...layers]);
  return path;
}
