import { softplus } from "../../graph/operators/activations.ts";
import { add, div, mul, sub } from "../../graph/operators/arithmetic.ts";
import { cast, greater } from "../../graph/operators/logic.ts";
import { reduceSum } from "../../graph/operators/reductions.ts";
import { reshape } from "../../graph/operators/views.ts";
import type { Value } from "../../graph/value.ts";
import { padBatch } from "../../learning/batching.ts";
import { maskingFor } from "../../learning/masked-lm-measure.ts";
import { applyMasks, chooseMask } from "../../learning/masking.ts";
import type { MaskableText, ObjectiveOptions } from "../../learning/objectives/masked-lm-objective.ts";
import { cutRuns, Objective, type ObjectiveRun } from "../../learning/objectives/objective.ts";
import type { TextLearning } from "../../learning/text-learning.ts";
import type { TrainingGraph } from "../../learning/training-session.ts";
import { type TunedModel, tunedEncoder } from "../../learning/tuned-encoder.ts";
import { replacedTokenLogits } from "../../plm/heads/replaced-tokens.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import { type ObjectiveLearningOptions, objectiveLearning, type TextFigures } from "./objective-learning.ts";
import { TokenGenerator } from "./token-generator.ts";

/**
 * Replaced-token detection (Clark et al. 2020, ELECTRA, arXiv 2003.10555): a generator fills in hidden words,
 * and the model says of every token whether it is the writer's. The loss is the mean over tokens of
 * softplus(x) − x·y for log-odds x and y = 1 where replaced; `accuracy` is the share of tokens judged right.
 * Inputs beside those of the tuning: `replaced` [batch, length].
 */
export function tunedReplacedTokens(tuned: TunedModel): TrainingGraph {
  const { graph, inputs, encode, weights, parameters } = tunedEncoder(tuned);
  const replaced = graph.input("replaced", "float32", ["batch", "length"]);
  const logits = reshape(replacedTokenLogits(tuned.model.config, weights, encode()), ["batch", "length"]);
  const tokens = reduceSum(inputs.mask, [0, 1]);
  const losses = sub(softplus(logits), mul(logits, replaced));
  const claimed = cast(greater(logits, 0), "float32");
  // 1 − (a + b − 2ab) is 1 where a = b, for a and b of 0 or 1.
  const isRight = sub(add(mul(mul(claimed, replaced), 2), 1), add(claimed, replaced));
  const mean = (x: Value): Value => div(reduceSum(mul(x, inputs.mask), [0, 1]), tokens);
  return { graph, loss: mean(losses), ...parameters, outputs: { accuracy: mean(isRight) } };
}

export interface ReplacedTokenParts extends TunedModel {
  /** Fills in hidden words; of the same vocabulary as the model. */
  readonly generator: PretrainedModel;
}

/** Learns to tell the writer's words from a generator's, which are drawn anew at each step. */
export function replacedTokenObjective<Item extends MaskableText>(
  { generator, ...tuned }: ReplacedTokenParts,
  { tokensPerRun, threads, weight }: ObjectiveOptions,
): Objective<Item> {
  const { model, tuning } = tuned;
  const tokens = new TokenGenerator(generator, threads);
  const masking = maskingFor(model);
  return new Objective<Item>({
    tuned,
    graph: tunedReplacedTokens,
    threads,
    weight,
    release: () => tokens.release(),
    runs: async (items, random, breathe) => {
      const total = tokensOf(items);
      const runs: ObjectiveRun<Item>[] = [];
      for (const run of cutRuns(items, { tokensPerRun, tuning }, random)) {
        const masks = run.map((item) => {
          const mask = chooseMask(item, masking, random);
          return { ...mask, shown: mask.shown.map(() => masking.maskId) };
        });
        const hidden = applyMasks(padBatch(run, model.tokenizer.specialIds.pad), masks);
        await breathe();
        runs.push({ items: run, feeds: await tokens.replace(hidden, random), share: tokensOf(run) / total });
      }
      return runs;
    },
  });
}

/** Replaced words, which `generator` puts in; figures `loss` and `accuracy`, the share of tokens judged right. */
export function replacedTokenLearning(
  options: ObjectiveLearningOptions & { readonly generator: PretrainedModel },
): TextLearning<MaskableText, TextFigures> {
  return objectiveLearning(options, replacedTokenObjective(options, options));
}

const tokensOf = (items: readonly MaskableText[]): number =>
  items.reduce((sum, { ids }) => sum + ids.length, 0);
