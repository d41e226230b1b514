import { softplus } from "../../graph/operators/activations.ts";
import { mul, sub } from "../../graph/operators/arithmetic.ts";
import { gemm } from "../../graph/operators/matrix-products.ts";
import { reduceMean, reduceSum } from "../../graph/operators/reductions.ts";
import { LabelRangeError } from "../../learning/errors.ts";
import { textFeeds } from "../../learning/objectives/classifier-objective.ts";
import type { ObjectiveOptions } from "../../learning/objectives/masked-lm-objective.ts";
import { cutRuns, Objective } from "../../learning/objectives/objective.ts";
import type { TrainingGraph } from "../../learning/training-session.ts";
import { type TunedModel, tunedEncoder } from "../../learning/tuned-encoder.ts";
import { meanPool, unitRows } from "../../plm/encoder/pooling.ts";
import type { LabelledText } from "./contrastive-objective.ts";

/**
 * Labels one by one, any number a text: log-odds x = u·v + b of a unit sentence vector u with the label's
 * vector v; softplus(x) − x·y summed over labels, the mean over texts, in nats. The tuning holds the values
 * of `labelEmbeddingTuning`. Input beside those of the tuning: `members` [batch, labels], 1 where a text has it.
 */
export function tunedLabels(tuned: TunedModel): TrainingGraph {
  const { graph, inputs, encode, values, parameters } = tunedEncoder(tuned);
  const vectors = values["labels.vectors"]!;
  const members = graph.input("members", "float32", ["batch", vectors.type.shape[0]!]);
  const read = unitRows(meanPool(encode(), inputs));
  const logits = gemm(read, vectors, { transB: true, bias: values["labels.bias"]! }); // [B, labels]
  const losses = reduceSum(sub(softplus(logits), mul(logits, members)), [1]);
  return { graph, loss: reduceMean(losses, [0]), ...parameters };
}

/** @param labels how many there are. Throws LabelRangeError at a text with another. */
export function labelObjective<Item extends LabelledText>(
  tuned: TunedModel,
  { labels, tokensPerRun, threads, weight }: ObjectiveOptions & { readonly labels: number },
): Objective<Item> {
  const { model, tuning } = tuned;
  return new Objective<Item>({
    tuned,
    graph: tunedLabels,
    threads,
    weight,
    runs: async (items, random) =>
      cutRuns(items, { tokensPerRun, tuning }, random).map((run) => ({
        items: run,
        feeds: {
          ...textFeeds(run, model.tokenizer.specialIds.pad),
          members: { data: membersOf(run, labels), shape: [run.length, labels] },
        },
        share: run.length / items.length,
      })),
  });
}

function membersOf(items: readonly LabelledText[], labels: number): Float32Array {
  const members = new Float32Array(items.length * labels);
  items.forEach((item, row) => {
    for (const label of item.labels) {
      if (!Number.isInteger(label) || label < 0 || label >= labels) {
        throw new LabelRangeError(label, labels);
      }
      members[row * labels + label] = 1;
    }
  });
  return members;
}
