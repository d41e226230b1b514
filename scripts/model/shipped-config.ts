import type { ModelConfig } from "../../src/plm/files/model-config.ts";

/**
 * config.json of the shipped base, as Hugging Face's tools expect it of a BERT. What we derive from the
 * shape (`embedding_size`, `position_offset`) is not among its fields.
 */
export function shippedConfig(config: ModelConfig): Readonly<Record<string, unknown>> {
  return {
    architectures: ["BertForMaskedLM"],
    model_type: "bert",
    hidden_size: config.hidden_size,
    num_hidden_layers: config.num_hidden_layers,
    num_attention_heads: config.num_attention_heads,
    intermediate_size: config.intermediate_size,
    vocab_size: config.vocab_size,
    max_position_embeddings: config.max_position_embeddings,
    type_vocab_size: config.type_vocab_size,
    layer_norm_eps: config.layer_norm_eps,
    hidden_act: config.hidden_act,
    position_embedding_type: "absolute",
    tie_word_embeddings: true,
    pad_token_id: 0,
    ...(config.tone_head === "ordinal" ? {} : { tone_head: config.tone_head }),
    ...(config.names_emoji ? { names_emoji: true } : {}),
    ...(config.tone_prompts ? {} : { tone_prompts: false }),
    ...(config.tone_calibration === undefined ? {} : { tone_calibration: config.tone_calibration }),
  };
}
