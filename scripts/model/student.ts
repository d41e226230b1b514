import type { ModelConfig } from "../../src/plm/files/model-config.ts";
import type { ModelDirectory } from "../../src/plm/files/model-directory.ts";
import { encoderTensors, mlmHeadTensors, sentimentHeadTensors } from "../../src/plm/files/tensor-shapes.ts";
import { StudentSourceError } from "./errors.ts";
import { offsetsName } from "./multi-task-graphs.ts";
import type { Weights } from "./start-weights.ts";

/** The shape of a student: half the layers of its teacher. */
export function studentConfig(teacher: ModelConfig): ModelConfig {
  return { ...teacher, num_hidden_layers: Math.floor(teacher.num_hidden_layers / 2) };
}

/**
 * What a student begins with: every second layer of its teacher, the last one among them, and all of its heads (Sanh
 * and others 2019, DistilBERT). Throws {@link StudentSourceError} for a teacher that lacks a head.
 */
export function studentWeights(teacher: ModelDirectory, sets: number): Weights {
  const { mlm, sentiment } = teacher.heads;
  if (!mlm || !sentiment || teacher.config.tone_head !== "location_scale") {
    throw new StudentSourceError(teacher.path);
  }
  const config = studentConfig(teacher.config);
  const skipped = teacher.config.num_hidden_layers - 2 * config.num_hidden_layers;
  const names = [encoderTensors(config), mlmHeadTensors(config), sentimentHeadTensors(config)].flatMap(
    (part) => [...part.keys()],
  );
  const weights: Weights = {};
  for (const name of names) {
    const taken = name.replace(
      /^encoder\.layer\.(\d+)\./,
      (_, layer) => `encoder.layer.${2 * layer + 1 + skipped}.`,
    );
    weights[name] = teacher.tensor(taken).data;
  }
  const offsets = new Float32Array((sets - 1) * 4);
  if (teacher.file.entries.has(offsetsName)) offsets.set(teacher.file.readFloats(offsetsName));
  weights[offsetsName] = offsets;
  return weights;
}
