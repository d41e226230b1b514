import { z } from "zod";

/** Families of encoders that are known, named as `model_type` of config.json names them. */
export const modelFamilies = ["bert", "distilbert", "roberta", "electra"] as const;

export type ModelFamily = (typeof modelFamilies)[number];

/**
 * Shape of a model in the words of BERT's config.json, whatever its family calls them. What only matters to
 * other programs is dropped. A BERT's own config.json reads the same after it was written out and read again.
 */
export interface ModelConfig {
  readonly model_type: ModelFamily;
  /** d, the numbers of a hidden state. */
  readonly hidden_size: number;
  /** e, the numbers of an embedding; d but in ELECTRA, where a projection e → d follows. */
  readonly embedding_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly intermediate_size: number;
  readonly vocab_size: number;
  /** The longest input in tokens, special ones counted; the table has `position_offset` rows more. */
  readonly max_position_embeddings: number;
  /** Row of the first token's position: padding id + 1 in RoBERTa, else 0. */
  readonly position_offset: number;
  /** 0 for a family without token types. */
  readonly type_vocab_size: number;
  readonly layer_norm_eps: number;
  readonly hidden_act: Activation;
  /** Kind of the head for tone that this project's models have; see src/tone/head. Ours alone. */
  readonly tone_head: ToneHeadKind;
  /** How sure its readings of tone are; for a head of location and scale. Ours alone. */
  readonly tone_calibration?: ToneCalibrationOfModel;
  /** Whether the model was trained on the names of emoji in their place. Ours alone. */
  readonly names_emoji: boolean;
  /** Whether its general tone is read with the shared prompts, where it has some. Ours alone. */
  readonly tone_prompts: boolean;
}

/**
 * `ordinal`: one latent valence, the same scale for every text. `location_scale`: a valence with a scale of its own,
 * so that a text can be neutral for sure.
 */
export const toneHeadKinds = ["ordinal", "location_scale"] as const;
export type ToneHeadKind = (typeof toneHeadKinds)[number];

const share = z.number().min(0).max(1);
const toneCalibration = z.object({
  /** Divides the distances to the thresholds, so that shares are as sure as they are right. */
  temperature: z.number().positive().max(100),
  /** The least shares at which a side is shown. */
  minimum: z.object({ negative: share, positive: share }),
});
export type ToneCalibrationOfModel = Readonly<z.infer<typeof toneCalibration>>;

/** `gelu` is the exact one, x · Φ(x) with the error function; `gelu_new` its approximation by tanh. */
export type Activation = "gelu" | "gelu_new" | "relu";

/** Larger numbers are mistakes or attacks: BERT-large has 24 layers of 1,024, the largest vocabulary 250,000 tokens. */
const size = (largest: number) => z.int().positive().max(largest);
const layers = size(200);
const width = size(32_768);
const feedForward = size(131_072);
const heads = size(1_024);
const tokenCount = size(2_000_000);
const positions = size(65_536);

/** Other names of the same functions. */
const activations = {
  gelu: "gelu",
  gelu_python: "gelu",
  gelu_new: "gelu_new",
  gelu_fast: "gelu_new",
  gelu_pytorch_tanh: "gelu_new",
  relu: "relu",
} as const satisfies Readonly<Record<string, Activation>>;
const activation = z
  .enum(Object.keys(activations) as [keyof typeof activations])
  .transform((name): Activation => activations[name]);

/** What would make another computation of the same tensors. */
const encoderOnly = {
  is_decoder: z.literal(false).default(false),
  add_cross_attention: z.literal(false).default(false),
  tie_word_embeddings: z.literal(true).default(true),
};

/** What models of this project declare beyond BERT's fields; those of others declare nothing. */
const ours = {
  tone_head: z.enum(toneHeadKinds).default("ordinal"),
  tone_calibration: toneCalibration.optional(),
  names_emoji: z.boolean().default(false),
  tone_prompts: z.boolean().default(true),
};

const likeBert = {
  ...encoderOnly,
  ...ours,
  hidden_size: width,
  num_hidden_layers: layers,
  num_attention_heads: heads,
  intermediate_size: feedForward,
  vocab_size: tokenCount,
  max_position_embeddings: positions,
  type_vocab_size: size(64).default(2),
  layer_norm_eps: z.number().positive().max(1).default(1e-12),
  hidden_act: activation,
  position_embedding_type: z.literal("absolute").default("absolute"),
};

const bert = z.object({ model_type: z.literal("bert"), ...likeBert });
const roberta = z.object({
  model_type: z.literal("roberta"),
  ...likeBert,
  pad_token_id: z.int().nonnegative().max(1_000).default(1),
});
const electra = z.object({ model_type: z.literal("electra"), ...likeBert, embedding_size: width });
const distilbert = z.object({
  model_type: z.literal("distilbert"),
  ...encoderOnly,
  ...ours,
  dim: width,
  n_layers: layers,
  n_heads: heads,
  hidden_dim: feedForward,
  vocab_size: tokenCount,
  max_position_embeddings: positions,
  activation,
});

const anyFamily = z.discriminatedUnion("model_type", [bert, roberta, electra, distilbert], {
  error: (issue) =>
    issue.code === "invalid_union"
      ? `the families that can be read are ${modelFamilies.join(", ")}`
      : undefined,
});

/** Parses config.json of any known family. */
export const modelConfigSchema = anyFamily
  .transform(canonicalConfig)
  .refine(({ hidden_size: d, num_attention_heads: count }) => d % count === 0, {
    path: ["num_attention_heads"],
    message: "hidden_size must be a multiple of it",
  })
  .refine((config) => config.max_position_embeddings >= 3, {
    path: ["max_position_embeddings"],
    message: "there must be room for one token between the two special ones",
  });

function canonicalConfig(config: z.infer<typeof anyFamily>): ModelConfig {
  switch (config.model_type) {
    case "bert":
      return { ...shapeOf(config), embedding_size: config.hidden_size, position_offset: 0 };
    case "electra":
      return { ...shapeOf(config), embedding_size: config.embedding_size, position_offset: 0 };
    case "roberta": {
      // The row of padding and those before it are no places of tokens (Liu et al. 2019, as fairseq wrote it).
      const offset = config.pad_token_id + 1;
      const usable = config.max_position_embeddings - offset;
      const shape = { ...shapeOf(config), max_position_embeddings: usable };
      return { ...shape, embedding_size: config.hidden_size, position_offset: offset };
    }
    case "distilbert":
      return fromDistilBert(config);
    default:
      return config satisfies never;
  }
}

/** The fields that BERT, RoBERTa and ELECTRA share, without the others. */
function shapeOf(config: z.infer<typeof bert> | z.infer<typeof roberta> | z.infer<typeof electra>) {
  const { model_type, hidden_size, num_hidden_layers, num_attention_heads, intermediate_size } = config;
  const { vocab_size, max_position_embeddings, type_vocab_size, layer_norm_eps, hidden_act } = config;
  const { tone_head, tone_calibration, names_emoji, tone_prompts } = config;
  return {
    model_type,
    hidden_size,
    num_hidden_layers,
    num_attention_heads,
    intermediate_size,
    vocab_size,
    max_position_embeddings,
    type_vocab_size,
    layer_norm_eps,
    hidden_act,
    tone_head,
    ...(tone_calibration === undefined ? {} : { tone_calibration }),
    names_emoji,
    tone_prompts,
  };
}

/** Sanh et al. 2019: half of BERT's layers, no token types, and a fixed epsilon. */
function fromDistilBert(config: z.infer<typeof distilbert>): ModelConfig {
  return {
    model_type: "distilbert",
    hidden_size: config.dim,
    embedding_size: config.dim,
    num_hidden_layers: config.n_layers,
    num_attention_heads: config.n_heads,
    intermediate_size: config.hidden_dim,
    vocab_size: config.vocab_size,
    max_position_embeddings: config.max_position_embeddings,
    position_offset: 0,
    type_vocab_size: 0,
    layer_norm_eps: 1e-12,
    hidden_act: config.activation,
    tone_head: config.tone_head,
    ...(config.tone_calibration === undefined ? {} : { tone_calibration: config.tone_calibration }),
    names_emoji: config.names_emoji,
    tone_prompts: config.tone_prompts,
  };
}
