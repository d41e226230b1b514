import { add, cast, div, greater, mul, reduceSum, reshape, softplus, sub } from "../../graph/operations.ts";
import type { Value } from "../../graph/value.ts";
import { replacedTokenLogits } from "../../plm/heads/replaced-tokens.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import { writersOfRun } from "../../prompts/tuning-inputs.ts";
import { padBatch } from "../batching.ts";
import { maskingFor } from "../masked-lm-measure.ts";
import { applyMasks, chooseMask } from "../masking.ts";
import type { TrainingGraph } from "../training-session.ts";
import { type TunedModel, tunedEncoder } from "../tuned-encoder.ts";
import type { MaskableText, ObjectiveOptions } from "./masked-lm-objective.ts";
import { cutRuns, Objective, type ObjectiveRun } from "./objective.ts";
import { FillingIn } from "./token-generator.ts";

/**
 * Replaced-token detection (Clark et al. 2020, ELECTRA, arXiv 2003.10555): a generator fills in hidden words,
 * and the model says of every token whether it is the writer's. The loss is the mean over tokens of
 * softplus(x) − x·y for log-odds x and y = 1 where replaced; `accuracy` is the share of tokens judged right.
 * Inputs beside those of the tuning: `replaced` [batch, length].
 */
export function tunedReplacedTokens(tuned: TunedModel): TrainingGraph {
  const { graph, inputs, encode, weights, parameters } = tunedEncoder(tuned, writersOfRun(tuned.tuning));
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
  { tokensPerRun, ...options }: ObjectiveOptions,
): Objective<Item> {
  const { model, tuning } = tuned;
  const filling = new FillingIn(generator, options.threads);
  const masking = maskingFor(model);
  return new Objective<Item>({
    ...{ model, ...options, training: tunedReplacedTokens(tuned) },
    ...(tuned.products === "rounded" && { measuring: tunedReplacedTokens({ ...tuned, products: "full" }) }),
    release: () => filling.release(),
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
        runs.push({ items: run, feeds: await filling.fill(hidden, random), share: tokensOf(run) / total });
      }
      return runs;
    },
  });
}

const tokensOf = (items: readonly MaskableText[]): number =>
  items.reduce((sum, { ids }) => sum + ids.length, 0);
