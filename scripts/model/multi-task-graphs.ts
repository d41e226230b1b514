import { Graph } from "../../src/graph/graph.ts";
import { add, mul, neg, sub } from "../../src/graph/operators/arithmetic.ts";
import { log } from "../../src/graph/operators/functions.ts";
import { gemm } from "../../src/graph/operators/matrix-products.ts";
import { argMax, reduceMean, reduceSum } from "../../src/graph/operators/reductions.ts";
import type { Value } from "../../src/graph/value.ts";
import type { TrainingGraph } from "../../src/learning/training-session.ts";
import { bertEncoder } from "../../src/plm/encoder/bert-encoder.ts";
import { type EncoderInputs, textInputs } from "../../src/plm/encoder/encoder-inputs.ts";
import type { WeightSource } from "../../src/plm/encoder/layers.ts";
import { meanPool, unitRows } from "../../src/plm/encoder/pooling.ts";
import type { ModelConfig } from "../../src/plm/files/model-config.ts";
import { crossEntropy, maskedLmLogits } from "../../src/plm/heads/masked-lm.ts";
import { ordinalLoss, ordinalShares } from "../../src/plm/heads/ordinal.ts";
import {
  offsetPenalty,
  readToneHead,
  thresholdsOfSets,
  toneShares,
  toneThresholds,
} from "../../src/tone/head/tone-head.ts";
import { DropoutPlaces } from "./dropout.ts";

/*
 * The graphs of the base build. All weights are inputs. `teacher` [batch, d] holds the teacher's unit sentence
 * vectors of the unmasked texts; keeping their cosines keeps neighbours neighbours.
 */

export interface LossWeights {
  readonly masked: number;
  readonly tone: number;
  /** Of the squared difference of cosines. */
  readonly neighbours: number;
  /** Of the cross-entropy with a teacher's classes; absent where there is no teacher of tone. */
  readonly soft?: number;
}

/** The head that is built, whatever the model had that it starts from. */
const locationScaleHead = { tone_head: "location_scale" } as const;
/** What the offsets of the sets cost, beside a label's loss of 1; see `thresholdsOfSets`. */
const offsetWeight = 0.05;
/** The rows of the sets' own thresholds, in checkpoints only: no reading uses them. */
export const offsetsName = "sets.offsets";

/** A training graph of the build. */
export interface BuildGraph extends TrainingGraph {
  /** The inputs that say what is left out; none without dropout. */
  readonly masks: readonly Value[];
}

/** Masked-LM loss plus what neighbours lose. Outputs `mlm` and `distance`. `drops`: with dropout. */
export function maskedLmTraining(config: ModelConfig, weigh: LossWeights, drops = false): BuildGraph {
  const { graph, inputs, weights, trainable } = startGraph();
  const places = drops ? new DropoutPlaces(graph) : undefined;
  const positions = graph.input("positions", "int64", ["masked"]);
  const targets = graph.input("targets", "int64", ["masked"]);
  const { rows } = bertEncoder(config, weights, inputs, places?.encoder);
  const mlm = reduceMean(crossEntropy(maskedLmLogits(config, weights, rows, positions), targets), [0]);
  const distance = lostNeighbours(config, graph, rows, inputs);
  const loss = add(mul(mlm, weigh.masked), mul(distance, weigh.neighbours));
  return { graph, loss, trainable, outputs: { mlm, distance }, masks: places?.masks ?? [] };
}

/**
 * Loss of labels of 2, 3 and 5 classes, each by the thresholds of its own set, plus what neighbours lose. Word and
 * position embeddings are read but not trained by it: they belong to the masked-LM task, and their gradient is large.
 * `drops`: with dropout, in the head as well, of pooled states and of features.
 */
export function sentimentTraining(
  config: ModelConfig,
  sets: number,
  weigh: LossWeights,
  drops = false,
): BuildGraph {
  const { graph, inputs, weights, trainable } = startGraph();
  const places = drops ? new DropoutPlaces(graph) : undefined;
  const members = graph.input("members", "float32", ["batch", 5]);
  const universe = graph.input("universe", "float32", ["batch", 5]);
  const set = graph.input("sets", "int64", ["batch"]);
  const { rows } = bertEncoder(config, weights, inputs, places?.encoder);
  const offsets = weights(offsetsName, [sets - 1, 4]);
  const { location, scale } = readToneHead(locationScaleHead, weights, rows, inputs, places?.drop);
  const probabilities = ordinalShares(location, thresholdsOfSets(weights, offsets, set), scale);
  const sentiment = reduceMean(ordinalLoss(probabilities, members, universe), [0]);
  const distance = lostNeighbours(config, graph, rows, inputs);
  const pull = mul(offsetPenalty(offsets), offsetWeight);
  const known = add(mul(add(sentiment, pull), weigh.tone), mul(distance, weigh.neighbours));
  const soft =
    weigh.soft === undefined
      ? undefined
      : softLoss(graph, ordinalShares(location, toneThresholds(weights), scale));
  const loss = soft === undefined ? known : add(known, mul(soft, weigh.soft!));
  const isTrained = (name: string): boolean => !/(word|position)_embeddings/.test(name);
  const pick = (trained: boolean) =>
    Object.fromEntries(Object.entries(trainable).filter(([name]) => isTrained(name) === trained));
  const outputs = { sentiment, distance, ...(soft === undefined ? {} : { soft }) };
  const masks = places?.masks ?? [];
  return { graph, loss, trainable: pick(true), fixed: pick(false), outputs, masks };
}

/** Mean cross-entropy of the classes with those that a teacher gives, −Σ tₖ·ln pₖ; `taught` [batch, 5]. */
function softLoss(graph: Graph, probabilities: Value): Value {
  const taught = graph.input("taught", "float32", ["batch", 5]);
  return neg(reduceMean(reduceSum(mul(taught, log(add(probabilities, 1e-6))), [1]), [0]));
}

/** Logits of masked positions, class probabilities and unit sentence vectors, for measuring. */
export function measuringGraphs(
  config: ModelConfig,
): Readonly<Record<"mlm" | "tone" | "vector", MeasuringGraph>> {
  return { mlm: measureMlm(config), tone: measureTone(config), vector: measureVector(config) };
}

export interface MeasuringGraph {
  readonly graph: Graph;
  readonly outputs: Readonly<Record<string, Value>>;
  readonly weights: Readonly<Record<string, Value>>;
}

function measureMlm(config: ModelConfig): MeasuringGraph {
  const { graph, inputs, weights, trainable } = startGraph();
  const positions = graph.input("positions", "int64", ["masked"]);
  const targets = graph.input("targets", "int64", ["masked"]);
  const { rows } = bertEncoder(config, weights, inputs);
  const logits = maskedLmLogits(config, weights, rows, positions);
  const best = argMax(logits);
  return { graph, outputs: { losses: crossEntropy(logits, targets), best }, weights: trainable };
}

function measureTone(config: ModelConfig): MeasuringGraph {
  const { graph, inputs, weights, trainable } = startGraph();
  const { rows } = bertEncoder(config, weights, inputs);
  const probabilities = toneShares(config, weights, rows, inputs);
  return { graph, outputs: { probabilities }, weights: trainable };
}

/** What a teacher says of each text: its vector and, where it has a head for it, the classes of its tone. */
export function teachingGraph(config: ModelConfig, teachesTone: boolean): MeasuringGraph {
  const { graph, inputs, weights, trainable } = startGraph();
  const { rows } = bertEncoder(config, weights, inputs);
  const vectors = unitRows(meanPool(rows, inputs));
  const tone = teachesTone ? { probabilities: toneShares(config, weights, rows, inputs) } : {};
  return { graph, outputs: { vectors, ...tone }, weights: trainable };
}

function measureVector(config: ModelConfig): MeasuringGraph {
  const { graph, inputs, weights, trainable } = startGraph();
  const { rows } = bertEncoder(config, weights, inputs);
  return { graph, outputs: { vectors: unitRows(meanPool(rows, inputs)) }, weights: trainable };
}

interface StartedGraph {
  readonly graph: Graph;
  readonly inputs: EncoderInputs;
  readonly weights: WeightSource;
  /** Filled while the model is built. */
  readonly trainable: Record<string, Value>;
}

function startGraph(): StartedGraph {
  const graph = new Graph();
  const inputs: EncoderInputs = textInputs(graph);
  const trainable: Record<string, Value> = {};
  const weights: WeightSource = (name, shape) => {
    trainable[name] ??= graph.input(name, "float32", shape);
    return trainable[name];
  };
  return { graph, inputs, weights, trainable };
}

/**
 * Mean over all pairs of a batch of the squared difference between their cosine and the teacher's. Vectors may turn as
 * they like, as long as what is near stays near (relational distillation: Park and others 2019).
 */
function lostNeighbours(config: ModelConfig, graph: Graph, rows: Value, inputs: EncoderInputs): Value {
  const teacher = graph.input("teacher", "float32", ["batch", config.hidden_size]);
  const vectors = unitRows(meanPool(rows, inputs));
  const cosines = (of: Value): Value => gemm(of, of, { transB: true }); // [B, B]
  const difference = sub(cosines(vectors), cosines(teacher));
  return reduceMean(mul(difference, difference), [0, 1]);
}
