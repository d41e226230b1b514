import { Graph } from "../../graph/graph.ts";
import { gather } from "../../graph/operators/indexing.ts";
import { argMax } from "../../graph/operators/reductions.ts";
import type { TensorData } from "../../graph/session.ts";
import type { Value } from "../../graph/value.ts";
import { bertEncoder } from "../encoder/bert-encoder.ts";
import type { LayerPrompts } from "../encoder/encoder-additions.ts";
import { type EncoderInputs, textInputs } from "../encoder/encoder-inputs.ts";
import type { WeightSource } from "../encoder/layers.ts";
import { meanPool, unitRows } from "../encoder/pooling.ts";
import type { SharedPromptValues } from "../files/shared-prompts.ts";
import { crossEntropy, maskedLmLogits } from "../heads/masked-lm.ts";
import { replacedTokenLogits } from "../heads/replaced-tokens.ts";
import type { PretrainedModel } from "../pretrained-model.ts";
import type { EncodedText } from "../tokens/encoded-text.ts";

/** Plain sentences about different things, short enough for any model. */
const sampleTexts = [
  "The river took the lower meadow again, and nobody in the village minded.",
  "She opened the window to let the smell of fresh bread out of the house.",
  "Every good program begins with a small question that somebody asked twice.",
  "In the morning we walked to the station and waited for the first train.",
] as const;
/** Every fourth word is hidden, or replaced. */
const askedStride = 4;

/** How a model took the samples. */
export interface ModelTrial {
  /** Mean-pooled last hidden states of each sample, of length 1. */
  readonly vectors: readonly Float32Array[];
  /** The same with the shared prompts; absent for a model without. */
  readonly prompted?: readonly Float32Array[];
  /** Absent without a head that guesses words. */
  readonly guesses?: {
    readonly hidden: number;
    readonly right: number;
    /** In nats; ln(vocabulary) is chance. */
    readonly meanLoss: number;
  };
  /** Absent without a head that tells replaced tokens: how much larger their log-odds are than the others'. */
  readonly replacedMargin?: number;
}

/** Runs a model on sample sentences, once for each thing that it can do. */
export async function tryModel(model: PretrainedModel, prompts?: SharedPromptValues): Promise<ModelTrial> {
  const samples = sampleTexts.map((text) => sampleOf(model, model.tokenizer.encodeWords(text)));
  const vectors = await readVectors(model, samples);
  const { mlm, replacedTokens } = model.directory.heads;
  const isAsked = samples.some(({ asked }) => asked.length > 0);
  return {
    vectors,
    ...(prompts === undefined ? {} : { prompted: await readVectors(model, samples, prompts) }),
    ...(mlm && isAsked ? { guesses: await guessHidden(model, samples) } : {}),
    ...(replacedTokens && isAsked ? { replacedMargin: await tellReplaced(model, samples) } : {}),
  };
}

interface Sample {
  readonly ids: readonly number[];
  /** Places of the tokens that are hidden or replaced. */
  readonly asked: readonly number[];
}

function sampleOf({ tokenizer, config }: PretrainedModel, { ids: tokens, words }: EncodedText): Sample {
  const { cls, sep } = tokenizer.specialIds;
  const fitting = tokens.slice(0, config.max_position_embeddings - 2);
  const asked = fitting.flatMap((_, at) => (words[at]! % askedStride === 1 ? [at + 1] : []));
  return { ids: [cls, ...fitting, sep], asked };
}

async function readVectors(
  model: PretrainedModel,
  samples: readonly Sample[],
  prompts?: SharedPromptValues,
): Promise<readonly Float32Array[]> {
  const build = ({ rows, inputs }: EncodedBatch) => ({ vectors: unitRows(meanPool(rows, inputs)) });
  const { vectors } = await run(model, samples, {}, build, prompts);
  const { data, shape } = vectors!;
  const size = shape[1]!;
  return samples.map((_, row) => (data as Float32Array).slice(row * size, (row + 1) * size));
}

async function guessHidden(model: PretrainedModel, samples: readonly Sample[]) {
  const { mask } = model.tokenizer.specialIds;
  const hidden = samples.map((sample) => withAsked(sample, () => mask));
  const targets = samples.flatMap(({ ids, asked }) => asked.map((at) => ids[at]!));
  const feeds = { positions: integers(flatPlaces(samples)), targets: integers(targets) };
  const { losses, best } = await run(model, hidden, feeds, ({ graph, weights, rows }) => {
    const positions = graph.input("positions", "int64", ["asked"]);
    const logits = maskedLmLogits(model.config, weights, rows, positions);
    return {
      losses: crossEntropy(logits, graph.input("targets", "int64", ["asked"])),
      best: argMax(logits),
    };
  });
  const right = targets.filter((target, at) => Number(best!.data[at]) === target).length;
  return { hidden: targets.length, right, meanLoss: mean(Array.from(losses!.data, Number)) };
}

/** Each asked token gives way to another one, far from it in the vocabulary. */
async function tellReplaced(model: PretrainedModel, samples: readonly Sample[]): Promise<number> {
  const { first, end } = model.tokenizer.ordinaryIds;
  const other = (id: number) => first + ((id - first + Math.floor((end - first) / 2)) % (end - first));
  const replaced = samples.map((sample) => withAsked(sample, other));
  const asked = new Set(flatPlaces(samples));
  const length = longest(samples);
  const kept = samples.flatMap(({ ids }, row) =>
    ids.map((_, at) => row * length + at).filter((place) => !asked.has(place)),
  );
  const feeds = { positions: integers([...asked, ...kept]) };
  const { odds } = await run(model, replaced, feeds, ({ graph, weights, rows }) => {
    const positions = graph.input("positions", "int64", ["asked"]);
    return { odds: replacedTokenLogits(model.config, weights, gather(rows, positions)) };
  });
  const numbers = Array.from(odds!.data, Number);
  return mean(numbers.slice(0, asked.size)) - mean(numbers.slice(asked.size));
}

const withAsked = ({ ids, asked }: Sample, change: (id: number) => number): Sample => ({
  ids: ids.map((id, at) => (asked.includes(at) ? change(id) : id)),
  asked,
});

const longest = (samples: readonly Sample[]): number => Math.max(...samples.map(({ ids }) => ids.length));

/** The asked places as row numbers of the batch. */
function flatPlaces(samples: readonly Sample[]): readonly number[] {
  const length = longest(samples);
  return samples.flatMap(({ asked }, row) => asked.map((at) => row * length + at));
}

interface EncodedBatch {
  readonly graph: Graph;
  readonly weights: WeightSource;
  readonly inputs: EncoderInputs;
  readonly rows: Value;
}

async function run(
  model: PretrainedModel,
  samples: readonly Sample[],
  feeds: Readonly<Record<string, TensorData>>,
  build: (batch: EncodedBatch) => Readonly<Record<string, Value>>,
  prompts?: SharedPromptValues,
): Promise<Readonly<Record<string, TensorData>>> {
  const graph = new Graph();
  const inputs = textInputs(graph);
  const weights = model.weights(graph);
  const { rows } = bertEncoder(model.config, weights, inputs, {
    prompts: prompts && frozenPrompts(graph, prompts),
  });
  const outputs = build({ graph, weights, inputs, rows });
  const session = await model.compile(graph, outputs, { threads: 1, prepack: false, finite: false });
  try {
    return await session.run({ ...batchFeeds(model, samples), ...feeds });
  } finally {
    await session.release();
  }
}

function frozenPrompts(graph: Graph, { length, hiddenSize, values }: SharedPromptValues): LayerPrompts {
  const size = length * hiddenSize;
  return (layer) => graph.constant(values.slice(layer * size, (layer + 1) * size), [length, hiddenSize]);
}

function batchFeeds({ tokenizer }: PretrainedModel, samples: readonly Sample[]): Record<string, TensorData> {
  const length = longest(samples);
  const places = samples.flatMap(({ ids }) => Array.from({ length }, (_, at) => ids[at]));
  const shape = [samples.length, length];
  const { pad } = tokenizer.specialIds;
  return {
    ids: { data: BigInt64Array.from(places, (id) => BigInt(id ?? pad)), shape },
    mask: { data: Float32Array.from(places, (id) => (id === undefined ? 0 : 1)), shape },
  };
}

const integers = (numbers: readonly number[]): TensorData => ({
  data: BigInt64Array.from(numbers, BigInt),
  shape: [numbers.length],
});

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
