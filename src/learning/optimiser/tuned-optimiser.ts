import {
  learnedValues,
  type Numbers,
  type Tuning,
  type ValueGroup,
  type ValueOwner,
} from "../../prompts/tuning.ts";
import { splitKey, type TunedParameters } from "../tuned-parameters.ts";
import { Adam, type AdamState, copyAdamState, type ParameterGroup, type StepResult } from "./adam.ts";
import { WriterAdam } from "./writer-adam.ts";

export interface OptimiserOptions {
  /** Highest rate of each kind of value. */
  readonly rates: Readonly<Record<ValueGroup, number>>;
  /** Decoupled weight decay of the matrices of model and head; 0 for all else. */
  readonly weightDecay: number;
  /** Pulls writers' values towards zero: the gradient of l2/2 · ‖value‖². */
  readonly l2: number;
}

/** Adam's memory of everyone's values and of each writer's. */
export interface OptimiserState {
  readonly everyone: AdamState;
  readonly writers: Readonly<Record<string, AdamState>>;
}

/** Moves the values of a tuning: everyone's together, each writer's apart, and only of writers who were read. */
export class TunedOptimiser {
  readonly #parameters: TunedParameters;
  readonly #l2: number;
  readonly #adam: Adam;
  readonly #writerAdam: WriterAdam;

  /** @param trains whose values learn; all if absent. */
  constructor(
    tuning: Tuning,
    parameters: TunedParameters,
    options: OptimiserOptions,
    trains: ValueOwner | undefined,
  ) {
    this.#parameters = parameters;
    this.#l2 = options.l2;
    const groups = (owner: ValueOwner, arrays: Numbers) =>
      trains === undefined || trains === owner ? groupsOf(tuning, arrays, options) : [];
    this.#adam = new Adam(groups("everyone", parameters.everyone), { maximumNorm: 1 });
    this.#writerAdam = new WriterAdam(groups("writer", parameters.untrained), { maximumNorm: 1 });
  }

  /** Moves everything that has a gradient. Keys are those of `TunedParameters.byOwner`. */
  step(gradients: Numbers, rate: number): StepResult {
    const common: Record<string, Float32Array> = {};
    const byWriter = new Map<string, Record<string, Float32Array>>();
    for (const [key, gradient] of Object.entries(gradients)) {
      const [writer, name] = splitKey(key);
      if (writer === undefined) {
        common[name] = gradient;
      } else {
        const own = byWriter.get(writer) ?? {};
        own[name] = gradient;
        byWriter.set(writer, own);
      }
    }
    const results = [...byWriter].map(([writer, own]) => {
      const values = this.#parameters.own(writer);
      return this.#writerAdam.step(writer, values, this.#pulled(values, own), rate);
    });
    results.push(this.#adam.step(common, rate));
    return {
      kind: results.some(({ kind }) => kind === "skipped") ? "skipped" : "applied",
      gradientNorm: Math.hypot(...results.map(({ gradientNorm }) => gradientNorm)),
    };
  }

  /** A copy that later steps do not change. */
  state(): OptimiserState {
    return {
      everyone: copyAdamState(this.#adam.state()),
      writers: Object.fromEntries(this.#writerAdam.state()),
    };
  }

  restore({ everyone, writers }: OptimiserState): void {
    this.#adam.restore(everyone);
    this.#writerAdam.restore(new Map(Object.entries(writers)));
  }

  #pulled(values: Numbers, gradients: Numbers): Numbers {
    const l2 = this.#l2;
    const pull = ([name, gradient]: readonly [string, Float32Array]) =>
      [name, gradient.map((number, at) => number + l2 * values[name]![at]!)] as const;
    return l2 === 0 ? gradients : Object.fromEntries(Object.entries(gradients).map(pull));
  }
}

function groupsOf(
  tuning: Tuning,
  arrays: Numbers,
  { rates, weightDecay }: OptimiserOptions,
): readonly ParameterGroup[] {
  return learnedValues(tuning)
    .filter(({ name }) => arrays[name] !== undefined)
    .map(({ name, shape, group }) => ({
      rateFactor: rates[group],
      weightDecay: shape.length > 1 && (group === "weight" || group === "head") ? weightDecay : 0,
      parameters: { [name]: arrays[name]! },
    }));
}
