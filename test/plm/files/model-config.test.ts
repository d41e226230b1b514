import { describe, expect, it } from "vitest";
import { modelConfigSchema } from "../../../src/plm/files/model-config.ts";
import { encoderTensors, mlmHeadTensors } from "../../../src/plm/files/tensor-shapes.ts";
import { countParameters, estimateCost } from "../../../src/plm/foreign/model-cost.ts";

const bert = {
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

/** As the publishers' config.json have them, with the numbers that transformers counts in the encoder. */
const published = [
  ["BERT-large", bert, 334_092_288],
  [
    "RoBERTa-base",
    {
      ...bert,
      model_type: "roberta",
      hidden_size: 768,
      num_hidden_layers: 12,
      num_attention_heads: 12,
      intermediate_size: 3072,
      vocab_size: 50_265,
      max_position_embeddings: 514,
      type_vocab_size: 1,
      layer_norm_eps: 1e-5,
      pad_token_id: 1,
    },
    124_055_040,
  ],
  [
    "DistilBERT",
    {
      model_type: "distilbert",
      dim: 768,
      n_layers: 6,
      n_heads: 12,
      hidden_dim: 3072,
      vocab_size: 30_522,
      max_position_embeddings: 512,
      activation: "gelu",
    },
    66_362_880,
  ],
  [
    "ELECTRA-small",
    {
      ...bert,
      model_type: "electra",
      hidden_size: 256,
      embedding_size: 128,
      num_hidden_layers: 12,
      num_attention_heads: 4,
      intermediate_size: 1024,
    },
    13_483_008,
  ],
] as const;

describe.each(published)("%s", (_name, json, parameters) => {
  const config = modelConfigSchema.parse(json);

  it("has as many numbers as its publisher counts", () => {
    expect(countParameters(encoderTensors(config))).toBe(parameters);
  });

  it("reads 512 tokens", () => {
    expect(config.max_position_embeddings).toBe(512);
  });
});

describe("a BERT's config.json", () => {
  it("reads the same after it was written out and read again", () => {
    const config = modelConfigSchema.parse(bert);
    expect(modelConfigSchema.parse(JSON.parse(JSON.stringify(config)))).toEqual(config);
  });

  it.each([
    ["gelu_python", "gelu"],
    ["gelu_fast", "gelu_new"],
    ["gelu_pytorch_tanh", "gelu_new"],
    ["relu", "relu"],
  ])("may call its activation %s, which is %s", (name, activation) => {
    expect(modelConfigSchema.parse({ ...bert, hidden_act: name }).hidden_act).toBe(activation);
  });

  it("may be older than some of its fields", () => {
    const { layer_norm_eps: _, type_vocab_size: __, ...old } = bert;
    expect(modelConfigSchema.parse(old)).toMatchObject({ layer_norm_eps: 1e-12, type_vocab_size: 2 });
  });
});

describe("the estimated cost", () => {
  const load = { tokensPerStep: 2048, tokensPerRun: 512, lengthTokens: 128, threads: 2 };
  const costOf = (json: unknown) => {
    const config = modelConfigSchema.parse(json);
    const numbers = countParameters(encoderTensors(config)) + countParameters(mlmHeadTensors(config));
    return estimateCost(config, { full: 4 * numbers, codes: 0 }, load);
  };

  it("is near what was measured with the shape of the shipped base", () => {
    const base = { ...bert, hidden_size: 384, num_hidden_layers: 6, num_attention_heads: 12 };
    const cost = costOf({ ...base, intermediate_size: 1536 });
    // docs/benchmarks.md: 0.60 s in full, 660 to 765 MiB with a whole blog at hand.
    expect(cost.secondsPerStep).toBeGreaterThan(0.45);
    expect(cost.secondsPerStep).toBeLessThan(0.75);
    expect(cost.learningMemoryBytes).toBeGreaterThan(550e6);
    expect(cost.learningMemoryBytes).toBeLessThan(800e6);
  });

  it("grows with the model, and learning takes more than reading", () => {
    const [large, small] = [costOf(bert), costOf({ ...bert, num_hidden_layers: 12 })];
    expect(large.secondsPerStep).toBeGreaterThan(1.8 * small.secondsPerStep);
    expect(large.learningMemoryBytes).toBeGreaterThan(large.readingMemoryBytes);
    expect(large.cacheBytes).toBe(4 * (334_092_288 + 1024 * 1024 + 3 * 1024 + 30_522));
  });
});
