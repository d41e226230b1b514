import { readFileSync } from "node:fs";
import { writeRandomModel } from "./random-model.ts";

/** The shape of BERT-large (Devlin et al. 2019): 335 million numbers. */
const bertLarge = {
  model_type: "bert",
  hidden_size: 1024,
  num_hidden_layers: 24,
  num_attention_heads: 16,
  intermediate_size: 4096,
  vocab_size: 30_522,
  max_position_embeddings: 512,
  type_vocab_size: 2,
  layer_norm_eps: 1e-12,
  hidden_act: "gelu",
};

/** Writes a random model of BERT-large's shape with a tokenizer of as many tokens. */
export function writeLargeModel(folder: string, tokenizerPath: string): string {
  const tokenizer = readFileSync(tokenizerPath, "utf8");
  return writeRandomModel(folder, { config: bertLarge, tokenizer, head: "maskedLm" });
}
