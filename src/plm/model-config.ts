import { z } from "zod";

/**
 * Shape of a BERT model, as `config.json` names it. Fields that only matter to other programs are dropped.
 * `gelu` is the exact one, x · Φ(x) with the error function.
 */
export const modelConfigSchema = z
  .object({
    model_type: z.literal("bert"),
    hidden_size: z.int().positive(),
    num_hidden_layers: z.int().positive(),
    num_attention_heads: z.int().positive(),
    intermediate_size: z.int().positive(),
    vocab_size: z.int().positive(),
    max_position_embeddings: z.int().positive(),
    type_vocab_size: z.int().positive(),
    layer_norm_eps: z.number().positive(),
    hidden_act: z.literal("gelu"),
    position_embedding_type: z.literal("absolute").default("absolute"),
    tie_word_embeddings: z.literal(true).default(true),
  })
  .refine(({ hidden_size: hidden, num_attention_heads: heads }) => hidden % heads === 0, {
    path: ["num_attention_heads"],
    message: "hidden_size must be a multiple of it",
  });

export type ModelConfig = z.infer<typeof modelConfigSchema>;
