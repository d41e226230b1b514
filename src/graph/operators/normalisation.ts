import { unbroadcast } from "../broadcasting.ts";
import { equalShapes } from "../dimension.ts";
import { ShapeError } from "../errors.ts";
import { applyOperator, type OperatorRule, rule } from "../operator.ts";
import { requireAxis, type ShapeInference } from "../shape-inference.ts";
import { float, int, type Value } from "../value.ts";
import { add, mul, sub } from "./arithmetic.ts";
import { exp } from "./functions.ts";
import { reduceMean, reduceSum } from "./reductions.ts";

/* What weighs each number against the others of its row, the last axis. */

const alongLastAxis: ShapeInference = ([x], attributes, operator) => {
  requireAxis(operator, x!.type.shape, attributes, -1);
  return [x!.type];
};

export const softmax = (x: Value): Value => applyOperator("Softmax", [x], { axis: int(-1) });

/** dX = Y · (dY − Σ dY·Y) over the last axis. */
const softmaxRule: OperatorRule = {
  operator: "Softmax",
  infer: alongLastAxis,
  gradient: rule({ outputs: [0] }, ({ upstream, output }) => [
    () => mul(output(0), sub(upstream, reduceSum(mul(upstream, output(0)), [-1], true))),
  ]),
};

export const logSoftmax = (x: Value): Value => applyOperator("LogSoftmax", [x], { axis: int(-1) });

/** dX = dY − exp(Y) · Σ dY over the last axis. */
const logSoftmaxRule: OperatorRule = {
  operator: "LogSoftmax",
  infer: alongLastAxis,
  gradient: rule({ outputs: [0] }, ({ upstream, output }) => [
    () => sub(upstream, mul(exp(output(0)), reduceSum(upstream, [-1], true))),
  ]),
};

/** Normalises the last axis. Mean and inverse deviation are kept for the backward pass. */
export const layerNormalization = (x: Value, scale: Value, bias: Value, epsilon: number): Value =>
  applyOperator("LayerNormalization", [x, scale, bias], { axis: int(-1), epsilon: float(epsilon) });

/**
 * Y = X̂·γ + β with X̂ = (X − μ)·r over the last axis; the mean μ and the inverse deviation r are the
 * operator's second and third outputs. With G = dY·γ:
 * dX = r · (G − mean(G) − X̂·mean(G·X̂)), dγ = Σ dY·X̂, dβ = Σ dY (Ba, Kiros and Hinton 2016).
 * Sorted by what has a number for each row only, dX = r·G − s·X + (s·μ − r·mean(G)) with
 * s = r³·mean(G·(X − μ)): four passes over the rows besides the averages, where the line above has eight.
 */
const layerNormalizationRule: OperatorRule = {
  operator: "LayerNormalization",
  infer: ([x, ...parameters], attributes) => {
    const { elementType, shape } = x!.type;
    requireAxis("LayerNormalization", shape, attributes, -1);
    const shapes = parameters.map((parameter) => parameter!.type.shape);
    if (!shapes.every((one) => equalShapes(one, shape.slice(-1)))) {
      const advice = "γ and β need the extent of the last axis.";
      throw new ShapeError("LayerNormalization", [shape, ...shapes], advice);
    }
    const statistic = { elementType, shape: [...shape.slice(0, -1), 1] };
    return [{ elementType, shape }, statistic, statistic];
  },
  gradient: rule({ inputs: [0, 1], outputs: [1, 2] }, ({ upstream, input, output, inputType }) => [
    () => {
      const [x, mean, inverse] = [input(0), output(1), output(2)];
      const scaled = mul(upstream, input(1));
      const average = reduceMean(scaled, [-1], true);
      // Of G·(X − μ), as its mean is mean(G·X) − μ·mean(G).
      const slant = mul(
        mul(inverse, mul(inverse, inverse)),
        sub(reduceMean(mul(scaled, x), [-1], true), mul(mean, average)),
      );
      const level = sub(mul(mean, slant), mul(inverse, average));
      return add(sub(mul(scaled, inverse), mul(x, slant)), level);
    },
    () => {
      const normalised = mul(sub(input(0), output(1)), output(2));
      return unbroadcast(mul(upstream, normalised), inputType(1).shape);
    },
    () => unbroadcast(upstream, inputType(2).shape),
  ]),
};

export const normalisation: readonly OperatorRule[] = [softmaxRule, logSoftmaxRule, layerNormalizationRule];
