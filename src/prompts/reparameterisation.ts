import { add, gemm, tanh } from "../graph/operations.ts";
import type { Value } from "../graph/value.ts";
import { type NormalSource, randomValue, type TunedValue, type TuningParts, zeroValue } from "./tuning.ts";

/**
 * A prompt learned through a network with one hidden layer, which all layers' prompts share:
 * `plain` P = MLP(E) (Li and Liang 2021, prefix tuning, arXiv 2101.00190), `residual` P = E + MLP(E)
 * (Razdaibiedina et al. 2023, residual prompt tuning, arXiv 2305.03937), with
 * MLP(E) = tanh(E·W₁ᵀ + b₁)·W₂ᵀ + b₂.
 */
export interface Reparameterisation {
  readonly kind: "plain" | "residual";
  /** Width m of the hidden layer. */
  readonly width: number;
  readonly random: NormalSource;
}

const network = "reparameterisation";
/** Deviation of what starts at random, of the order of a trained embedding's. */
const deviation = 0.02;

export interface Reparameterised {
  readonly values: readonly TunedValue[];
  /** The prompt of that name, [p, d]. */
  readonly promptOf: (parts: TuningParts, name: string) => Value;
}

/** Takes the place of plain prompt values. Its second map starts at zero, so all prompts start at zero. */
export function reparameterise(
  prompts: readonly TunedValue[],
  { kind, width, random }: Reparameterisation,
): Reparameterised {
  const d = prompts[0]!.shape[1]!;
  const weight = (name: string, shape: readonly number[]) =>
    ({ name: `${network}.${name}`, shape, group: "prompt", owner: "writer" }) as const;
  const embeddings =
    kind === "residual" ? prompts : prompts.map((prompt) => randomValue(prompt, random, deviation));
  return {
    values: [
      ...embeddings,
      randomValue(weight("in.weight", [width, d]), random, 1 / Math.sqrt(d)),
      zeroValue(weight("in.bias", [width])),
      zeroValue(weight("out.weight", [d, width])),
      zeroValue(weight("out.bias", [d])),
    ],
    promptOf: ({ value }, name) => {
      const map = (rows: Value, part: string): Value =>
        gemm(rows, value(`${network}.${part}.weight`), {
          transB: true,
          bias: value(`${network}.${part}.bias`),
        });
      const made = map(tanh(map(value(name), "in")), "out");
      return kind === "residual" ? add(made, value(name)) : made;
    },
  };
}

/**
 * What training leaves: the prompts themselves, without the network. Values that have no network are
 * given back as they are.
 */
export function dropReparameterisation(
  values: Readonly<Record<string, Float32Array>>,
  { kind }: Pick<Reparameterisation, "kind">,
): Record<string, Float32Array> {
  const part = (name: string): Float32Array | undefined => values[`${network}.${name}`];
  const [into, intoBias, out, outBias] = ["in.weight", "in.bias", "out.weight", "out.bias"].map(part);
  const rest = Object.entries(values).filter(([name]) => !name.startsWith(`${network}.`));
  if (into === undefined || intoBias === undefined || out === undefined || outBias === undefined) {
    return Object.fromEntries(rest);
  }
  const isPrompt = (name: string): boolean => name.startsWith("prompts.") || name === "inputPrompt";
  const made = (rows: Float32Array): Float32Array => {
    const hidden = affine(rows, into, intoBias).map(Math.tanh);
    const prompt = affine(hidden, out, outBias);
    return kind === "residual" ? prompt.map((number, at) => number + rows[at]!) : prompt;
  };
  return Object.fromEntries(rest.map(([name, rows]) => [name, isPrompt(name) ? made(rows) : rows]));
}

/** rows·Wᵀ + b for rows [n, in] and W [out, in]; [n, out]. */
function affine(rows: Float32Array, weight: Float32Array, bias: Float32Array): Float32Array {
  const into = weight.length / bias.length;
  return Float32Array.from({ length: (rows.length / into) * bias.length }, (_, at) => {
    const [row, column] = [Math.floor(at / bias.length), at % bias.length];
    let sum = bias[column]!;
    for (let i = 0; i < into; i++) {
      sum += rows[row * into + i]! * weight[column * into + i]!;
    }
    return sum;
  });
}
