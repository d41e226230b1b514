import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generatorFolder } from "../src/plm/heads/generator.ts";
import type { PretrainedModel } from "../src/plm/pretrained-model.ts";
import { byteTokenizer } from "./byte-tokenizer.ts";
import { type RandomModel, writeRandomModel } from "./random-model.ts";

/** Tokens that RoBERTa's vocabulary has (Liu et al. 2019). */
const robertaVocabulary = 50_265;

/** Directories of models with random weights, one for each family. */
export interface FamilyFolders {
  readonly bert: string;
  readonly distilbert: string;
  readonly roberta: string;
  /** Tells replaced words. */
  readonly discriminator: string;
  /** Guesses words; its folder lies in the discriminator's. */
  readonly generator: string;
}

/**
 * Writes a model of each family with as many layers and as wide as `like`, which lends its vocabulary to those that
 * cut words as BERT does. ELECTRA's embeddings are half as wide as its hidden states and its generator a quarter, as
 * in ELECTRA-Small (Clark et al. 2020).
 */
export function writeFamilyModels(folder: string, { config, directory }: PretrainedModel): FamilyFolders {
  const wordPieces = readFileSync(directory.tokenizerPath, "utf8");
  const { hidden_size: width, num_hidden_layers: layers, intermediate_size: inner } = config;
  const { num_attention_heads: heads, max_position_embeddings: positions, vocab_size: vocabulary } = config;
  const shared = { num_hidden_layers: layers, max_position_embeddings: positions, hidden_act: "gelu" };
  const likeBert = {
    ...shared,
    hidden_size: width,
    num_attention_heads: heads,
    intermediate_size: inner,
    vocab_size: vocabulary,
    layer_norm_eps: 1e-12,
  };
  const electra = { ...likeBert, model_type: "electra", embedding_size: width / 2 };
  const write = (name: string, model: Partial<RandomModel> & Pick<RandomModel, "config">): string =>
    writeRandomModel(join(folder, name), { tokenizer: wordPieces, head: "maskedLm", ...model });
  return {
    bert: write("bert", { config: { ...likeBert, model_type: "bert" } }),
    distilbert: write("distilbert", {
      config: {
        model_type: "distilbert",
        dim: width,
        n_layers: layers,
        n_heads: heads,
        hidden_dim: inner,
        vocab_size: vocabulary,
        max_position_embeddings: positions,
        activation: "gelu",
      },
    }),
    roberta: write("roberta", {
      // The rows before the first token's are counted in RoBERTa's table.
      config: {
        ...likeBert,
        model_type: "roberta",
        vocab_size: robertaVocabulary,
        pad_token_id: 1,
        type_vocab_size: 1,
        layer_norm_eps: 1e-5,
        max_position_embeddings: positions + 2,
      },
      tokenizer: byteTokenizer(robertaVocabulary),
    }),
    discriminator: write("electra", { config: electra, head: "replacedTokens" }),
    generator: write(join("electra", generatorFolder), {
      config: {
        ...electra,
        hidden_size: width / 4,
        intermediate_size: inner / 4,
        num_attention_heads: Math.max(1, heads / 4),
      },
    }),
  };
}
