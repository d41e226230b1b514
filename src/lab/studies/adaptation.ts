import type { HardOrder } from "../hard-prompts/hard-prompts.ts";

/** What a writer's texts are read with: plain data, so that figures can be kept under it. */
export type Adaptation =
  /** Always the writer's most frequent known label. */
  | { readonly kind: "majority" }
  /** The general model: it has learned from other writers and knows nothing of this one. */
  | { readonly kind: "general" }
  /** The general model, learned on with the known texts of all measured writers, which no one tells apart. */
  | { readonly kind: "agnostic" }
  /** One number a writer, added to what the head gives. */
  | { readonly kind: "bias" }
  | SoftPromptAdaptation
  | HardPromptAdaptation;

export interface SoftPromptAdaptation {
  readonly kind: "prompts";
  /** `input`: vectors before the text, in the first layer alone; `layers`: in the keys and values of every layer. */
  readonly place: "input" | "layers";
  /** Vectors at each place. */
  readonly length: number;
}

export interface HardPromptAdaptation {
  readonly kind: "hard";
  readonly order: HardOrder;
  /** Tokens of an input, passages included; the model's limit if that is less. */
  readonly tokens: number;
  /** The writer's own soft prompts beside the passages. */
  readonly soft?: SoftPromptAdaptation;
}
