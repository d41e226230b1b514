import { Graph } from "../graph/graph.ts";
import type { TensorData } from "../graph/session.ts";
import { int, type Value } from "../graph/value.ts";
import { bertEncoder } from "./bert-encoder.ts";
import type { EncodedText } from "./encoded-text.ts";
import { crossEntropy, maskedLmLogits } from "./masked-lm-head.ts";
import { meanPool, unitRows } from "./pooling.ts";
import type { PretrainedModel } from "./pretrained-model.ts";

/** Plain sentences about different things, short enough for any model. */
const sampleTexts = [
  "The river took the lower meadow again, and nobody in the village minded.",
  "She opened the window to let the smell of fresh bread out of the house.",
  "Every good program begins with a small question that somebody asked twice.",
  "In the morning we walked to the station and waited for the first train.",
] as const;
/** Every fourth word is hidden. */
const hiddenStride = 4;

/** How a model took the samples. */
export interface ModelTrial {
  /** Mean-pooled last hidden states of each sample, of length 1. */
  readonly vectors: readonly Float32Array[];
  /** Absent without a head that guesses words. */
  readonly guesses?: {
    readonly hidden: number;
    readonly right: number;
    /** In nats; ln(vocabulary) is chance. */
    readonly meanLoss: number;
  };
}

/** Runs a model once on sample sentences, with words hidden where it can guess them. */
export async function tryModel(model: PretrainedModel): Promise<ModelTrial> {
  const samples = sampleTexts.map((text) => sampleOf(model, model.tokenizer.encodeWords(text)));
  const read = await runOnce(
    model,
    samples.map(({ ids }) => ids),
  );
  const vectors = samples.map((_, row) => rowOf(read["vectors"]!, row));
  if (!model.directory.heads.mlm) return { vectors };
  const { losses, best } = await runOnce(
    model,
    samples.map(({ shown }) => shown),
    samples.map(({ hidden }) => hidden),
    samples.map(({ targets }) => targets),
  );
  const targets = samples.flatMap((sample) => sample.targets);
  const right = targets.filter((target, at) => Number(best!.data[at]) === target).length;
  const sum = targets.reduce((total, _, at) => total + Number(losses!.data[at]), 0);
  return { vectors, guesses: { hidden: targets.length, right, meanLoss: sum / targets.length } };
}

interface Sample {
  readonly ids: readonly number[];
  /** The same with hidden words as `[MASK]`. */
  readonly shown: readonly number[];
  /** Places of hidden tokens. */
  readonly hidden: readonly number[];
  readonly targets: readonly number[];
}

function sampleOf({ tokenizer, config }: PretrainedModel, { ids: tokens, words }: EncodedText): Sample {
  const { cls, sep, mask } = tokenizer.specialIds;
  const fitting = tokens.slice(0, config.max_position_embeddings - 2);
  const ids = [cls, ...fitting, sep];
  const hidden = fitting.flatMap((_, at) => (words[at]! % hiddenStride === 1 ? [at + 1] : []));
  return {
    ids,
    shown: ids.map((id, at) => (hidden.includes(at) ? mask : id)),
    hidden,
    targets: hidden.map((at) => ids[at]!),
  };
}

async function runOnce(
  model: PretrainedModel,
  texts: readonly (readonly number[])[],
  hidden?: readonly (readonly number[])[],
  targets: readonly (readonly number[])[] = [],
): Promise<Readonly<Record<string, TensorData>>> {
  const { graph, outputs } = trialGraph(model, hidden !== undefined);
  const length = Math.max(...texts.map((ids) => ids.length));
  const { pad } = model.tokenizer.specialIds;
  const places = texts.flatMap((ids) => Array.from({ length }, (_, at) => ids[at]));
  const shape = [texts.length, length];
  const feeds: Record<string, TensorData> = {
    ids: { data: BigInt64Array.from(places, (id) => BigInt(id ?? pad)), shape },
    mask: { data: Float32Array.from(places, (id) => (id === undefined ? 0 : 1)), shape },
  };
  if (hidden !== undefined) {
    const rows = hidden.flatMap((list, row) => list.map((at) => row * length + at));
    feeds["positions"] = integers(rows);
    feeds["targets"] = integers(targets.flat());
  }
  const session = await model.compile(graph, outputs, { threads: 1, prepack: false });
  try {
    return await session.run(feeds);
  } finally {
    await session.release();
  }
}

function trialGraph(model: PretrainedModel, isGuessing: boolean) {
  const graph = new Graph();
  const inputs = {
    ids: graph.input("ids", "int64", ["batch", "length"]),
    mask: graph.input("mask", "float32", ["batch", "length"]),
  };
  const weights = model.weights(graph);
  const { rows } = bertEncoder(model.config, weights, inputs);
  const outputs: Readonly<Record<string, Value>> = isGuessing
    ? guessing()
    : { vectors: unitRows(meanPool(rows, inputs)) };
  return { graph, outputs };

  function guessing() {
    const positions = graph.input("positions", "int64", ["hidden"]);
    const targets = graph.input("targets", "int64", ["hidden"]);
    const logits = maskedLmLogits(model.config, weights, rows, positions);
    const type = { elementType: "int64", shape: ["hidden", 1] } as const;
    const best = graph.node("ArgMax", [logits], { axis: int(-1) }, [type])[0]!;
    return { losses: crossEntropy(logits, targets), best };
  }
}

const integers = (numbers: readonly number[]): TensorData => ({
  data: BigInt64Array.from(numbers, BigInt),
  shape: [numbers.length],
});

function rowOf({ data, shape }: TensorData, row: number): Float32Array {
  const size = shape[1]!;
  return (data as Float32Array).slice(row * size, (row + 1) * size);
}
