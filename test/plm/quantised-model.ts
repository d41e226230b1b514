import { cpSync } from "node:fs";
import { join } from "node:path";
import { quantise, scaleName } from "../../src/plm/files/quantise.ts";
import { Safetensors } from "../../src/plm/files/safetensors.ts";
import { type StoredTensor, writeSafetensors } from "../../src/plm/files/write-safetensors.ts";
import { tinyBertPath } from "./tiny-model.ts";

/** The tiny BERT with the matrices of its encoder and its table of words in 8 bits, which packing leaves alone where they are this small. */
export function writeQuantisedModel(path: string): string {
  cpSync(tinyBertPath, path, { recursive: true });
  const file = Safetensors.open(join(tinyBertPath, "model.safetensors"));
  const tensors = [...file.entries.values()].flatMap(({ name, shape, type }): readonly StoredTensor[] => {
    if (type !== "F32") return [];
    const data = file.readFloats(name);
    if (shape.length !== 2 || !/\.layer\.|word_embeddings/.test(name)) return [{ name, shape, type, data }];
    const { codes, scales } = quantise(data, shape, 0);
    return [
      { name, shape, type: "I8", data: codes },
      { name: scaleName(name), shape: [shape[0]!, 1], type: "F32", data: scales },
    ];
  });
  writeSafetensors(join(path, "model.safetensors"), tensors);
  return path;
}
