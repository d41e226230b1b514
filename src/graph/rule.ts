import type { Attributes, Node, TensorType, Value } from "./value.ts";

/**
 * What is known of one ONNX operator: the type of its outputs, and its vector-Jacobian products as
 * further nodes. The gradient has one of three verdicts: a rule, `none` (the operator is piecewise
 * constant or returns integers, so nothing flows back), or `forbidden` (a gradient exists, but is not
 * to be had here).
 */
export interface OperatorRule {
  readonly operator: string;
  infer(inputs: readonly (Value | undefined)[], attributes: Attributes): readonly TensorType[];
  /** How many outputs, counted from the first, the runtime insists on although nobody reads them; 1 if absent. */
  leastOutputs?(inputs: readonly (Value | undefined)[]): number;
  /** Whether it is one of ONNX Runtime's own operators, not one of ONNX. */
  readonly beyondOnnx?: true;
  /** How many inputs the runtime is given; those after them are for the gradient alone. All if absent. */
  readonly writtenInputs?: number;
  readonly gradient: GradientVerdict;
}

export type GradientVerdict =
  | {
      readonly kind: "rule";
      /** Which inputs and outputs of the forward pass the gradient reads. Only these are handed to it. */
      readonly keeps: { readonly inputs?: readonly number[]; readonly outputs?: readonly number[] };
      /** One entry for each input: how to build its gradient, or `null` for an input that has none. */
      backward(step: BackwardStep): readonly ((() => Value) | null)[];
    }
  | { readonly kind: "none" }
  | { readonly kind: "forbidden"; readonly reason: string };

/** A node seen from its backward pass. */
export interface BackwardStep {
  readonly node: Node;
  readonly attributes: Attributes;
  /** Gradient of the loss with respect to output 0; of that output's shape. */
  readonly upstream: Value;
  /** Input of the forward pass; must be declared in `keeps`. */
  input(index: number): Value;
  /** Output of the forward pass; must be declared in `keeps`. */
  output(index: number): Value;
  /** Type of an input, which costs nothing to keep. */
  inputType(index: number): TensorType;
  /** Whether the gradient of an input will be asked for. */
  isWanted(index: number): boolean;
}
