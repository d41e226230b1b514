import { gelu } from "../../graph/operators/activations.ts";
import { add } from "../../graph/operators/arithmetic.ts";
import { gemm } from "../../graph/operators/matrix-products.ts";
import type { BlockPart } from "../../plm/encoder/encoder-additions.ts";
import type { ModelConfig } from "../../plm/files/model-config.ts";
import {
  type NormalSource,
  randomValue,
  type Tuning,
  type ValueOwner,
  zeroValue,
} from "../../prompts/tuning.ts";

export interface AdapterOptions {
  readonly random: NormalSource;
  /** Width m of the bottleneck; 16 if absent. */
  readonly width?: number;
  /** The writer's if absent. */
  readonly owner?: ValueOwner;
}

const parts: readonly BlockPart[] = ["attention", "feedForward"];

/**
 * Adapters (Houlsby et al. 2019, arXiv 1902.00751): after the attention and after the feed-forward part of
 * each block, before its input is added, h ← h + GELU(h·W₁ᵀ + b₁)·W₂ᵀ + b₂ through a bottleneck of m numbers.
 * W₂ and b₂ start at zero, so an untrained adapter changes nothing. Values:
 * `adapter.<layer>.<part>.down.weight` [m, d], `.down.bias` [m], `.up.weight` [d, m], `.up.bias` [d].
 */
export function adapterTuning(config: ModelConfig, options: AdapterOptions): Tuning {
  const { random, width = 16, owner = "writer" } = options;
  const { hidden_size: d, num_hidden_layers: layers } = config;
  const keyOf = (layer: number, part: BlockPart): string => `adapter.${layer}.${part}`;
  const keys = Array.from({ length: layers }, (_, layer) => parts.map((part) => keyOf(layer, part))).flat();
  const values = keys.flatMap((key) => {
    const value = (name: string, shape: readonly number[]) =>
      ({ name: `${key}.${name}`, shape, group: "adapter", owner }) as const;
    return [
      randomValue(value("down.weight", [width, d]), random, 1 / Math.sqrt(d)),
      zeroValue(value("down.bias", [width])),
      zeroValue(value("up.weight", [d, width])),
      zeroValue(value("up.bias", [d])),
    ];
  });
  return {
    method: `adapters, ${width} wide`,
    values,
    mixesWriters: false,
    enter: ({ weights, value, strengthen }) => ({
      weights,
      additions: {
        adapt: (layer, part, rows) => {
          const of = (name: string) => value(`${keyOf(layer, part)}.${name}`);
          const narrow = gelu(gemm(rows, of("down.weight"), { transB: true, bias: of("down.bias") })); // [n, m]
          const change = gemm(narrow, of("up.weight"), { transB: true, bias: of("up.bias") });
          return add(rows, owner === "writer" ? strengthen(change) : change);
        },
      },
    }),
  };
}
