import { cast, equal } from "../../graph/operators/logic.ts";
import { argMax, reduceMean } from "../../graph/operators/reductions.ts";
import { reshape } from "../../graph/operators/views.ts";
import type { Value } from "../../graph/value.ts";
import { padBatch } from "../batching.ts";
import { isClassifierValue } from "../classifier-head.ts";
import { maskedLmFeeds, maskedLmGraph } from "../masked-lm-graph.ts";
import { maskingFor } from "../masked-lm-measure.ts";
import { applyMasks, chooseMask } from "../masking.ts";
import type { TrainingGraph } from "../training-session.ts";
import type { TunedModel } from "../tuned-encoder.ts";
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
  const { graph, parameters, scores, targets, losses, gradient } = maskedLmGraph(tuned);
  const loss = reduceMean(losses, [0]);
  const learning = Object.entries(parameters.trainable).filter(([name]) => !isClassifierValue(name));
  const trainable = Object.fromEntries(learning);
  return {
    graph,
    loss,
    trainable,
    fixed: parameters.fixed,
    ...(actsThrough(scores.states, loss, trainable) && {
      known: { value: scores.states, gradient: gradient() },
    }),
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
  const best = reshape(argMax(logits), [targets.type.shape[0]!]);
  return reduceMean(cast(equal(best, targets), "float32"), [0]);
}

/** Hidden words are to be guessed: fresh masks at each step. `tokensPerRun` is asked for at each step. */
export function maskedLmObjective<Item extends MaskableText>(
  tuned: TunedModel,
  options: ObjectiveOptions,
): Objective<Item> {
  const { model, tuning } = tuned;
  const { threads, weight } = options;
  const masking = maskingFor(model);
  return new Objective<Item>({
    tuned,
    graph: tunedMaskedLm,
    threads,
    weight,
    runs: async (items, random) => {
      const masks = new Map(items.map((item) => [item, chooseMask(item, masking, random)]));
      const total = masks.values().reduce((sum, { positions }) => sum + positions.length, 0);
      const { tokensPerRun } = options;
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
