import { join } from "node:path";
import { Graph } from "../graph/graph.ts";
import { bertEncoder } from "../plm/encoder/bert-encoder.ts";
import { textInputs } from "../plm/encoder/encoder-inputs.ts";
import { sharedPromptsFile } from "../plm/files/model-files.ts";
import { readSharedPrompts, sharedPromptsTensor } from "../plm/files/shared-prompts.ts";
import { writeSafetensors } from "../plm/files/write-safetensors.ts";
import type { PretrainedModel } from "../plm/pretrained-model.ts";
import type { SoftPrompts } from "./soft-prompts.ts";

/**
 * The prompts that every writer starts from, trained on many writers' open text and shipped with the
 * model; undefined for a model without. Throws ModelDirectoryError where they do not fit the model or are no numbers.
 */
export function loadSharedPrompts(model: PretrainedModel): SoftPrompts | undefined {
  return readSharedPrompts(model.directory);
}

export function saveSharedPrompts(folder: string, prompts: SoftPrompts): void {
  const shape = [prompts.layers, prompts.length, prompts.hiddenSize];
  const tensor = { name: sharedPromptsTensor, shape, type: "F32", data: prompts.values } as const;
  writeSafetensors(join(folder, sharedPromptsFile), [tensor]);
}

/**
 * Prompts made of activations of real text, which trains better than random numbers (Lester, Al-Rfou
 * and Constant 2021, arXiv 2104.08691, section 3.2): for each layer its inputs at evenly spaced tokens
 * of the given texts, several tokens averaged for each prompt vector.
 */
export async function realTextPrompts(
  model: PretrainedModel,
  texts: readonly { readonly ids: ArrayLike<number> }[],
  length: number,
): Promise<SoftPrompts> {
  const graph = new Graph();
  const inputs = textInputs(graph);
  const { layerInputs } = bertEncoder(model.config, model.weights(graph), inputs);
  const outputs = Object.fromEntries(layerInputs.map((value, layer) => [`layer ${layer}`, value]));
  const session = await model.compile(graph, outputs, { threads: 1 });
  const { num_hidden_layers: layers, hidden_size: hiddenSize } = model.config;
  const values = new Float32Array(layers * length * hiddenSize);
  const counts = new Float64Array(length);
  for (const { ids } of texts) {
    const shape = [1, ids.length];
    const results = await session.run({
      ids: { data: BigInt64Array.from(Array.from(ids), BigInt), shape },
      mask: { data: new Float32Array(ids.length).fill(1), shape },
    });
    for (let token = 0; token < ids.length; token++) {
      // Tokens of one place in the text go to one prompt vector, so the vectors differ.
      const slot = Math.min(length - 1, Math.floor((token * length) / ids.length));
      counts[slot]! += 1;
      for (let layer = 0; layer < layers; layer++) {
        const states = results[`layer ${layer}`]!.data as Float32Array;
        const target = (layer * length + slot) * hiddenSize;
        for (let at = 0; at < hiddenSize; at++) {
          values[target + at]! += states[token * hiddenSize + at]!;
        }
      }
    }
  }
  await session.release();
  const average = values.map((sum, at) => sum / Math.max(1, counts[Math.floor(at / hiddenSize) % length]!));
  return { layers, length, hiddenSize, values: average };
}
