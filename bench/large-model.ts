import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "../src/learning/random.ts";
import { modelConfigSchema } from "../src/plm/model-config.ts";
import { encoderTensors, mlmHeadTensors } from "../src/plm/model-tensors.ts";
import { scaleName } from "../src/plm/quantise.ts";
import { elementCount } from "../src/plm/safetensors-header.ts";
import { type StoredTensor, writeSafetensors } from "../src/plm/write-safetensors.ts";

/** The shape of BERT-large (Devlin et al. 2019): 335 million numbers. */
const bertLarge = {
  model_type: "bert",
  hidden_size: 1024,
  num_hidden_layers: 24,
  num_attention_heads: 16,
  intermediate_size: 4096,
  vocab_size: 30_522,
  max_position_embeddings: 512,
  type_vocab_size: 2,
  layer_norm_eps: 1e-12,
  hidden_act: "gelu",
};
/** So large are trained weights of BERT; time and memory do not depend on it. */
const weightSize = 0.03;
const drawn = 2 ** 20;

/** Writes a random model of BERT-large's shape, its matrices in 8 bits, with a tokenizer of as many tokens. */
export function writeLargeModel(folder: string, tokenizerPath: string): string {
  mkdirSync(folder, { recursive: true });
  const config = modelConfigSchema.parse(bertLarge);
  const random = createRandom("large model");
  const codes = Int8Array.from({ length: drawn }, () => Math.max(-127, Math.min(127, 40 * random.normal())));
  const shapes = [...encoderTensors(config), ...mlmHeadTensors(config)];
  const tensors = shapes.flatMap(([name, shape]) => tensorsOf(name, shape, codes));
  writeSafetensors(join(folder, "model.safetensors"), tensors);
  writeFileSync(join(folder, "config.json"), JSON.stringify(bertLarge));
  copyFileSync(tokenizerPath, join(folder, "tokenizer.json"));
  return folder;
}

function tensorsOf(name: string, shape: readonly number[], drawnCodes: Int8Array): readonly StoredTensor[] {
  const size = elementCount(shape);
  if (shape.length === 1) {
    const data = new Float32Array(size).fill(name.endsWith("LayerNorm.weight") ? 1 : 0);
    return [{ name, shape, type: "F32", data }];
  }
  const data = new Int8Array(size);
  // The same numbers again and again: drawing each would take longer than the measurement.
  for (let at = 0; at < size; at += drawn) data.set(drawnCodes.subarray(0, Math.min(drawn, size - at)), at);
  const scales = new Float32Array(shape[0]!).fill(weightSize / 40);
  return [
    { name, shape, type: "I8", data },
    { name: scaleName(name), shape: [shape[0]!, 1], type: "F32", data: scales },
  ];
}
