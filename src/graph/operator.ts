import type { ShapeInference } from "./shape-inference.ts";
import type { Attributes, Node, TensorType, Value } from "./value.ts";

/**
 * What is known of one ONNX operator: the type of its outputs, and its vector-Jacobian products as
 * further nodes.
 */
export interface OperatorRule {
  readonly operator: string;
  readonly infer: ShapeInference;
  /** How many outputs, counted from the first, the runtime insists on although nobody reads them; 1 if absent. */
  leastOutputs?(inputs: readonly (Value | undefined)[]): number;
  /** Whether it is one of ONNX Runtime's own operators, not one of ONNX. */
  readonly beyondOnnx?: true;
  /** The operator that the runtime is given for it, without its attributes; itself if absent. */
  readonly writtenAs?: string;
  /** How many inputs the runtime is given; those after them are for the gradient alone. All if absent. */
  readonly writtenInputs?: number;
  readonly gradient: GradientVerdict;
}

/**
 * One of three verdicts: a rule, `none` (the operator is piecewise constant or returns integers, so nothing
 * flows back), or `forbidden` (a gradient exists, but is not to be had here).
 */
export type GradientVerdict =
  | { readonly kind: "rule"; readonly keeps: Keeps; readonly backward: Backward }
  | { readonly kind: "none" }
  | { readonly kind: "forbidden"; readonly reason: string };

/** Which inputs and outputs of the forward pass the gradient reads. Only these are handed to it. */
export interface Keeps {
  readonly inputs?: readonly number[];
  readonly outputs?: readonly number[];
}

/** One entry for each input: how to build its gradient, or `null` for an input that has none. */
export type Backward = (step: BackwardStep) => readonly ((() => Value) | null)[];

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

export const rule = (keeps: Keeps, backward: Backward): GradientVerdict => ({
  kind: "rule",
  keeps,
  backward,
});
export const none: GradientVerdict = { kind: "none" };
export const forbidden = (reason: string): GradientVerdict => ({ kind: "forbidden", reason });

/** What operators of backward passes answer when they are differentiated. */
export const backwardOnly = forbidden(
  "it appears in backward passes only, and no second derivative is taken.",
);

/** An input of an operation; a number stands for a scalar constant. */
export type Operand = Value | number;

/**
 * Adds an operation to the graph of its inputs, of which one at least is a value, and gives its first output.
 * `type` declares that output where it does not follow from the inputs.
 */
export function applyOperator(
  operator: string,
  inputs: readonly (Operand | undefined)[],
  attributes: Attributes = {},
  type?: TensorType,
): Value {
  const { graph } = inputs.find((input) => typeof input === "object")!;
  const values = inputs.map((input) => (typeof input === "number" ? graph.scalar(input) : input));
  return graph.node(operator, values, attributes, type && [type])[0]!;
}
