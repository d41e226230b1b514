import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "../../src/numbers/random.ts";
import { modelConfigSchema } from "../../src/plm/files/model-config.ts";
import { encoderTensors, mlmHeadTensors, sentimentHeadTensors } from "../../src/plm/files/tensor-shapes.ts";
import { writeSafetensors } from "../../src/plm/files/write-safetensors.ts";

/** The special tokens of BERT, first in every vocabulary of the tests. */
export const special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
const letters = [..."abcdefghijklmnopqrstuvwxyz0123456789.,;:!?'\"()-"];
const words = (
  "the of and to in a is that it was for on are as with his they at be this from have or by one had not but what " +
  "all were when we there can an your which their said if do will each about how up out them then she many some so " +
  "these would other into has more her two like him see time could no make than first been its who now people my " +
  "made over did down only way find use may water long little very after called just where most know bridge river"
).split(" ");

/**
 * A BERT of two layers and 32 dimensions with random weights, as a Hugging Face directory; if asked, without
 * a head for tone, with fields of config.json of our own, and with something said about its weights.
 */
export function writeTinyModel(
  folder: string,
  {
    tone = true,
    fields = {},
    metadata = {},
  }: {
    tone?: boolean;
    fields?: Readonly<Record<string, unknown>>;
    metadata?: Readonly<Record<string, string>>;
  } = {},
): string {
  const tokens = [...new Set([...special, ...letters, ...letters.map((letter) => `##${letter}`), ...words])];
  const config = modelConfigSchema.parse({
    model_type: "bert",
    vocab_size: tokens.length,
    hidden_size: 32,
    num_hidden_layers: 2,
    num_attention_heads: 2,
    intermediate_size: 64,
    max_position_embeddings: 64,
    type_vocab_size: 2,
    layer_norm_eps: 1e-12,
    hidden_act: "gelu",
    ...fields,
  });
  mkdirSync(folder, { recursive: true });
  const random = createRandom("tiny model");
  const head = tone ? sentimentHeadTensors(config) : [];
  const shapes = [...encoderTensors(config), ...mlmHeadTensors(config), ...head];
  const tensors = shapes.map(([name, shape]) => {
    const isScale = name.endsWith("LayerNorm.weight");
    const size = shape.reduce((product, length) => product * length, 1);
    const data = Float32Array.from({ length: size }, () => (isScale ? 1 : 0.1 * random.normal()));
    return { name, shape, data, type: "F32" } as const;
  });
  writeSafetensors(join(folder, "model.safetensors"), tensors, metadata);
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
  writeFileSync(join(folder, "tokenizer.json"), JSON.stringify(wordPieceFile(tokens)));
  return folder;
}

/** tokenizer.json of a vocabulary as BERT has it, in lower case. */
export function wordPieceFile(tokens: readonly string[]) {
  const ids = new Map(tokens.map((token, id) => [token, id]));
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: special.map((content) => ({
      id: ids.get(content),
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: null,
    decoder: null,
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(ids),
    },
  };
}
