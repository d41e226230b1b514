import { div, mul, reduceSum } from "../graph/operations.ts";
import type { TensorData } from "../graph/session.ts";
import type { Value } from "../graph/value.ts";
import { writersOfRun } from "../prompts/tuning-inputs.ts";
import { type Batchable, padBatch } from "./batching.ts";
import { type HeadOptions, readHead } from "./classifier-head.ts";
import type { MaskableText } from "./masked-lm-objective.ts";
import { cutRuns, Objective } from "./objective.ts";
import type { TrainingGraph } from "./training-session.ts";
import { type TunedEncoder, type TunedModel, tunedEncoder } from "./tuned-encoder.ts";

/** A text with the number of its class. */
export interface ClassExample extends MaskableText {
  /** From 0. */
  readonly label: number;
  /** What it counts beside others, such as less for a weak label; 1 if absent. */
  readonly weight?: number;
}

/** A tuned model whose tuning holds the values of a head, and which head that is. */
export interface ClassifierModel extends TunedModel {
  readonly head: Pick<HeadOptions, "kind" | "classes">;
}

/** The weighted mean loss of labelled texts. Inputs beside those of the encoder: `labels`, `weights`, [batch]. */
export function classifierTraining(model: ClassifierModel): TrainingGraph {
  const encoder = tunedEncoder(model, writersOfRun(model.tuning));
  const { graph, parameters } = encoder;
  const labels = graph.input("labels", "int64", ["batch"]);
  const weights = graph.input("weights", "float32", ["batch"]);
  const losses = headOn(encoder, model).losses(labels);
  const loss = div(reduceSum(mul(losses, weights), [0]), reduceSum(weights, [0]));
  return { graph, loss, ...parameters };
}

export interface ClassifierReading {
  readonly graph: TunedEncoder["graph"];
  /** `probabilities` [batch, classes], `scores` [batch, width]: logits, or the latent number. */
  readonly outputs: Readonly<Record<"probabilities" | "scores", Value>>;
}

export function classifierReading(model: ClassifierModel): ClassifierReading {
  const encoder = tunedEncoder(model, writersOfRun(model.tuning));
  const { probabilities, scores } = headOn(encoder, model);
  return { graph: encoder.graph, outputs: { probabilities, scores } };
}

function headOn(encoder: TunedEncoder, { head }: ClassifierModel) {
  return readHead(head, encoder.values, encoder.encode(), encoder.inputs, encoder.shift);
}

/** What the encoder is fed of some texts. */
export function textFeeds(
  items: readonly Batchable[],
  padId: number,
): Readonly<Record<"ids" | "mask", TensorData>> {
  const { ids, mask, batch, length } = padBatch(items, padId);
  const shape = [batch, length];
  return { ids: { data: ids, shape }, mask: { data: mask, shape } };
}

export function classifierObjective(
  classifier: ClassifierModel,
  { tokensPerRun, threads }: Readonly<Record<"tokensPerRun" | "threads", number>>,
): Objective<ClassExample> {
  const { model, tuning } = classifier;
  return new Objective({
    ...{ model, threads, training: classifierTraining(classifier) },
    runs: async (items, random) => {
      const total = weightOf(items);
      return cutRuns(items, { tokensPerRun, tuning }, random).map((run) => ({
        items: run,
        feeds: { ...textFeeds(run, model.tokenizer.specialIds.pad), ...labelFeeds(run) },
        share: weightOf(run) / total,
      }));
    },
  });
}

function labelFeeds(items: readonly ClassExample[]): Readonly<Record<"labels" | "weights", TensorData>> {
  const shape = [items.length];
  return {
    labels: { data: BigInt64Array.from(items, ({ label }) => BigInt(label)), shape },
    weights: { data: Float32Array.from(items, ({ weight = 1 }) => weight), shape },
  };
}

function weightOf(items: readonly ClassExample[]): number {
  return items.reduce((sum, { weight = 1 }) => sum + weight, 0);
}
