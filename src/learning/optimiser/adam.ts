import { ParameterMismatchError } from "../errors.ts";
import { WasmAdam } from "./wasm-adam.ts";

/** Parameters that share a rate factor and a weight decay. */
export interface ParameterGroup {
  /** Multiplies the step's learning rate; 1 if absent. */
  readonly rateFactor?: number;
  /** Decoupled weight decay, as in AdamW; 0 if absent. */
  readonly weightDecay?: number;
  /** By name; the arrays are changed in place. */
  readonly parameters: Readonly<Record<string, Float32Array>>;
}

export interface AdamOptions {
  /** Decay of the mean of gradients; 0.9 if absent. */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients; 0.999 if absent. */
  readonly beta2?: number;
  /** 1e-8 if absent. */
  readonly epsilon?: number;
  /** Gradients are scaled down together so that their joint Euclidean norm stays within this; no limit if absent. */
  readonly maximumNorm?: number;
}

/** The memory of one parameter. */
export interface Moments {
  readonly step: number;
  readonly mean: Float32Array;
  readonly square: Float32Array;
}

export type AdamState = Readonly<Record<string, Moments>>;

/** Copies that later steps do not change. */
export function copyAdamState(state: AdamState): AdamState {
  const copies = Object.entries(state).map(([name, { step, mean, square }]) => [
    name,
    { step, mean: mean.slice(), square: square.slice() },
  ]);
  return Object.fromEntries(copies);
}

/** `skipped`: a gradient was not finite, and nothing was changed. */
export interface StepResult {
  readonly kind: "applied" | "skipped";
  /** Joint norm of all gradients before clipping. */
  readonly gradientNorm: number;
}

interface Slot {
  readonly values: Float32Array;
  readonly rateFactor: number;
  readonly weightDecay: number;
  moments: Moments;
}

/**
 * Adam with bias correction (Kingma and Ba 2015) and decoupled weight decay (Loshchilov and Hutter 2019).
 *
 * Bias correction counts the steps of each parameter apart, so a parameter that has no gradient in some
 * steps (another task's head) is corrected rightly.
 */
export class Adam {
  readonly #slots = new Map<string, Slot>();
  readonly #options: Required<AdamOptions>;
  readonly #kernel: WasmAdam;

  constructor(groups: readonly ParameterGroup[], options: AdamOptions = {}) {
    this.#options = {
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      maximumNorm: Number.POSITIVE_INFINITY,
      ...options,
    };
    this.#kernel = new WasmAdam(
      groups.flatMap(({ parameters }) => Object.values(parameters).map(({ length }) => length)),
    );
    for (const { rateFactor = 1, weightDecay = 0, parameters } of groups) {
      for (const [name, values] of Object.entries(parameters)) {
        if (this.#slots.has(name)) {
          throw new ParameterMismatchError(name, "it stands in two groups");
        }
        this.#slots.set(name, {
          values,
          rateFactor,
          weightDecay,
          moments: { step: 0, ...this.#kernel.reserve(values.length) },
        });
      }
    }
  }

  /**
   * Changes every parameter that has a gradient, in place.
   * @throws ParameterMismatchError for a gradient of an unknown parameter or of another size.
   */
  step(gradients: Readonly<Record<string, Float32Array>>, rate: number): StepResult {
    const work = Object.entries(gradients).map(([name, gradient]) => ({
      slot: this.#slot(name, gradient),
      gradient,
    }));
    const gradientNorm = Math.sqrt(work.reduce((sum, { gradient }) => sum + sumOfSquares(gradient), 0));
    if (!Number.isFinite(gradientNorm)) {
      return { kind: "skipped", gradientNorm };
    }
    const scale = gradientNorm > this.#options.maximumNorm ? this.#options.maximumNorm / gradientNorm : 1;
    for (const { slot, gradient } of work) {
      this.#update(slot, gradient, scale, rate * slot.rateFactor);
    }
    return { kind: "applied", gradientNorm };
  }

  /**
   * Views, not copies: write them out before the next step. They share one large buffer, which `structuredClone`
   * would copy whole for each of them; `slice()` copies the one.
   */
  state(): AdamState {
    return Object.fromEntries([...this.#slots].map(([name, slot]) => [name, slot.moments]));
  }

  /**
   * Takes over copies of stored moments.
   * @throws ParameterMismatchError where names or sizes differ from this optimiser's parameters.
   */
  restore(state: AdamState): void {
    for (const name of Object.keys(state)) {
      if (!this.#slots.has(name)) {
        throw new ParameterMismatchError(name, "the stored state has it, the model has not");
      }
    }
    for (const [name, slot] of this.#slots) {
      const stored = state[name];
      if (stored?.mean.length !== slot.values.length || stored.square.length !== slot.values.length) {
        throw new ParameterMismatchError(
          name,
          `the stored state has no ${slot.values.length} moments for it`,
        );
      }
      slot.moments.mean.set(stored.mean);
      slot.moments.square.set(stored.square);
      slot.moments = { ...slot.moments, step: stored.step };
    }
  }

  #slot(name: string, gradient: Float32Array): Slot {
    const slot = this.#slots.get(name);
    if (slot?.values.length !== gradient.length) {
      throw new ParameterMismatchError(
        name,
        `${gradient.length} gradients for ${slot?.values.length ?? "no"} numbers`,
      );
    }
    return slot;
  }

  /**
   * Both bias corrections and the clipping are folded into the scalars, which leaves one division:
   * `rate · m̂ / (√v̂ + ε) = rate · √(1−β₂ᵗ)/(1−β₁ᵗ) · m / (√v + ε·√(1−β₂ᵗ))`.
   */
  #update(slot: Slot, gradient: Float32Array, scale: number, rate: number): void {
    const { beta1, beta2, epsilon } = this.#options;
    const step = slot.moments.step + 1;
    slot.moments = { ...slot.moments, step };
    const rootCorrection = Math.sqrt(1 - beta2 ** step);
    this.#kernel.update(slot.values, gradient, slot.moments, {
      meanKept: beta1,
      meanAdded: (1 - beta1) * scale,
      squareKept: beta2,
      squareAdded: (1 - beta2) * scale * scale,
      rate: (rate * rootCorrection) / (1 - beta1 ** step),
      epsilon: epsilon * rootCorrection,
      valueKept: 1 - rate * slot.weightDecay,
    });
  }
}

/** Four sums run side by side, because each addition has to wait for the one before it. */
function sumOfSquares(numbers: Float32Array): number {
  const length = numbers.length;
  const even = length - (length % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let at = 0; at < even; at += 4) {
    a += numbers[at]! * numbers[at]!;
    b += numbers[at + 1]! * numbers[at + 1]!;
    c += numbers[at + 2]! * numbers[at + 2]!;
    d += numbers[at + 3]! * numbers[at + 3]!;
  }
  for (let at = even; at < length; at++) {
    a += numbers[at]! * numbers[at]!;
  }
  return a + b + c + d;
}
