import { tanh } from "../../graph/operators/activations.ts";
import { add } from "../../graph/operators/arithmetic.ts";
import { gemm } from "../../graph/operators/matrix-products.ts";
import type { Value } from "../../graph/value.ts";
import {
  everyLayer,
  type PromptPlace,
  type PromptTuningOptions,
  promptTuningAt,
  sharedPrompt,
  sharedValues,
} from "../../prompts/prompt-tuning.ts";
import {
  type NormalSource,
  type Numbers,
  randomValue,
  type TunedValue,
  type Tuning,
  type TuningParts,
  zeroValue,
} from "../../prompts/tuning.ts";

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

export interface ReparameterisedOptions extends PromptTuningOptions {
  /** Learns what is trained, deltas first, through a small network that is dropped afterwards. */
  readonly reparameterisation: Reparameterisation;
}

/** Prompts as promptTuning has them, or at another place, learned through a network. */
export function reparameterisedPromptTuning(
  { shared, trains = "delta", reparameterisation }: ReparameterisedOptions,
  place: PromptPlace = everyLayer(shared),
): Tuning {
  const { names } = place;
  const base = sharedValues(shared);
  const owner = trains === "shared" ? "everyone" : "writer";
  const shape = [shared.length, shared.hiddenSize];
  const deltas = names.map((name) => zeroValue({ name, shape, group: "prompt", owner }));
  const through = reparameterise(deltas, reparameterisation);
  const promptOf = (parts: TuningParts, layer: number): Value => {
    const made = through.promptOf(parts, names[layer]!);
    const delta = trains === "shared" ? made : parts.strengthen(made);
    return add(delta, sharedPrompt(parts, base[layer]!, trains === "both"));
  };
  return {
    method: place.method,
    values: [...(trains === "both" ? base : []), ...through.values],
    mixesWriters: false,
    enter: (parts) => ({
      weights: parts.weights,
      additions: place.additions(base.map((_, layer) => promptOf(parts, layer))),
    }),
    afterTraining: {
      tuning: promptTuningAt(place, { shared, trains }),
      values: (learned) => {
        const dropped = through.drop(learned);
        return trains === "shared" ? addedTo(base, names, dropped) : dropped;
      },
    },
  };
}

/** Prompts that all share, from deltas on the ones that they started as. */
function addedTo(base: readonly TunedValue[], names: readonly string[], deltas: Numbers): Numbers {
  const rest = Object.entries(deltas).filter(([name]) => !names.includes(name));
  const sums = base.map(({ name, start }, layer) => {
    const delta = deltas[names[layer]!];
    return [name, start().map((number, at) => number + (delta?.[at] ?? 0))] as const;
  });
  return Object.fromEntries([...rest, ...sums]);
}

const network = "reparameterisation";
/** Deviation of what starts at random, of the order of a trained embedding's. */
const deviation = 0.02;

interface Reparameterised {
  readonly values: readonly TunedValue[];
  /** The prompt of that name, [p, d]. */
  readonly promptOf: (parts: TuningParts, name: string) => Value;
  /** Learned values without the network: the prompts that it makes. */
  readonly drop: (learned: Numbers) => Numbers;
}

/** Takes the place of plain prompt values. Its second map starts at zero, so all prompts start at zero. */
function reparameterise(
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
