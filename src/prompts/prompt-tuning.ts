import { add } from "../graph/operations.ts";
import type { Value } from "../graph/value.ts";
import { type Reparameterisation, type Reparameterised, reparameterise } from "./reparameterisation.ts";
import { layerView, type SoftPrompts } from "./soft-prompts.ts";
import { type Numbers, type TunedValue, type Tuning, type TuningParts, zeroValue } from "./tuning.ts";

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
  const { promptOf, ...values } = promptValues(options, names, promptTuning);
  return {
    ...values,
    method: `prompts in ${shared.layers} layers, ${shared.length} each`,
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
  const { promptOf, ...values } = promptValues(options, ["inputPrompt"], inputPromptTuning);
  return {
    ...values,
    method: `prompts before the text, ${options.shared.length} in all`,
    enter: (parts) => ({ weights: parts.weights, additions: { inputPrompt: promptOf(parts, 0) } }),
  };
}

interface PromptValues extends Pick<Tuning, "values" | "mixesWriters" | "afterTraining"> {
  /** Shared plus strength · delta; [p, d] or [batch, p, d]. */
  readonly promptOf: (parts: TuningParts, layer: number) => Value;
}

/** @param names of the deltas, layer by layer. @param plain makes the same tuning without a network. */
function promptValues(
  options: PromptTuningOptions,
  names: readonly string[],
  plain: (options: PromptTuningOptions) => Tuning,
): PromptValues {
  const { shared, trains = "delta", reparameterisation } = options;
  const base = names.map((_, layer) => sharedValue(shared, layer));
  const owner = trains === "shared" ? "everyone" : "writer";
  const shape = [shared.length, shared.hiddenSize];
  const deltas = names.map((name) => zeroValue({ name, shape, group: "prompt", owner }));
  if (reparameterisation !== undefined) {
    return throughNetwork(options, base, reparameterise(deltas, reparameterisation), plain);
  }
  switch (trains) {
    case "shared":
      return { values: base, mixesWriters: true, promptOf: ({ value }, layer) => value(base[layer]!.name) };
    case "delta":
    case "both":
      return {
        values: [...(trains === "both" ? base : []), ...deltas],
        mixesWriters: true,
        promptOf: (parts, layer) =>
          add(parts.strengthen(parts.value(names[layer]!)), baseOf(parts, options, base[layer]!)),
      };
    default:
      return trains satisfies never;
  }
}

function throughNetwork(
  options: PromptTuningOptions,
  base: readonly TunedValue[],
  network: Reparameterised,
  plain: (options: PromptTuningOptions) => Tuning,
): PromptValues {
  const { shared, trains = "delta" } = options;
  const names = network.prompts;
  return {
    values: [...(trains === "both" ? base : []), ...network.values],
    mixesWriters: false,
    promptOf: (parts, layer) => {
      const made = network.promptOf(parts, names[layer]!);
      const delta = trains === "shared" ? made : parts.strengthen(made);
      return add(delta, baseOf(parts, options, base[layer]!));
    },
    afterTraining: {
      tuning: plain({ shared, trains }),
      values: (learned) => {
        const dropped = network.drop(learned);
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

/** The shared prompts: trained along, or frozen. */
function baseOf(
  { graph, value }: TuningParts,
  { trains }: PromptTuningOptions,
  { name, shape, start }: TunedValue,
): Value {
  return trains === "both" ? value(name) : graph.weight(name, shape, { kind: "memory", data: start() });
}

function sharedValue(shared: SoftPrompts, layer: number): TunedValue {
  return {
    ...{ name: `shared.${layer}`, shape: [shared.length, shared.hiddenSize] },
    ...{ group: "prompt", owner: "everyone" },
    start: () => layerView(shared, layer).slice(),
  };
}
