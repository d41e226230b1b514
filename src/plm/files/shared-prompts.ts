import { lstatSync } from "node:fs";
import { join } from "node:path";
import { shapeText } from "../../graph/dimension.ts";
import { ModelDirectoryError, PlmError } from "../errors.ts";
import { countNotFinite } from "./floats.ts";
import type { ModelDirectory } from "./model-directory.ts";
import { sharedPromptsFile } from "./model-files.ts";
import { Safetensors } from "./safetensors.ts";

/** Name of the one tensor in the file, [layers, length, hiddenSize]. */
export const sharedPromptsTensor = "prompts";

/** As many rows as nobody puts before a text; each costs every reading. */
const maximumLength = 512;

/** The prompts that lie beside a model, as their file has them; `values` is row-major. */
export interface SharedPromptValues {
  readonly layers: number;
  readonly length: number;
  readonly hiddenSize: number;
  readonly values: Float32Array;
}

/**
 * Reads the prompts that every writer starts from; undefined for a model without. Throws ModelDirectoryError where
 * they do not fit the model or hold numbers that are not finite.
 */
export function readSharedPrompts(directory: ModelDirectory): SharedPromptValues | undefined {
  const path = join(directory.path, sharedPromptsFile);
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
  try {
    const file = Safetensors.open(path);
    const { shape } = file.entry(sharedPromptsTensor);
    const [layers = 0, length = 0, hiddenSize = 0] = shape;
    const { num_hidden_layers, hidden_size } = directory.config;
    const fits = shape.length === 3 && layers === num_hidden_layers && hiddenSize === hidden_size;
    if (!fits || length === 0 || length > maximumLength) {
      const wanted = `[${num_hidden_layers}, 1 to ${maximumLength}, ${hidden_size}]`;
      throw refusal(directory, `its shape is ${shapeText(shape)}, and this model needs ${wanted}`);
    }
    const values = file.readFloats(sharedPromptsTensor);
    const notFinite = countNotFinite(values);
    if (notFinite > 0) throw refusal(directory, `it holds ${notFinite} values that are no finite numbers`);
    return { layers, length, hiddenSize, values };
  } catch (cause) {
    if (cause instanceof ModelDirectoryError || !(cause instanceof PlmError)) throw cause;
    throw refusal(directory, cause.message, cause);
  }
}

function refusal({ path }: ModelDirectory, problem: string, cause?: unknown): ModelDirectoryError {
  return new ModelDirectoryError(path, [`${sharedPromptsFile}: ${problem}`], { cause });
}
