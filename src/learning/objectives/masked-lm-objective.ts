import { cast, equal } from "../../graph/operators/logic.ts";
import { reduceMean } from "../../graph/operators/reductions.ts";
import { reshape } from "../../graph/operators/views.ts";
import type { Value } from "../../graph/value.ts";
import { pickedInputs } from "../../plm/encoder/encoder-inputs.ts";
import { crossEntropy, maskedLmScores, meanCrossEntropyGradient } from "../../plm/heads/masked-lm.ts";
import { writersOfRun } from "../../prompts/tuning-inputs.ts";
import { padBatch } from "../batching.ts";
import { isClassifierValue } from "../classifier-head.ts";
import { bestTokens, maskedLmFeeds } from "../masked-lm-graph.ts";
import { maskingFor } from "../masked-lm-measure.ts";
import { applyMasks, chooseMask } from "../masking.ts";
import type { TrainingGraph } from "../training-session.ts";
import { type TunedModel, tunedEncoder } from "../tuned-encoder.ts";
import { cutRuns, type Learnable, Objective } from "./objective.ts";

/** A text whose words can be hidden. */
export interface MaskableText extends Learnable {
  /** As in a Passage. Absent: none of its words is ever hidden. */
  readonly words?: Uint16Array;
}

/** How an objective over texts is run. */
export interface ObjectiveOptions {
  readonly tokensPerRun: number;
  readonly threads: number;
  /** What the loss is multiplied with where several are learned at once; 1 if absent. */
  readonly weight?: number;
}

/**
 * The mean masked-LM loss of a tuned model, in nats, and as `top1` the share of hidden tokens that are
 * guessed right. Inputs beside those of the tuning: see MaskedLmFeeds.
 */
export function tunedMaskedLm(tuned: TunedModel): TrainingGraph {
  const { graph, encode, weights, parameters } = tunedEncoder(tuned, writersOfRun(tuned.tuning));
  const picked = pickedInputs(graph);
  const targets = graph.input("targets", "int64", ["masked"]);
  const { config } = tuned.model;
  const scores = maskedLmScores(config, weights, encode(picked));
  const loss = reduceMean(crossEntropy(scores.logits, targets), [0]);
  const entries = Object.entries(parameters.trainable).filter(([name]) => !isClassifierValue(name));
  const trainable = Object.fromEntries(entries);
  const gradient = () => meanCrossEntropyGradient(config, weights, scores, targets);
  return {
    graph,
    loss,
    ...(actsThrough(scores.states, loss, trainable) && {
      known: { value: scores.states, gradient: gradient() },
    }),
    trainable,
    fixed: parameters.fixed,
    outputs: { top1: shareOfHits(scores.logits, targets) },
  };
}

/** Whether values act on the loss through these states alone, and not through the decoder's weights. */
function actsThrough(states: Value, loss: Value, values: TrainingGraph["trainable"]): boolean {
  const learning = new Set(Object.values(values));
  const met = new Set([loss, states]);
  for (const value of met) {
    if (learning.has(value)) return false;
    if (value === states || value.origin.kind !== "node") continue;
    for (const input of value.origin.node.inputs) if (input !== undefined) met.add(input);
  }
  return true;
}

function shareOfHits(logits: Value, targets: Value): Value {
  const best = reshape(bestTokens(logits), [targets.type.shape[0]!]);
  return reduceMean(cast(equal(best, targets), "float32"), [0]);
}

/** Hidden words are to be guessed: fresh masks at each step. */
export function maskedLmObjective<Item extends MaskableText>(
  tuned: TunedModel,
  { tokensPerRun, ...options }: ObjectiveOptions,
): Objective<Item> {
  const { model, tuning } = tuned;
  const masking = maskingFor(model);
  return new Objective<Item>({
    ...{ model, ...options, training: tunedMaskedLm(tuned) },
    ...(tuned.products === "rounded" && { measuring: tunedMaskedLm({ ...tuned, products: "full" }) }),
    runs: async (items, random) => {
      const masks = new Map(items.map((item) => [item, chooseMask(item, masking, random)]));
      const total = masks.values().reduce((sum, { positions }) => sum + positions.length, 0);
      return cutRuns(items, { tokensPerRun, tuning }, random).flatMap((run) => {
        const hidden = run.map((item) => masks.get(item)!);
        const batch = applyMasks(padBatch(run, model.tokenizer.specialIds.pad), hidden);
        const { length } = batch.positions;
        // Texts without a word have nothing to guess.
        return length === 0 ? [] : [{ items: run, feeds: maskedLmFeeds(batch), share: length / total }];
      });
    },
  });
}
