import { add } from "../../graph/operators/arithmetic.ts";
import type { Value } from "../../graph/value.ts";
import type { ModelConfig } from "../../plm/files/model-config.ts";
import {
  encoderTensors,
  mlmHeadTensors,
  replacedTokenHeadTensors,
  type TensorShapes,
} from "../../plm/files/tensor-shapes.ts";
import {
  changeWeights,
  type Tuning,
  type ValueGroup,
  type ValueOwner,
  zeroValue,
} from "../../prompts/tuning.ts";

export interface WeightChanges {
  readonly method: string;
  /** The tensors that change. */
  readonly tensors: Iterable<readonly [name: string, shape: readonly number[]]>;
  readonly group: ValueGroup;
  /** The writer's if absent. */
  readonly owner?: ValueOwner;
}

/**
 * Changes of tensors of the model, which start at zero: W + ΔW. A writer's are multiplied by the strength.
 * Values: `change <tensor>`, of the tensor's shape.
 */
export function weightChanges({ method, tensors, group, owner = "writer" }: WeightChanges): Tuning {
  const shapes: TensorShapes = new Map(tensors);
  return {
    method,
    values: [...shapes].map(([name, shape]) => zeroValue({ name: changeOf(name), shape, group, owner })),
    mixesWriters: false,
    enter: ({ weights, value, strengthen }) => {
      // A tied tensor is asked for several times, and its sum is to be computed once.
      const sums = new Map<string, Value>();
      const sumOf = (name: string, shape: readonly number[]): Value => {
        const change = value(changeOf(name));
        const sum =
          sums.get(name) ?? add(weights(name, shape), owner === "writer" ? strengthen(change) : change);
        sums.set(name, sum);
        return sum;
      };
      return { additions: {}, weights: changeWeights(weights, (name) => shapes.has(name), sumOf) };
    },
  };
}

/** The name of the value that changes a tensor. */
export function changeOf(tensor: string): string {
  return `change ${tensor}`;
}

/**
 * BitFit (Ben Zaken, Goldberg and Ravfogel 2022, arXiv 2106.10199): every bias of the encoder learns, those
 * of layer normalisation among them, as a change that starts at zero. Values: `change <tensor>`, [n].
 * @param owner the writer's if absent; everyone's is the model 'updated along'.
 */
export function biasTuning(config: ModelConfig, owner: ValueOwner = "writer"): Tuning {
  const tensors = [...encoderTensors(config)].filter(([name]) => name.endsWith(".bias"));
  return weightChanges({ method: "BitFit", tensors, group: "bias", owner });
}

/**
 * Full fine-tuning for one writer: each weight of the encoder has a change of the writer's own, which takes
 * as much room as the model itself. What other methods are compared with; see weightTuning for everyone's.
 */
export function ownWeightsTuning(config: ModelConfig): Tuning {
  return weightChanges({ method: "own weights", tensors: encoderTensors(config), group: "weight" });
}

/** The tensor that a masked-LM head adds to the logits, [vocabulary]. */
export const vocabularyBias = "cls.predictions.bias";

/** A writer's own masked-LM head, but for the bias of the vocabulary: dense map and layer normalisation. */
export function ownMaskedLmHeadTuning(config: ModelConfig): Tuning {
  const tensors = [...mlmHeadTensors(config)].filter(([name]) => name !== vocabularyBias);
  return weightChanges({ method: "own masked-LM head", tensors, group: "head" });
}

/**
 * A writer's own bias of each word of the vocabulary: all that is known of a writer is how often words come.
 * The plainest personal model of masked words, and the control that others are compared with.
 */
export function vocabularyBiasTuning({ vocab_size: size }: ModelConfig): Tuning {
  return weightChanges({ method: "writer's bias", tensors: [[vocabularyBias, [size]]], group: "shift" });
}

const replacedBias = "discriminator_predictions.dense_prediction.bias";

/** A writer's own head that tells replaced words, but for its last bias. */
export function ownReplacedTokenHeadTuning(config: ModelConfig): Tuning {
  const tensors = [...replacedTokenHeadTensors(config)].filter(([name]) => name !== replacedBias);
  return weightChanges({ method: "own replaced-token head", tensors, group: "head" });
}

/** A writer's own bias of the log-odds that a word was replaced. */
export function replacedTokenBiasTuning(): Tuning {
  return weightChanges({ method: "writer's bias", tensors: [[replacedBias, [1]]], group: "shift" });
}
