import { type SquareMatrix, solveCholesky, triangleOf } from "./cholesky.ts";
import { dotOfDoubles } from "./vectors.ts";

/** A loss that can be differentiated twice. */
export interface SmoothLoss {
  /** May be infinite or NaN: such weights are never taken. */
  valueAt(weights: Float64Array): number;
  /** Of the Hessian only the lower half counts. */
  slopeAt(weights: Float64Array): { readonly gradient: Float64Array; readonly hessian: SquareMatrix };
}

/** The loss must fall by this share of what the slope promises (Armijo 1966). */
const leastShare = 1e-4;
/** A step that promises so little is the last; in units of the loss. */
const enough = 1e-6;
/** Less than this is lost in rounding. */
const leastFall = 1e-12;
/** A convex loss takes some ten, from far off near a hundred: this is for what rounding might keep going. */
const mostSteps = 1000;

/**
 * Weights where the loss is least, or of a loss that is not convex a place where it is level: Newton's method, whose
 * steps are halved until the loss falls. It never rises. Where it is no number to begin with, the weights stay.
 */
export function minimise(loss: SmoothLoss, from: Float64Array): Float64Array {
  let here = { weights: from, value: loss.valueAt(from) };
  for (let step = 0; step < mostSteps; step++) {
    const { gradient, hessian } = loss.slopeAt(here.weights);
    const change = newtonChange(hessian, gradient);
    const promise = dotOfDoubles(gradient, change, change.length);
    const next = goAlong(loss, here, change, promise);
    if (next === undefined) break;
    here = next;
    if (promise < enough) break;
  }
  return here.weights;
}

interface Place {
  readonly weights: Float64Array;
  readonly value: number;
}

/** Undefined where no step is known to make the loss less. */
function goAlong(loss: SmoothLoss, from: Place, change: Float64Array, promise: number): Place | undefined {
  for (let share = 1; share * promise > leastFall; share /= 2) {
    const weights = from.weights.map((weight, at) => weight - share * change[at]!);
    const value = loss.valueAt(weights);
    if (value <= from.value - leastShare * share * promise) return { weights, value };
  }
  return undefined;
}

/**
 * H⁻¹·g. Where the Hessian is not positive definite, be it by rounding, its diagonal is raised until it is (Levenberg
 * 1944), which turns the step towards that of the gradient. NaN where the Hessian is no number.
 */
function newtonChange({ size, values }: SquareMatrix, gradient: Float64Array): Float64Array {
  const raised = values.slice();
  const diagonal = gradient.map((_, at) => values[at * size + at]!);
  const least = Number.EPSILON * diagonal.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  for (let damping = 0; Number.isFinite(damping); damping = Math.max(10 * damping, least)) {
    for (let at = 0; at < size; at++) raised[at * size + at] = diagonal[at]! + damping;
    const factor = triangleOf({ size, values: raised });
    if (factor !== undefined) return solveCholesky(factor, gradient);
  }
  return new Float64Array(size).fill(Number.NaN);
}
