import type { Graph } from "../graph/graph.ts";
import { add } from "../graph/operations.ts";
import type { Value } from "../graph/value.ts";
import { type Reparameterisation, reparameterise } from "./reparameterisation.ts";
import { layerView, type SoftPrompts } from "./soft-prompts.ts";
import { type TunedValue, type Tuning, type TuningParts, zeroValue } from "./tuning.ts";

/** Which prompts learn: those that all share, each writer's delta on them, or both. */
export type TrainedPrompts = "shared" | "delta" | "both";

export interface PromptTuningOptions {
  /** What every writer starts from; see prompt-start.ts. */
  readonly shared: SoftPrompts;
  /** The deltas alone if absent. */
  readonly trains?: TrainedPrompts;
  /** Learns each writer's delta through a small network that is dropped afterwards. */
  readonly reparameterisation?: Reparameterisation;
}

/**
 * Multi-layer soft prompts (after Liu et al. 2022, P-tuning v2, arXiv 2110.07602): in each layer p hidden
 * states join the keys and values. A writer's are the shared ones plus a delta that starts at zero.
 * Values: `prompts.<layer>` the delta, `shared.<layer>` the shared ones, [p, d] each.
 */
export function promptTuning(options: PromptTuningOptions): Tuning {
  const { shared } = options;
  const layers = Array.from({ length: shared.layers }, (_, layer) => layer);
  const names = layers.map((layer) => `prompts.${layer}`);
  const { values, promptOf, mixesWriters } = promptValues(options, names, layers);
  return {
    method: `prompts in ${shared.layers} layers, ${shared.length} each`,
    values,
    mixesWriters,
    enter: (parts) => {
      const prompts = layers.map((layer) => promptOf(parts, layer));
      return { weights: parts.weights, additions: { prompts: (layer) => prompts[layer] } };
    },
  };
}

/**
 * Single-layer soft prompts (Lester, Al-Rfou and Constant 2021, arXiv 2104.08691): p vectors stand before
 * the embedded tokens and go through all layers. `shared` has one layer. Values: `inputPrompt` the delta,
 * `shared.0` the shared ones, [p, d] each.
 */
export function inputPromptTuning(options: PromptTuningOptions): Tuning {
  const { values, promptOf, mixesWriters } = promptValues(options, ["inputPrompt"], [0]);
  return {
    method: `prompts before the text, ${options.shared.length} in all`,
    values,
    mixesWriters,
    enter: (parts) => ({ weights: parts.weights, additions: { inputPrompt: promptOf(parts, 0) } }),
  };
}

interface PromptValues {
  readonly values: readonly TunedValue[];
  readonly mixesWriters: boolean;
  /** Shared plus strength · delta; [p, d] or [batch, p, d]. */
  readonly promptOf: (parts: TuningParts, layer: number) => Value;
}

function promptValues(
  { shared, trains = "delta", reparameterisation }: PromptTuningOptions,
  names: readonly string[],
  layers: readonly number[],
): PromptValues {
  const shape = [shared.length, shared.hiddenSize];
  const sharedValues = layers.map(
    (layer): TunedValue => ({
      ...{ name: `shared.${layer}`, shape, group: "prompt", owner: "everyone" },
      start: () => layerView(shared, layer).slice(),
    }),
  );
  const plain = names.map((name) => zeroValue({ name, shape, group: "prompt", owner: "writer" }));
  const network = reparameterisation && reparameterise(plain, reparameterisation);
  const deltas = trains === "shared" ? [] : (network?.values ?? plain);
  const base = ({ graph, value }: TuningParts, layer: number): Value =>
    trains === "delta" ? frozen(graph, shared, layer) : value(`shared.${layer}`);
  const delta = (parts: TuningParts, name: string): Value =>
    parts.strengthen(network?.promptOf(parts, name) ?? parts.value(name));
  return {
    values: [...(trains === "delta" ? [] : sharedValues), ...deltas],
    mixesWriters: network === undefined,
    promptOf: (parts, layer) =>
      trains === "shared" ? base(parts, layer) : add(delta(parts, names[layer]!), base(parts, layer)),
  };
}

function frozen(graph: Graph, shared: SoftPrompts, layer: number): Value {
  const data = layerView(shared, layer).slice();
  return graph.weight(`shared.${layer}`, [shared.length, shared.hiddenSize], { kind: "memory", data });
}
