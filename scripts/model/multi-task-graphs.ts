import { Graph } from "../../src/graph/graph.ts";
import { add, div, mul, neg, reduceMean, reduceSum, sub } from "../../src/graph/operations.ts";
import { int, type Value } from "../../src/graph/value.ts";
import type { TrainingGraph } from "../../src/learning/training-session.ts";
import type { WeightSource } from "../../src/plm/affine.ts";
import { bertEncoder } from "../../src/plm/bert-encoder.ts";
import { type EncoderInputs, textInputs } from "../../src/plm/encoder-inputs.ts";
import { crossEntropy, maskedLmLogits } from "../../src/plm/masked-lm-head.ts";
import type { ModelConfig } from "../../src/plm/model-config.ts";
import { meanPool, unitRows } from "../../src/plm/pooling.ts";
import {
  classProbabilities,
  latentValence,
  orderedThresholds,
  ordinalLoss,
} from "../../src/tasks/sentiment/ordinal-head.ts";

/*
 * The graphs of the base build. All weights are inputs. `teacher` [batch, d] holds the original
 * encoder's unit sentence vectors of the unmasked text, `kept` [batch] says which rows have one; the
 * distance to them keeps neighbours neighbours.
 */

export interface LossWeights {
  readonly sentiment: number;
  /** Of 1 − cosine between the new and the original sentence vector. */
  readonly neighbours: number;
}

/** Masked-LM loss plus distance to the original sentence vectors. Outputs `mlm` and `distance`. */
export function maskedLmTraining(config: ModelConfig, weigh: LossWeights): TrainingGraph {
  const { graph, inputs, weights, trainable } = startGraph();
  const positions = graph.input("positions", "int64", ["masked"]);
  const targets = graph.input("targets", "int64", ["masked"]);
  const { rows } = bertEncoder(config, weights, inputs);
  const mlm = reduceMean(crossEntropy(maskedLmLogits(config, weights, rows, positions), targets), [0]);
  const distance = distanceToTeacher(config, graph, rows, inputs);
  return { graph, loss: add(mlm, mul(distance, weigh.neighbours)), trainable, outputs: { mlm, distance } };
}

/**
 * Ordinal loss over labels of 2, 3 and 5 classes plus the same distance. Word and position embeddings
 * are read but not trained by it: they belong to the masked-LM task, and their gradient is large.
 */
export function sentimentTraining(config: ModelConfig, weigh: LossWeights): TrainingGraph {
  const { graph, inputs, weights, trainable } = startGraph();
  const members = graph.input("members", "float32", ["batch", 5]);
  const universe = graph.input("universe", "float32", ["batch", 5]);
  const { rows } = bertEncoder(config, weights, inputs);
  const probabilities = classProbabilities(latentValence(weights, rows, inputs), orderedThresholds(weights));
  const sentiment = reduceMean(ordinalLoss(probabilities, members, universe), [0]);
  const distance = distanceToTeacher(config, graph, rows, inputs);
  const loss = add(mul(sentiment, weigh.sentiment), mul(distance, weigh.neighbours));
  const isTrained = (name: string): boolean => !/(word|position)_embeddings/.test(name);
  const pick = (trained: boolean) =>
    Object.fromEntries(Object.entries(trainable).filter(([name]) => isTrained(name) === trained));
  return { graph, loss, trainable: pick(true), fixed: pick(false), outputs: { sentiment, distance } };
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
  const best = graph.node("ArgMax", [logits], { axis: int(-1) }, [
    { elementType: "int64", shape: ["masked", 1] },
  ])[0]!;
  return { graph, outputs: { losses: crossEntropy(logits, targets), best }, weights: trainable };
}

function measureTone(config: ModelConfig): MeasuringGraph {
  const { graph, inputs, weights, trainable } = startGraph();
  const { rows } = bertEncoder(config, weights, inputs);
  const probabilities = classProbabilities(latentValence(weights, rows, inputs), orderedThresholds(weights));
  return { graph, outputs: { probabilities }, weights: trainable };
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

/** Mean of 1 − cosine over the rows that have a teacher; 0 if none has. */
function distanceToTeacher(config: ModelConfig, graph: Graph, rows: Value, inputs: EncoderInputs): Value {
  const teacher = graph.input("teacher", "float32", ["batch", config.hidden_size]);
  const kept = graph.input("kept", "float32", ["batch"]);
  const cosine = reduceSum(mul(unitRows(meanPool(rows, inputs)), teacher), [1]); // [B]
  const distance = mul(sub(neg(cosine), -1), kept);
  return div(reduceSum(distance, [0]), add(reduceSum(kept, [0]), 1e-6));
}
