import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "../src/numbers/random.ts";
import { modelConfigSchema } from "../src/plm/files/model-config.ts";
import { scaleName } from "../src/plm/files/quantise.ts";
import { elementCount } from "../src/plm/files/safetensors-header.ts";
import { encoderTensors, mlmHeadTensors, replacedTokenHeadTensors } from "../src/plm/files/tensor-shapes.ts";
import { type StoredTensor, writeSafetensors } from "../src/plm/files/write-safetensors.ts";

export interface RandomModel {
  /** As config.json of its family has it. */
  readonly config: object;
  /** The text of tokenizer.json. */
  readonly tokenizer: string;
  /** What it can do beside giving hidden states. */
  readonly head: "maskedLm" | "replacedTokens";
}

/** So large are trained weights of BERT; time and memory do not depend on it. */
const weightSize = 0.03;
const drawn = 2 ** 20;
const codeSize = 40;

/** Writes a model directory with random numbers, its matrices in 8 bits. Returns the folder. */
export function writeRandomModel(folder: string, { config, tokenizer, head }: RandomModel): string {
  mkdirSync(folder, { recursive: true });
  const shape = modelConfigSchema.parse(config);
  const random = createRandom("random model");
  const codes = Int8Array.from({ length: drawn }, () =>
    Math.max(-127, Math.min(127, codeSize * random.normal())),
  );
  const headTensors = head === "maskedLm" ? mlmHeadTensors(shape) : replacedTokenHeadTensors(shape);
  const tensors = [...encoderTensors(shape), ...headTensors].flatMap(([name, size]) =>
    tensorsOf(name, size, codes),
  );
  writeSafetensors(join(folder, "model.safetensors"), tensors);
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
  writeFileSync(join(folder, "tokenizer.json"), tokenizer);
  return folder;
}

function tensorsOf(name: string, shape: readonly number[], drawnCodes: Int8Array): readonly StoredTensor[] {
  const size = elementCount(shape);
  if (shape.length === 1) {
    const middle = name.endsWith("LayerNorm.weight") ? 1 : 0;
    const data = Float32Array.from(
      { length: size },
      (_, at) => middle + (weightSize / codeSize) * drawnCodes[at % drawn]!,
    );
    return [{ name, shape, type: "F32", data }];
  }
  const data = new Int8Array(size);
  // The same numbers again and again: drawing each would take longer than the measurement.
  for (let at = 0; at < size; at += drawn) data.set(drawnCodes.subarray(0, Math.min(drawn, size - at)), at);
  const scales = new Float32Array(shape[0]!).fill(weightSize / codeSize);
  return [
    { name, shape, type: "I8", data },
    { name: scaleName(name), shape: [shape[0]!, 1], type: "F32", data: scales },
  ];
}
