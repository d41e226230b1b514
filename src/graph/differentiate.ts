import { NotDifferentiableError, ShapeError } from "./errors.ts";
import type { Graph } from "./graph.ts";
import type { BackwardStep } from "./operator.ts";
import { add } from "./operators/arithmetic.ts";
import { zeros } from "./operators/constants.ts";
import { ruleFor } from "./rules.ts";
import type { Node, Value } from "./value.ts";

/**
 * Reverse-mode differentiation from graph to graph: adds to the graph the nodes that compute the
 * gradient of a scalar loss with respect to each given value, and returns them in the same order and of
 * the same shapes. Nodes are visited in reverse topological order; each rule contributes its
 * vector-Jacobian product for those inputs only from which a wanted value can be reached, so the
 * backward pass stops below the lowest of them. A value that the loss does not depend on gets zeros.
 * Throws NotDifferentiableError with operator, node and input where no gradient is to be had.
 *
 * Source: Griewank and Walther, Evaluating Derivatives (2nd ed. 2008), chapter 3.
 */
export function differentiate(graph: Graph, loss: Value, wanted: readonly Value[]): readonly Value[] {
  if (loss.type.shape.length > 0) {
    throw new ShapeError("The loss", [loss.type.shape], "reduce it to a scalar.");
  }
  return pullBack(graph, { value: loss, gradient: graph.scalar(1) }, wanted);
}

/** A value, and the gradient of the loss by it; of the same shape. */
export interface KnownGradient {
  readonly value: Value;
  readonly gradient: Value;
}

/**
 * As differentiate, from a value on whose gradient is known already. It must be all through which the
 * wanted values act on the loss.
 */
export function pullBack(graph: Graph, known: KnownGradient, wanted: readonly Value[]): readonly Value[] {
  const active = reachedFrom(graph, wanted);
  const gradients = new Map<Value, Value>([[known.value, known.gradient]]);
  for (const node of [...graph.nodes].reverse()) {
    const inputs = activeInputs(node, active);
    if (inputs.length > 0) {
      for (const [input, gradient] of inputGradients(node, inputs, gradients)) {
        const sum = gradients.get(input);
        gradients.set(input, sum === undefined ? gradient : add(sum, gradient));
      }
    }
  }
  return wanted.map((value) => gradients.get(value) ?? zeros(graph, value.type.shape));
}

/** All values through which a change of one of the given ones reaches others, these included. */
function reachedFrom(graph: Graph, wanted: readonly Value[]): ReadonlySet<Value> {
  const active = new Set(wanted);
  for (const node of graph.nodes) {
    if (ruleFor(node.operator).gradient.kind !== "none" && activeInputs(node, active).length > 0) {
      for (const output of node.outputs) {
        active.add(output);
      }
    }
  }
  return active;
}

/** The inputs of a node that a gradient can be wanted for, with their places. */
function activeInputs(node: Node, active: ReadonlySet<Value>): readonly (readonly [number, Value])[] {
  return [...node.inputs.entries()].flatMap(([index, input]) =>
    input !== undefined && active.has(input) ? [[index, input] as const] : [],
  );
}

function inputGradients(
  node: Node,
  wanted: readonly (readonly [number, Value])[],
  gradients: ReadonlyMap<Value, Value>,
): readonly [Value, Value][] {
  const rule = ruleFor(node.operator).gradient;
  const [upstream, ...others] = node.outputs.map((output) => gradients.get(output));
  if (others.some((gradient) => gradient !== undefined)) {
    throw new NotDifferentiableError(
      node.operator,
      node.name,
      wanted[0]![0],
      "only its first output has a rule.",
    );
  }
  if (upstream === undefined) {
    return [];
  }
  switch (rule.kind) {
    case "none":
      return [];
    case "forbidden":
      throw new NotDifferentiableError(node.operator, node.name, wanted[0]![0], rule.reason);
    case "rule": {
      const thunks = rule.backward(backwardStep(node, upstream, rule.keeps, wanted));
      return wanted.flatMap(([index, input]): [Value, Value][] => {
        const thunk = thunks[index];
        if (thunk === undefined) {
          throw new NotDifferentiableError(
            node.operator,
            node.name,
            index,
            "its rule does not know this input.",
          );
        }
        return thunk === null ? [] : [[input, thunk()]];
      });
    }
    default:
      return rule satisfies never;
  }
}

function backwardStep(
  node: Node,
  upstream: Value,
  keeps: { readonly inputs?: readonly number[]; readonly outputs?: readonly number[] },
  wanted: readonly (readonly [number, Value])[],
): BackwardStep {
  const kept = (kind: "input" | "output", index: number, declared: readonly number[] = []): Value => {
    const value = (kind === "input" ? node.inputs : node.outputs)[index];
    if (value === undefined || !declared.includes(index)) {
      throw new NotDifferentiableError(
        node.operator,
        node.name,
        index,
        `its rule does not keep this ${kind}.`,
      );
    }
    return value;
  };
  return {
    node,
    attributes: node.attributes,
    upstream,
    input: (index) => kept("input", index, keeps.inputs),
    output: (index) => kept("output", index, keeps.outputs),
    inputType: (index) => node.inputs[index]!.type,
    isWanted: (index) => wanted.some(([input]) => input === index),
  };
}
