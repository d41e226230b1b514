import type { Graph } from "../graph/graph.ts";
import { mul } from "../graph/operators/arithmetic.ts";
import { gather } from "../graph/operators/indexing.ts";
import { reshape } from "../graph/operators/views.ts";
import type { Value } from "../graph/value.ts";
import type { WeightSource } from "../plm/encoder/layers.ts";
import type { ModelConfig } from "../plm/files/model-config.ts";
import { MixedWritersError } from "./errors.ts";
import type { TunedParts, TunedValue, Tuning } from "./tuning.ts";

/** Whether the sequences of one run have the same writer, or each names its own. */
export type WritersOfRun = "one" | "many";

/** Whether texts of several writers can share a run of this tuning; otherwise runs are cut by writer. */
export function writersOfRun({
  values,
  mixesWriters,
}: Pick<Tuning, "values" | "mixesWriters">): WritersOfRun {
  return mixesWriters && values.some(({ owner }) => owner === "writer") ? "many" : "one";
}

/** A tuning's values as graph inputs, and what the model is built with. */
export interface TuningInputs extends TunedParts {
  /** By name: [...shape], or [writers, ...shape] for a writer's value where a run has many. */
  readonly values: Readonly<Record<string, Value>>;
}

/**
 * Enters a tuning into a graph. Further inputs: `strength`, [] or with many writers [batch], and with many
 * writers `writer` [batch], the row of each sequence's writer among those of the run. So a run is fed the
 * values of its own writers only, however many there are. Throws MixedWritersError for a method that
 * cannot keep the writers of one run apart.
 */
export function tuningInputs(
  graph: Graph,
  config: ModelConfig,
  weights: WeightSource,
  tuning: Tuning,
  writers: WritersOfRun,
): TuningInputs {
  if (writers === "many" && !tuning.mixesWriters) {
    throw new MixedWritersError(tuning.method);
  }
  const isPersonal = tuning.values.some(({ owner }) => owner === "writer");
  const isMixed = writers === "many" && isPersonal;
  const rows = isMixed ? graph.input("writer", "int64", ["batch"]) : undefined;
  const strength = isPersonal ? graph.input("strength", "float32", isMixed ? ["batch"] : []) : undefined;
  const values: Record<string, Value> = {};
  const entered = new Map(
    tuning.values.map((value) => {
      const isOwn = rows !== undefined && value.owner === "writer";
      values[value.name] = graph.input(value.name, "float32", inputShape(value, isOwn));
      const all = values[value.name]!;
      return [value.name, isOwn ? gather(all, rows) : all] as const;
    }),
  );
  const parts = tuning.enter({
    graph,
    config,
    weights,
    value: (name) => entered.get(name)!,
    strengthen: (addition) => mul(addition, reachOf(strength!, addition)),
  });
  return { ...parts, values };
}

function inputShape({ shape }: TunedValue, isOwn: boolean): readonly (number | string)[] {
  return isOwn ? ["writers", ...shape] : shape;
}

/** The strength with as many axes as it needs to multiply the addition. */
function reachOf(strength: Value, addition: Value): Value {
  const [batch] = strength.type.shape;
  return batch === undefined
    ? strength
    : reshape(strength, [batch, ...addition.type.shape.slice(1).map(() => 1)]);
}
