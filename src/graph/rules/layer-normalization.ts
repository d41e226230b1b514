import { unbroadcast } from "../broadcasting.ts";
import { equalShapes } from "../dimension.ts";
import { ShapeError } from "../errors.ts";
import { requireAxis } from "../inference.ts";
import { add, mul, reduceMean, sub } from "../operations.ts";
import type { BackwardStep, OperatorRule } from "../rule.ts";
import type { Value } from "../value.ts";

/**
 * Y = X̂·γ + β with X̂ = (X − μ)·r over the last axis; the mean μ and the inverse deviation r are the
 * operator's second and third outputs. With G = dY·γ:
 * dX = r · (G − mean(G) − X̂·mean(G·X̂)), dγ = Σ dY·X̂, dβ = Σ dY (Ba, Kiros and Hinton 2016).
 * Sorted by what has a number for each row only, dX = r·G − s·X + (s·μ − r·mean(G)) with
 * s = r³·mean(G·(X − μ)): four passes over the rows besides the averages, where the line above has eight.
 */
export const layerNormalizationRule: OperatorRule = {
  operator: "LayerNormalization",
  infer: ([x, ...parameters], attributes) => {
    const { elementType, shape } = x!.type;
    requireAxis("LayerNormalization", shape, attributes, -1);
    const shapes = parameters.map((parameter) => parameter!.type.shape);
    if (!shapes.every((one) => equalShapes(one, shape.slice(-1)))) {
      throw new ShapeError(
        "LayerNormalization",
        [shape, ...shapes],
        "γ and β need the extent of the last axis.",
      );
    }
    const statistic = { elementType, shape: [...shape.slice(0, -1), 1] };
    return [{ elementType, shape }, statistic, statistic];
  },
  gradient: {
    kind: "rule",
    keeps: { inputs: [0, 1], outputs: [1, 2] },
    backward: (step) => [
      () => {
        const [x, mean, inverse] = [step.input(0), step.output(1), step.output(2)];
        const scaled = mul(step.upstream, step.input(1));
        const average = reduceMean(scaled, [-1], true);
        // Of G·(X − μ), as its mean is mean(G·X) − μ·mean(G).
        const slant = mul(
          mul(inverse, mul(inverse, inverse)),
          sub(reduceMean(mul(scaled, x), [-1], true), mul(mean, average)),
        );
        const level = sub(mul(mean, slant), mul(inverse, average));
        return add(sub(mul(scaled, inverse), mul(x, slant)), level);
      },
      () => unbroadcast(mul(step.upstream, normalized(step)), step.inputType(1).shape),
      () => unbroadcast(step.upstream, step.inputType(2).shape),
    ],
  },
};

function normalized({ input, output }: BackwardStep): Value {
  return mul(sub(input(0), output(1)), output(2));
}
