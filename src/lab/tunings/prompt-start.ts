import type { ModelConfig } from "../../plm/files/model-config.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import { realTextPrompts } from "../../prompts/shared-prompts.ts";
import { defaultPromptLength, layerView, type SoftPrompts, zeroPrompts } from "../../prompts/soft-prompts.ts";
import type { NormalSource } from "../../prompts/tuning.ts";

/**
 * Where prompts start: zeros, random numbers, the hidden states of real text, or prompts that were learned
 * before, with those of real text behind them where more are asked for.
 */
export type PromptStart =
  | { readonly kind: "shared"; readonly shared: SoftPrompts; readonly texts: StartTexts }
  | { readonly kind: "zero" }
  | { readonly kind: "random"; readonly random: NormalSource; readonly deviation?: number }
  | { readonly kind: "text"; readonly texts: StartTexts };

/** Passages of real text. */
export type StartTexts = readonly { readonly ids: ArrayLike<number> }[];

/** Deviation of random prompts, that of BERT's weights at the start of pretraining. */
const usualDeviation = 0.02;

/** Prompts for every layer, or with `layers: 1` for the input alone. */
export async function startPrompts(
  model: PretrainedModel,
  start: PromptStart,
  { length = defaultPromptLength, layers = model.config.num_hidden_layers } = {},
): Promise<SoftPrompts> {
  return firstLayers(await allLayers(model, start, length), layers);
}

async function allLayers(model: PretrainedModel, start: PromptStart, length: number): Promise<SoftPrompts> {
  switch (start.kind) {
    case "shared":
      return start.shared.length === length
        ? start.shared
        : lengthen(start.shared, await realTextPrompts(model, start.texts, length - start.shared.length));
    case "zero":
      return zeroPrompts(model.config, length);
    case "random":
      return randomPrompts(model.config, length, start.random, start.deviation ?? usualDeviation);
    case "text":
      return realTextPrompts(model, start.texts, length);
    default:
      return start satisfies never;
  }
}

function randomPrompts(config: ModelConfig, length: number, random: NormalSource, deviation: number) {
  const prompts = zeroPrompts(config, length);
  return { ...prompts, values: prompts.values.map(() => deviation * random.normal()) };
}

/** In each layer the vectors of the first, then those of the second. */
function lengthen(first: SoftPrompts, second: SoftPrompts): SoftPrompts {
  const { layers, hiddenSize } = first;
  const values = new Float32Array(first.values.length + second.values.length);
  for (let layer = 0; layer < layers; layer++) {
    const at = layer * (first.length + second.length) * hiddenSize;
    values.set(layerView(first, layer), at);
    values.set(layerView(second, layer), at + first.length * hiddenSize);
  }
  return { layers, hiddenSize, length: first.length + second.length, values };
}

function firstLayers(prompts: SoftPrompts, layers: number): SoftPrompts {
  const values = prompts.values.subarray(0, layers * prompts.length * prompts.hiddenSize);
  return { ...prompts, layers, values };
}
