import { Graph } from "../graph/graph.ts";
import { reduceMean } from "../graph/operations.ts";
import { int, type Value } from "../graph/value.ts";
import { bertEncoder, type EncoderInputs } from "../plm/bert-encoder.ts";
import { crossEntropy, maskedLmLogits } from "../plm/masked-lm-head.ts";
import type { PretrainedModel } from "../plm/pretrained-model.ts";
import { promptInputs } from "../prompts/soft-prompts.ts";
import type { TrainingGraph } from "./training-session.ts";

/*
 * Masked-LM graphs over a frozen model, with prompts of a given length as inputs or without (0).
 * Inputs: ids and mask [batch, length], positions and targets [masked].
 */

/** For training: the mean loss in nats, with the prompts trainable. */
export function promptTraining(model: PretrainedModel, promptLength: number): TrainingGraph {
  const { graph, losses, prompts } = build(model, promptLength);
  return { graph, loss: reduceMean(losses, [0]), trainable: prompts };
}

export interface MaskedLmReading {
  readonly graph: Graph;
  /** `losses` [masked] in nats and `best` [masked, 1], the likeliest token's id. */
  readonly outputs: Readonly<Record<"losses" | "best", Value>>;
}

/** For measuring. */
export function maskedLmReading(model: PretrainedModel, promptLength: number): MaskedLmReading {
  const { graph, logits, losses } = build(model, promptLength);
  const type = { elementType: "int64", shape: [logits.type.shape[0]!, 1] } as const;
  return { graph, outputs: { losses, best: graph.node("ArgMax", [logits], { axis: int(-1) }, [type])[0]! } };
}

function build(model: PretrainedModel, promptLength: number) {
  const graph = new Graph();
  const inputs: EncoderInputs = {
    ids: graph.input("ids", "int64", ["batch", "length"]),
    mask: graph.input("mask", "float32", ["batch", "length"]),
  };
  const positions = graph.input("positions", "int64", ["masked"]);
  const targets = graph.input("targets", "int64", ["masked"]);
  const weights = model.weights(graph);
  const joined = promptLength > 0 ? promptInputs(graph, model.config, promptLength) : undefined;
  const { rows } = bertEncoder(model.config, weights, inputs, joined?.prompts);
  const logits = maskedLmLogits(model.config, weights, rows, positions);
  return { graph, logits, losses: crossEntropy(logits, targets), prompts: joined?.inputs ?? {} };
}
