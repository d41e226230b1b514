import { nothingSpared, type SparedRounding } from "../../graph/operators/rounded-products.ts";
import type { ModelConfig } from "../files/model-config.ts";

/** Of so many columns one is multiplied in full: 8 of 384. */
const columnsForEach = 48;
/** GELU's least value, at −0.75, and a little below, as the approximation by tanh has it. */
const leastOfGelu = -0.1701;

const matrixName =
  /^encoder\.layer\.(?<layer>\d+)\.(?<part>attention\.self|attention\.output|intermediate|output)\./;

/**
 * What spares the products of an encoder's matrix the worst of rounding. A few columns of BERT's hidden states are far larger
 * than the others (Kovaleva and others 2021, arXiv 2105.06990), always the same ones: those with the largest weight and bias
 * in the layer normalisation after attention, which stand out in the wider layer's input and, along the residual, in the
 * next layer's. Numbers that come from GELU are hardly below zero.
 */
export function sparedRounding(
  {
    hidden_act: activation,
    hidden_size: d,
    embedding_size: e,
  }: Pick<ModelConfig, "hidden_act" | "hidden_size" | "embedding_size">,
  matrix: string,
  values: (tensor: string) => Float32Array,
): SparedRounding {
  const { layer, part } = matrixName.exec(matrix)?.groups ?? {};
  switch (part) {
    case "attention.self":
      // Embeddings that are narrower than hidden states are widened after their normalisation.
      return Number(layer) === 0 && e !== d
        ? nothingSpared
        : { fullColumns: largeColumns(normBefore(Number(layer)), values) };
    case "intermediate":
      return { fullColumns: largeColumns(`encoder.layer.${layer}.attention.output.LayerNorm`, values) };
    case "output":
      return { fullColumns: [], least: activation === "relu" ? 0 : leastOfGelu };
    default:
      return nothingSpared;
  }
}

const normBefore = (layer: number): string =>
  layer === 0 ? "embeddings.LayerNorm" : `encoder.layer.${layer - 1}.attention.output.LayerNorm`;

function largeColumns(norm: string, values: (tensor: string) => Float32Array): readonly number[] {
  const [weights, biases] = [values(`${norm}.weight`), values(`${norm}.bias`)];
  const sizes = Array.from(weights, (weight, column) => Math.abs(weight) + Math.abs(biases[column]!));
  return [...sizes.keys()]
    .toSorted((a, b) => sizes[b]! - sizes[a]!)
    .slice(0, Math.ceil(sizes.length / columnsForEach))
    .toSorted((a, b) => a - b);
}
