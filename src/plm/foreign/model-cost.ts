import type { ModelConfig } from "../files/model-config.ts";
import { elementCount } from "../files/safetensors-header.ts";
import { encoderTensors, type TensorShapes } from "../files/tensor-shapes.ts";

/** How much a model is asked to do at a time. */
export interface ModelLoad {
  /** Of an optimiser's step, and of one uninterrupted run within it. */
  readonly tokensPerStep: number;
  readonly tokensPerRun: number;
  /** Of a passage. */
  readonly lengthTokens: number;
  readonly threads: number;
}

/** What using a model takes, by its sizes alone. */
export interface ModelCost {
  /** Of what is written to the cache when it is opened first: float32 weights, and 8-bit matrices as they are and turned. */
  readonly cacheBytes: number;
  /** Of the process that reads, and of the one that learns prompts with the model frozen; estimates. */
  readonly readingMemoryBytes: number;
  readonly learningMemoryBytes: number;
  /** Of one optimiser step of prompt learning; an estimate. */
  readonly secondsPerStep: number;
}

/** Numbers of a group of tensors. */
export function countParameters(shapes: TensorShapes): number {
  return shapes.values().reduce((sum, shape) => sum + elementCount(shape), 0);
}

/**
 * Measured with the shipped base on a cloud machine of 2 cores: a step of 108·10⁹ operations in 0.55 to 0.6 s
 * (docs/benchmarks.md).
 */
const operationsPerSecondAndThread = 9e10;
/**
 * Node and ONNX Runtime; in learning the store and a blog's text, too. Beside it the weights, once. Measured: 610 to
 * 765 MB learning a blog with the shipped base (docs/benchmarks.md), 2.7 GB for BERT-large's shape without a blog.
 */
const readerBytes = 200e6;
const learnerBytes = 400e6;
/** Of the words 15 % are hidden, and only they meet the vocabulary. */
const hiddenShare = 0.15;

/** What a model's weights take: as float32, and what of them is in 8 bits. */
export interface WeightBytes {
  readonly full: number;
  readonly codes: number;
}

/** Estimates what a model of this shape with these weights takes. */
export function estimateCost(config: ModelConfig, { full, codes }: WeightBytes, load: ModelLoad): ModelCost {
  return {
    cacheBytes: full + 2 * codes,
    readingMemoryBytes: readerBytes + full,
    learningMemoryBytes: learnerBytes + full + keptBytes(config, load),
    secondsPerStep: stepOperations(config, load) / (operationsPerSecondAndThread * load.threads),
  };
}

/** What a run keeps for its backward pass, in float32: some twelve rows of d and four of the inner size a layer. */
function keptBytes(config: ModelConfig, { tokensPerRun }: ModelLoad): number {
  const { hidden_size: d, intermediate_size: inner, num_hidden_layers: layers, vocab_size } = config;
  const perToken = layers * (12 * d + 4 * inner) + hiddenShare * 3 * vocab_size;
  return 4 * tokensPerRun * perToken;
}

/**
 * Multiplications and additions of a step: forward, and backward through the activations alone, 2 + 2 for each
 * weight of a block and token; attention over the passage; the head for hidden words.
 */
function stepOperations(config: ModelConfig, { tokensPerStep, lengthTokens }: ModelLoad): number {
  const { hidden_size: d, embedding_size: e, num_hidden_layers: layers, vocab_size } = config;
  const blockNames = encoderTensors(config)
    .entries()
    .filter(([name]) => name.startsWith("encoder."));
  const blocks = countParameters(new Map(blockNames));
  const attention = 3 * 4 * lengthTokens * d * layers;
  const head = hiddenShare * 4 * (d * e + e * vocab_size);
  return tokensPerStep * (4 * blocks + attention + head);
}
