import type { ModelConfig } from "../plm/model-config.ts";
import type { PretrainedModel } from "../plm/pretrained-model.ts";
import { realTextPrompts } from "./shared-prompts.ts";
import { defaultPromptLength, type SoftPrompts, zeroPrompts } from "./soft-prompts.ts";
import type { NormalSource } from "./tuning.ts";

/** Where shared prompts start: zeros, random numbers, or the hidden states of real text. */
export type PromptStart =
  | { readonly kind: "zero" }
  | { readonly kind: "random"; readonly random: NormalSource; readonly deviation?: number }
  | { readonly kind: "text"; readonly texts: readonly { readonly ids: ArrayLike<number> }[] };

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

function firstLayers(prompts: SoftPrompts, layers: number): SoftPrompts {
  const values = prompts.values.subarray(0, layers * prompts.length * prompts.hiddenSize);
  return { ...prompts, layers, values };
}
