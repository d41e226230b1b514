import { add, gemm, tanh } from "../graph/operations.ts";
import type { Value } from "../graph/value.ts";
import {
  type NormalSource,
  type Numbers,
  randomValue,
  type TunedValue,
  type TuningParts,
  zeroValue,
} from "./tuning.ts";

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
  /** Names of the prompts that the network makes. */
  readonly prompts: readonly string[];
  readonly values: readonly TunedValue[];
  /** The prompt of that name, [p, d]. */
  readonly promptOf: (parts: TuningParts, name: string) => Value;
  /** Learned values without the network: the prompts that it makes. */
  readonly drop: (learned: Numbers) => Numbers;
}

/** Takes the place of plain prompt values. Its second map starts at zero, so all prompts start at zero. */
export function reparameterise(
  prompts: readonly TunedValue[],
  { kind, width, random }: Reparameterisation,
): Reparameterised {
  const { owner } = prompts[0]!;
  const d = prompts[0]!.shape[1]!;
  const weight = (name: string, shape: readonly number[]) =>
    ({ name: `${network}.${name}`, shape, group: "prompt", owner }) as const;
  const embeddings =
    kind === "residual" ? prompts : prompts.map((prompt) => randomValue(prompt, random, deviation));
  const names = prompts.map(({ name }) => name);
  return {
    prompts: names,
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
    drop: (learned) => withoutNetwork(new Set(names), kind, learned),
  };
}

function withoutNetwork(
  names: ReadonlySet<string>,
  kind: Reparameterisation["kind"],
  learned: Numbers,
): Numbers {
  const map = (rows: Float32Array, part: string): Float32Array =>
    affine(rows, learned[`${network}.${part}.weight`]!, learned[`${network}.${part}.bias`]!);
  const made = (rows: Float32Array): Float32Array => {
    const prompt = map(map(rows, "in").map(Math.tanh), "out");
    return kind === "residual" ? prompt.map((number, at) => number + rows[at]!) : prompt;
  };
  // Everyone's values, where the network is a writer's, have none.
  const kept = Object.entries(learned).filter(([name]) => !name.startsWith(`${network}.`));
  return Object.fromEntries(kept.map(([name, rows]) => [name, names.has(name) ? made(rows) : rows]));
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
