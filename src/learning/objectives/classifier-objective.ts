import { div, mul } from "../../graph/operators/arithmetic.ts";
import { reduceSum } from "../../graph/operators/reductions.ts";
import type { TensorData } from "../../graph/session.ts";
import type { Value } from "../../graph/value.ts";
import { type Batchable, padBatch } from "../batching.ts";
import { type HeadOptions, readHead } from "../classifier-head.ts";
import type { TrainingGraph } from "../training-session.ts";
import { type TunedEncoder, type TunedModel, tunedEncoder } from "../tuned-encoder.ts";
import type { MaskableText } from "./masked-lm-objective.ts";
import { cutRuns, Objective } from "./objective.ts";

/** A text with the number of its class. */
export interface ClassExample extends MaskableText {
  /** From 0. */
  readonly label: number;
  /** What it counts beside others, such as less for a weak label; 1 if absent. */
  readonly weight?: number;
  /** So many of the first tokens are the text, what follows is its context; all if absent. See `pools`. */
  readonly ownTokens?: number;
}

/** A tuned model whose tuning holds the values of a head, and which head that is. */
export interface ClassifierModel extends TunedModel {
  readonly head: Pick<HeadOptions, "kind" | "classes">;
  /**
   * `text`: the head looks at the states of the text's own tokens alone, and context acts through attention.
   * `all` if absent. Inputs of `text`: `own` [batch, length], 1 at own tokens.
   */
  readonly pools?: "all" | "text";
}

/** The weighted mean loss of labelled texts. Inputs beside those of the encoder: `labels`, `weights`, [batch]. */
export function classifierTraining(model: ClassifierModel): TrainingGraph {
  const encoder = tunedEncoder(model);
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
  const encoder = tunedEncoder({ ...model, products: "full" });
  const { probabilities, scores } = headOn(encoder, model);
  return { graph: encoder.graph, outputs: { probabilities, scores } };
}

function headOn({ graph, inputs, ...encoder }: TunedEncoder, { head, pools = "all" }: ClassifierModel) {
  const mask = pools === "all" ? inputs.mask : graph.input("own", "float32", ["batch", "length"]);
  return readHead(head, encoder.values, encoder.encode(), { ...inputs, mask }, encoder.shift);
}

/** A text as it is fed. */
type FedText = Batchable & Pick<ClassExample, "ownTokens">;

/** What the encoder, and the head where it pools own tokens alone, is fed of some texts. */
export function textFeeds(
  items: readonly FedText[],
  padId: number,
  pools: ClassifierModel["pools"] = "all",
): Readonly<Record<string, TensorData>> {
  const { ids, mask, batch, length } = padBatch(items, padId);
  const shape = [batch, length];
  const feeds = { ids: { data: ids, shape }, mask: { data: mask, shape } };
  if (pools !== "text") return feeds;
  const own = mask.map((_, at) => {
    const { ids: tokens, ownTokens = tokens.length } = items[Math.floor(at / length)]!;
    return at % length < ownTokens ? 1 : 0;
  });
  return { ...feeds, own: { data: own, shape } };
}

export function classifierObjective(
  classifier: ClassifierModel,
  running: Readonly<Record<"tokensPerRun" | "threads", number>>,
): Objective<ClassExample> {
  const { model, tuning, pools } = classifier;
  return new Objective({
    tuned: classifier,
    graph: (tuned) => classifierTraining({ ...classifier, ...tuned }),
    threads: running.threads,
    runs: async (items, random) => {
      const total = weightOf(items);
      return cutRuns(items, { tokensPerRun: running.tokensPerRun, tuning }, random).map((run) => ({
        items: run,
        feeds: { ...textFeeds(run, model.tokenizer.specialIds.pad, pools), ...labelFeeds(run) },
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
