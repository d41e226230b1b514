import { add } from "../graph/operators/arithmetic.ts";
import type { Value } from "../graph/value.ts";
import type { EncoderAdditions } from "../plm/encoder/encoder-additions.ts";
import { layerView, type SoftPrompts } from "./soft-prompts.ts";
import { type TunedValue, type Tuning, type TuningParts, zeroValue } from "./tuning.ts";

/** Which prompts learn: those that all share, each writer's delta on them, or both. */
export type TrainedPrompts = "shared" | "delta" | "both";

export interface PromptTuningOptions {
  /** What every writer starts from. */
  readonly shared: SoftPrompts;
  /** The deltas alone if absent. */
  readonly trains?: TrainedPrompts;
}

/** Where prompts stand in the model. */
export interface PromptPlace {
  readonly method: string;
  /** Names of the deltas, layer by layer of `shared`. */
  readonly names: readonly string[];
  /** @param prompts layer by layer; [p, d] or [batch, p, d] */
  readonly additions: (prompts: readonly Value[]) => EncoderAdditions;
}

/**
 * Multi-layer soft prompts (after Liu et al. 2022, P-tuning v2, arXiv 2110.07602): in each layer p hidden
 * states join the keys and values. A writer's are the shared ones plus a delta that starts at zero.
 * Values: `prompts.<layer>` the delta, `shared.<layer>` the shared ones, [p, d] each.
 */
export function promptTuning(options: PromptTuningOptions): Tuning {
  return promptTuningAt(everyLayer(options.shared), options);
}

/** A place in each layer. */
export function everyLayer({ layers, length }: SoftPrompts): PromptPlace {
  return {
    method: `prompts in ${layers} layers, ${length} each`,
    names: Array.from({ length: layers }, (_, layer) => `prompts.${layer}`),
    additions: (prompts) => ({ prompts: (layer) => prompts[layer] }),
  };
}

export function promptTuningAt(
  place: PromptPlace,
  { shared, trains = "delta" }: PromptTuningOptions,
): Tuning {
  const base = sharedValues(shared);
  const shape = [shared.length, shared.hiddenSize];
  const deltas = place.names.map((name) => zeroValue({ name, shape, group: "prompt", owner: "writer" }));
  const promptOf = (parts: TuningParts, layer: number): Value => {
    const common = sharedPrompt(parts, base[layer]!, trains !== "delta");
    return trains === "shared" ? common : add(parts.strengthen(parts.value(place.names[layer]!)), common);
  };
  return {
    method: place.method,
    values: [...(trains === "delta" ? [] : base), ...(trains === "shared" ? [] : deltas)],
    mixesWriters: true,
    enter: (parts) => ({
      weights: parts.weights,
      additions: place.additions(base.map((_, layer) => promptOf(parts, layer))),
    }),
  };
}

/** The prompts that all share, as values that start as these. */
export function sharedValues(shared: SoftPrompts): readonly TunedValue[] {
  return Array.from({ length: shared.layers }, (_, layer) => ({
    name: `shared.${layer}`,
    shape: [shared.length, shared.hiddenSize],
    group: "prompt",
    owner: "everyone",
    start: () => layerView(shared, layer).slice(),
  }));
}

/** The shared prompts of a layer: trained along, or frozen. */
export function sharedPrompt(
  { graph, value }: TuningParts,
  { name, shape, start }: TunedValue,
  isTrained: boolean,
): Value {
  return isTrained ? value(name) : graph.weight(name, shape, { kind: "memory", data: start() });
}
