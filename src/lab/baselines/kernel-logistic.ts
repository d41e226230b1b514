import { sigmoid } from "../../numbers/mean.ts";
import { dot } from "../../numbers/vectors.ts";
/** A symmetric matrix, row by row. [size, size] */
export interface Gram {
  readonly size: number;
  readonly values: Float64Array;
}

const newtonSteps = 30;
const conjugateGradientSteps = 200;
/** Of the loss, in nats, where Newton's method ends. */
const enoughGain = 1e-6;
/** Of the residual's length, where conjugate gradients end. */
const enoughAccuracy = 1e-4;

/**
 * Coefficients of an L2-regularised logistic regression in its dual form: the score of a new
 * document is `Σ_j coefficients[j] · kernel(document, j)`.
 *
 * Minimises `Σ ln(1 + e^{-y f}) + ½ fᵀ K⁻¹ f` by Newton's method, each step solved by conjugate
 * gradients (Rasmussen & Williams 2006, algorithm 3.1). The kernel carries the inverse strength of
 * the regularisation as a factor, and the bias as an added constant. `labels` are 0 or 1. `start` is
 * where the search begins: the coefficients of an earlier fit save most of the work.
 */
export function fitKernelLogistic(
  kernel: Gram,
  labels: Uint8Array,
  start: Float64Array<ArrayBuffer> = new Float64Array(kernel.size),
): Float64Array {
  let coefficients = start;
  let scores = multiply(kernel, start);
  let loss = lossOf(coefficients, scores, labels);
  for (let step = 0; step < newtonSteps; step++) {
    const aim = newtonAim(kernel, scores, labels);
    const next = goTowards(aim, multiply(kernel, aim), { coefficients, scores, loss }, labels);
    const gain = loss - next.loss;
    if (gain <= 0) break;
    ({ coefficients, scores, loss } = next);
    if (gain < enoughGain) break;
  }
  // Not `label − probability`: with a wide kernel its rounding would weigh more than the answer.
  return coefficients;
}

interface Fit {
  readonly coefficients: Float64Array<ArrayBuffer>;
  readonly scores: Float64Array<ArrayBuffer>;
  readonly loss: number;
}

/** Halves the way to the aim until the loss falls. Scores are linear in the coefficients: no product is needed. */
function goTowards(aim: Float64Array, aimScores: Float64Array, from: Fit, labels: Uint8Array): Fit {
  for (let share = 1; share > 1e-3; share /= 2) {
    const coefficients = from.coefficients.map((value, i) => value + share * (aim[i]! - value));
    const scores = from.scores.map((value, i) => value + share * (aimScores[i]! - value));
    const loss = lossOf(coefficients, scores, labels);
    if (loss < from.loss) return { coefficients, scores, loss };
  }
  return from;
}

/** The coefficients at which the quadratic approximation around the scores is least. */
function newtonAim(kernel: Gram, scores: Float64Array, labels: Uint8Array): Float64Array<ArrayBuffer> {
  const rootWeights = new Float64Array(kernel.size);
  const target = new Float64Array(kernel.size);
  for (let i = 0; i < kernel.size; i++) {
    const probability = sigmoid(scores[i]!);
    const weight = Math.max(probability * (1 - probability), 1e-9);
    rootWeights[i] = Math.sqrt(weight);
    target[i] = weight * scores[i]! + labels[i]! - probability;
  }
  const right = multiply(kernel, target).map((value, i) => value * rootWeights[i]!);
  const solved = solve(kernel, rootWeights, right);
  return target.map((value, i) => value - rootWeights[i]! * solved[i]!);
}

/** `Σ ln(1 + e^{-y f}) + ½ αᵀ f` with `f = K α`. */
function lossOf(coefficients: Float64Array, scores: Float64Array, labels: Uint8Array): number {
  let loss = 0;
  for (let i = 0; i < scores.length; i++) {
    const margin = labels[i] === 1 ? scores[i]! : -scores[i]!;
    loss += Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin)));
    loss += 0.5 * coefficients[i]! * scores[i]!;
  }
  return loss;
}

/** Solves `(I + √W K √W) x = right` by conjugate gradients. */
function solve(kernel: Gram, rootWeights: Float64Array, right: Float64Array): Float64Array {
  const solution = new Float64Array(right.length);
  const residual = right.slice();
  let direction = right.slice();
  let energy = dot(residual, residual);
  const enough = enoughAccuracy ** 2 * energy;
  for (let step = 0; step < conjugateGradientSteps && energy > enough; step++) {
    const scaled = direction.map((value, i) => value * rootWeights[i]!);
    const image = multiply(kernel, scaled).map((value, i) => value * rootWeights[i]! + direction[i]!);
    const length = energy / dot(direction, image);
    for (let i = 0; i < solution.length; i++) {
      solution[i]! += length * direction[i]!;
      residual[i]! -= length * image[i]!;
    }
    const nextEnergy = dot(residual, residual);
    const turn = nextEnergy / energy;
    direction = direction.map((value, i) => residual[i]! + turn * value);
    energy = nextEnergy;
  }
  return solution;
}

function multiply({ size, values }: Gram, vector: Float64Array): Float64Array<ArrayBuffer> {
  const product = new Float64Array(size);
  let at = 0;
  for (let row = 0; row < size; row++) {
    let even = 0;
    let odd = 0;
    let column = 0;
    // Two sums that do not wait for each other: half the time.
    for (; column + 1 < size; column += 2, at += 2) {
      even += values[at]! * vector[column]!;
      odd += values[at + 1]! * vector[column + 1]!;
    }
    if (column < size) even += values[at++]! * vector[column]!;
    product[row] = even + odd;
  }
  return product;
}
