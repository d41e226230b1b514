import { Graph } from "../graph/graph.ts";
import { reduceMean } from "../graph/operators/reductions.ts";
import type { TensorData } from "../graph/session.ts";
import { int, type Value } from "../graph/value.ts";
import { bertEncoder } from "../plm/encoder/bert-encoder.ts";
import { type EncoderInputs, pickedInputs, textInputs } from "../plm/encoder/encoder-inputs.ts";
import type { WeightSource } from "../plm/encoder/layers.ts";
import type { ModelConfig } from "../plm/files/model-config.ts";
import { crossEntropy, maskedLmScores, meanCrossEntropyGradient } from "../plm/heads/masked-lm.ts";
import type { PretrainedModel } from "../plm/pretrained-model.ts";
import { promptInputs } from "../prompts/soft-prompts.ts";
import type { MaskedBatch } from "./masking.ts";
import type { TrainingGraph } from "./training-session.ts";

/*
 * Masked-LM graphs over a frozen model, with prompts of a given length as inputs or without (0).
 * Inputs: see MaskedLmFeeds.
 */

/** What these graphs are fed, but for the prompts. */
export interface MaskedLmFeeds {
  /** Token ids, [batch, length]. */
  readonly ids: TensorData;
  /** 1 at tokens, 0 at padding; [batch, length]. */
  readonly mask: TensorData;
  /** For each sequence its masked rows of [batch·length], filled up with its first row; [batch, picked]. */
  readonly picked: TensorData;
  /** The masked ones among the picked, as numbers in [0, batch·picked); [masked]. */
  readonly positions: TensorData;
  /** The true tokens there; [masked]. */
  readonly targets: TensorData;
}

/** A batch as these graphs want it. The record holds every name that a session asks for. */
export function maskedLmFeeds(batch: MaskedBatch): Readonly<Record<keyof MaskedLmFeeds, TensorData>> {
  const { length, positions } = batch;
  const rowOf = (position: bigint): number => Math.floor(Number(position) / length);
  const counts = new Uint32Array(batch.batch);
  const places = Array.from(positions, (position) => counts[rowOf(position)]!++);
  const most = Math.max(1, ...counts);
  const picked = BigInt64Array.from({ length: batch.batch * most }, (_, at) =>
    BigInt(Math.floor(at / most) * length),
  );
  const meant = BigInt64Array.from(positions, (position, at) => BigInt(rowOf(position) * most + places[at]!));
  meant.forEach((place, at) => {
    picked[Number(place)] = positions[at]!;
  });
  const shape = [batch.batch, length];
  return {
    ids: { data: batch.ids, shape },
    mask: { data: batch.mask, shape },
    picked: { data: picked, shape: [batch.batch, most] },
    positions: { data: meant, shape: [meant.length] },
    targets: { data: batch.targets, shape: [meant.length] },
  };
}

/**
 * For training: the mean loss in nats, with the prompts trainable. With `rounded`, products with matrices
 * that the model stores in 8 bits are computed in 8 bits; see `hasExactByteProducts`.
 */
export function promptTraining(
  model: PretrainedModel,
  promptLength: number,
  products: "rounded" | "full",
): TrainingGraph {
  const graph = new Graph();
  const weights = products === "rounded" ? model.roundedWeights(graph) : model.weights(graph);
  const { scores, losses, gradient, prompts } = build(graph, model.config, weights, promptLength);
  const known = { value: scores.states, gradient };
  return { graph, loss: reduceMean(losses, [0]), known, trainable: prompts };
}

export interface MaskedLmReading {
  readonly graph: Graph;
  /** `losses` [masked] in nats and `best` [masked, 1], the likeliest token's id. */
  readonly outputs: Readonly<Record<"losses" | "best", Value>>;
}

/** For measuring. */
export function maskedLmReading(model: PretrainedModel, promptLength: number): MaskedLmReading {
  const graph = new Graph();
  const { scores, losses } = build(graph, model.config, model.weights(graph), promptLength);
  return { graph, outputs: { losses, best: bestTokens(scores.logits) } };
}

/** The likeliest token of each row of logits [masked, vocabulary]; [masked, 1]. */
export function bestTokens(logits: Value): Value {
  const type = { elementType: "int64", shape: [logits.type.shape[0]!, 1] } as const;
  return logits.graph.node("ArgMax", [logits], { axis: int(-1) }, [type])[0]!;
}

function build(graph: Graph, config: ModelConfig, weights: WeightSource, promptLength: number) {
  const inputs: EncoderInputs = { ...textInputs(graph), picked: pickedInputs(graph) };
  const targets = graph.input("targets", "int64", ["masked"]);
  const joined = promptLength > 0 ? promptInputs(graph, config, promptLength) : undefined;
  const { rows } = bertEncoder(config, weights, inputs, { prompts: joined?.prompts });
  const scores = maskedLmScores(config, weights, rows);
  return {
    scores,
    losses: crossEntropy(scores.logits, targets),
    gradient: meanCrossEntropyGradient(config, weights, scores, targets),
    prompts: joined?.inputs ?? {},
  };
}
