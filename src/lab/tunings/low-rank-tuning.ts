import { add, mul } from "../../graph/operators/arithmetic.ts";
import { gemm } from "../../graph/operators/matrix-products.ts";
import type { ModelConfig } from "../../plm/files/model-config.ts";
import {
  type NormalSource,
  randomValue,
  type TunedValue,
  type Tuning,
  type ValueOwner,
  zeroValue,
} from "../../prompts/tuning.ts";

/** The linear maps of a block, named as in `encoder.layer.<n>.`. */
export type BlockMap =
  | "attention.self.query"
  | "attention.self.key"
  | "attention.self.value"
  | "attention.output.dense"
  | "intermediate.dense"
  | "output.dense";

export interface LowRankOptions {
  readonly random: NormalSource;
  /** Rank r of each change; 8 if absent. */
  readonly rank?: number;
  /** The change is scaled by alpha / r; alpha = 2r if absent. */
  readonly alpha?: number;
  /** Queries and values if absent, as in the paper. */
  readonly maps?: readonly BlockMap[];
  /** The writer's if absent; everyone's is the model 'updated along'. */
  readonly owner?: ValueOwner;
}

/**
 * LoRA (Hu et al. 2021, arXiv 2106.09685): y = x·Wᵀ + (α/r)·(x·Aᵀ)·Bᵀ with W frozen, A [r, in] random and
 * B [out, r] zero at the start. Values: `lowRank.<layer>.<map>.a` and `.b`.
 */
export function lowRankTuning(config: ModelConfig, options: LowRankOptions): Tuning {
  const { rank = 8, maps = ["attention.self.query", "attention.self.value"], owner = "writer" } = options;
  const scale = (options.alpha ?? 2 * rank) / rank;
  const places = Array.from({ length: config.num_hidden_layers }, (_, layer) => layer).flatMap((layer) =>
    maps.map((map) => ({ map, key: `lowRank.${layer}.${map}`, name: `encoder.layer.${layer}.${map}` })),
  );
  const values = places.flatMap(({ map, key }): TunedValue[] => {
    const [into, out] = extents(config, map);
    const a = { name: `${key}.a`, shape: [rank, into], group: "lowRank", owner } as const;
    const b = { name: `${key}.b`, shape: [out, rank], group: "lowRank", owner } as const;
    return [randomValue(a, options.random, 1 / Math.sqrt(into)), zeroValue(b)];
  });
  const keys = new Map(places.map(({ name, key }) => [name, key]));
  return {
    method: `LoRA, rank ${rank}`,
    values,
    mixesWriters: false,
    enter: ({ weights, value, strengthen }) => ({
      weights,
      additions: {
        adjust: (name, rows, result) => {
          const key = keys.get(name);
          if (key === undefined) {
            return result;
          }
          const narrow = gemm(rows, value(`${key}.a`), { transB: true }); // [n, r]
          const change = mul(gemm(narrow, value(`${key}.b`), { transB: true }), scale);
          return add(result, owner === "writer" ? strengthen(change) : change);
        },
      },
    }),
  };
}

function extents(config: ModelConfig, map: BlockMap): readonly [into: number, out: number] {
  const { hidden_size: d, intermediate_size: intermediate } = config;
  switch (map) {
    case "intermediate.dense":
      return [d, intermediate];
    case "output.dense":
      return [intermediate, d];
    default:
      return [d, d];
  }
}
