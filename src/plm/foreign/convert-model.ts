import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { dot } from "../../numbers/vectors.ts";
import { ModelDirectoryError } from "../errors.ts";
import { readModelDirectory } from "../files/model-directory.ts";
import { packWeight } from "../files/quantise.ts";
import type { Safetensors } from "../files/safetensors.ts";
import { writeSafetensors } from "../files/write-safetensors.ts";
import { copyCompanions, makeModelDirectory } from "./copy-model.ts";
import { verifyModel } from "./verify-model.ts";

export interface ModelConversion {
  /** Of the new directory. */
  readonly id: string;
  /** Of model.safetensors. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  /** Of the vectors of a sentence, before and after; the worst of the samples. */
  readonly leastCosine: number;
  /** Mean loss at hidden words after − before, in nats; absent without a head that guesses them. */
  readonly lossDifference?: number;
}

/** Sentences must keep their neighbours: vectors that turn further than this are another model's. */
const leastCosine = 0.97;

/**
 * Writes a model as 8-bit weights, one scale for each output channel, about a quarter of its float32 size.
 * Tensors keep their names; those that are not used are left out. Both models read sample sentences, and the
 * new one is kept only if it reads them alike.
 */
export async function convertModel(path: string, to: string, cachePath: string): Promise<ModelConversion> {
  const before = await verifyModel(path, cachePath);
  const directory = await readModelDirectory(path);
  const tensors = directory.tensorNames().flatMap((name) => {
    const { shape, data } = directory.tensor(name);
    return packWeight(directory.storedName(name)!, shape, data);
  });
  return makeModelDirectory(to, async (draft) => {
    // What a file says of where its weights come from holds in 8 bits, too.
    writeSafetensors(join(draft, "model.safetensors"), tensors, Object.fromEntries(directory.file.metadata));
    for (const name of ["config.json", "tokenizer.json"]) await copyFile(join(path, name), join(draft, name));
    await copyCompanions(path, draft);
    const after = await verifyModel(draft, cachePath);
    const cosines = before.trial.vectors.map((vector, at) => dot(vector, after.trial.vectors[at]!));
    const least = Math.min(...cosines);
    if (least < leastCosine) {
      const problem = `in 8 bits its sentence vectors turn too far (cosine ${least.toFixed(3)})`;
      throw new ModelDirectoryError(path, [problem]);
    }
    const [old, made] = [before.trial.guesses, after.trial.guesses];
    return {
      id: after.id,
      bytesBefore: weightBytes(directory.file),
      bytesAfter: weightBytes((await readModelDirectory(draft)).file),
      leastCosine: least,
      ...(old && made ? { lossDifference: made.meanLoss - old.meanLoss } : {}),
    };
  });
}

function weightBytes({ entries }: Safetensors): number {
  return entries.values().reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
}
