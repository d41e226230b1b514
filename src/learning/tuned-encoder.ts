import { Graph } from "../graph/graph.ts";
import type { Value } from "../graph/value.ts";
import { bertEncoder } from "../plm/encoder/bert-encoder.ts";
import { type EncoderInputs, textInputs } from "../plm/encoder/encoder-inputs.ts";
import type { WeightSource } from "../plm/encoder/layers.ts";
import type { PretrainedModel } from "../plm/pretrained-model.ts";
import { learnedValues, type Tuning, type ValueOwner } from "../prompts/tuning.ts";
import { tuningInputs, writersOfRun } from "../prompts/tuning-inputs.ts";

/** A pretrained model with a way of tuning it. */
export interface TunedModel {
  readonly model: PretrainedModel;
  readonly tuning: Tuning;
  /** Whose values learn; all if absent. The others stay as they are given. */
  readonly trains?: ValueOwner;
  /**
   * `rounded`: while learning, products with frozen matrices that the model stores in 8 bits are computed in
   * 8 bits, which is faster. Measures and readings are always in full. `full` if absent.
   */
  readonly products?: "rounded" | "full";
}

/** A graph that a tuning has entered, ready for a loss. Inputs: `ids`, `mask`, and those of `tuningInputs`. */
export interface TunedEncoder {
  readonly graph: Graph;
  readonly inputs: EncoderInputs;
  /** The weights as the tuning has them. */
  readonly weights: WeightSource;
  /** Added to what the head gives, where the tuning has it. */
  readonly shift: Value | undefined;
  /** Every value by name. */
  readonly values: Readonly<Record<string, Value>>;
  /** The values by whether they learn: what a training graph asks for. */
  readonly parameters: Readonly<Record<"trainable" | "fixed", Readonly<Record<string, Value>>>>;
  /** Last hidden states of the inputs, with `picked` those of the picked places alone. */
  readonly encode: (picked?: EncoderInputs["picked"]) => Value;
}

export function tunedEncoder({ model, tuning, trains, products }: TunedModel): TunedEncoder {
  const graph = new Graph();
  const inputs: EncoderInputs = textInputs(graph);
  const weights = products === "rounded" ? model.roundedWeights(graph) : model.weights(graph);
  const tuned = tuningInputs(graph, model.config, weights, tuning, writersOfRun(tuning));
  const learning = new Set(
    learnedValues(tuning).flatMap(({ name, owner }) =>
      trains === undefined || owner === trains ? [name] : [],
    ),
  );
  const pick = (learns: boolean) =>
    Object.fromEntries(Object.entries(tuned.values).filter(([name]) => learning.has(name) === learns));
  return {
    graph,
    inputs,
    weights: tuned.weights,
    shift: tuned.shift,
    values: tuned.values,
    parameters: { trainable: pick(true), fixed: pick(false) },
    encode: (picked) =>
      bertEncoder(
        model.config,
        tuned.weights,
        picked === undefined ? inputs : { ...inputs, picked },
        tuned.additions,
      ).rows,
  };
}
