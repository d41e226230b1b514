import { cholesky, type SquareMatrix, solveCholesky } from "../../numbers/cholesky.ts";
import { dot } from "../../numbers/vectors.ts";
import { neutralLatent, type OrdinalScale, scaleOfText } from "../../tone/head/ordinal-scale.ts";
import { logLikelihood, type ToneTarget } from "../../tone/labels/labelled-tone.ts";

/** A text as the field sees it. */
export interface FieldText {
  /** Latent valence that is moved. */
  readonly latent: number;
  /** Unit vector. */
  readonly vector: Float32Array;
}

export interface FieldLabel extends FieldText {
  /** The text's own scale; 1 if absent. */
  readonly textScale?: number;
  readonly target: ToneTarget;
  readonly weight: number;
}

/**
 * How far writers differ from the general reading: variances over writers, in squared temperatures of the
 * scale, so that they do not depend on how far a model's latent valences lie apart. That of the spread is
 * a plain number.
 */
export interface FieldPrior {
  /** Of what moves all texts of a writer alike. */
  readonly bias: number;
  /** Of the factor on the distance from neutral. */
  readonly spread: number;
  /** Of what grows with the cosine of two texts: a writer's taste for some matters. */
  readonly taste: number;
  /** Of what texts share that are close: exp((cosine − 1)/reach). */
  readonly near: number;
  readonly reach: number;
}

export const noField: FieldPrior = { bias: 0, spread: 0, taste: 0, near: 0, reach: 0.15 };

/** What labels that one has say about a text that one has not. */
interface Mode {
  /** K⁻¹·f at the mode, where it is ∇ log p: the say of each label. */
  readonly say: Float64Array;
  readonly logEvidence: number;
}

/**
 * A writer's departure from the general reading as a Gaussian process over texts, with the ordinal
 * likelihood of the labels: k(x, y) = bias + spread·(v − c)(w − c) + taste·cos + near·e^((cos − 1)/reach).
 * The mode is found by Newton's method (Laplace's approximation: Rasmussen and Williams 2006,
 * algorithms 3.1 and 3.2), and the departure at a text is k(x, labels)·∇log p. With the prior's
 * variances learned over many writers (`fitFieldPrior`) this is empirical Bayes: few labels move
 * little, and what does not vary over writers is not moved at all. Without labels there is no departure.
 */
export class WriterField {
  readonly logEvidence: number;
  readonly #labels: readonly FieldLabel[];
  readonly #say: Float64Array;
  readonly #kernel: Kernel;

  private constructor(labels: readonly FieldLabel[], mode: Mode, kernel: Kernel) {
    this.#labels = labels;
    this.#say = mode.say;
    this.#kernel = kernel;
    this.logEvidence = mode.logEvidence;
  }

  /** `cosines` [labels, labels] spares computing them again for other variances. */
  static fit(
    labels: readonly FieldLabel[],
    scale: OrdinalScale,
    prior: FieldPrior,
    cosines: SquareMatrix = cosinesOf(labels),
  ): WriterField {
    const kernel = new Kernel(prior, scale);
    return new WriterField(labels, findMode(labels, scale, kernel.matrix(labels, cosines)), kernel);
  }

  /** What the latent valence of a text is to be moved by. */
  shiftAt(text: FieldText): number {
    let sum = 0;
    for (const [at, label] of this.#labels.entries()) {
      const say = this.#say[at]!;
      if (say !== 0) sum += say * this.#kernel.at(text, label, dot(text.vector, label.vector));
    }
    return sum;
  }
}

/** Cosines of all pairs of texts. */
export function cosinesOf(texts: readonly FieldText[]): SquareMatrix {
  const size = texts.length;
  const values = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      const value = dot(texts[row]!.vector, texts[column]!.vector);
      values[row * size + column] = value;
      values[column * size + row] = value;
    }
  }
  return { size, values };
}

class Kernel {
  readonly #prior: FieldPrior;
  readonly #neutral: number;
  readonly #unit: number;

  constructor(prior: FieldPrior, scale: OrdinalScale) {
    this.#prior = prior;
    this.#neutral = neutralLatent(scale);
    this.#unit = scale.temperature ** 2;
  }

  at(a: FieldText, b: FieldText, cosine: number): number {
    const { bias, spread, taste, near, reach } = this.#prior;
    const distances = (a.latent - this.#neutral) * (b.latent - this.#neutral);
    const closeness = near === 0 ? 0 : near * Math.exp((cosine - 1) / reach);
    return this.#unit * (bias + taste * cosine + closeness) + spread * distances;
  }

  matrix(texts: readonly FieldText[], cosines: SquareMatrix): SquareMatrix {
    const { size } = cosines;
    const values = cosines.values.map((value, at) =>
      this.at(texts[Math.floor(at / size)]!, texts[at % size]!, value),
    );
    return { size, values };
  }
}

const mostRounds = 40;
const smallestGain = 1e-7;
/** The likelihood of a class is not concave everywhere; where it bends the other way it is taken for straight. */
const leastCurvature = 1e-6;

/** Newton's method on the log-posterior of the departures f = K·a, halving steps that do not help. */
function findMode(labels: readonly FieldLabel[], scale: OrdinalScale, kernel: SquareMatrix): Mode {
  const size = labels.length;
  let a = new Float64Array(size);
  let here = pointAt(labels, scale, kernel, a);
  let root = here.curvature.map(Math.sqrt);
  let factor = cholesky(scaled(kernel, root));
  for (let round = 0; round < mostRounds; round++) {
    const target = newtonTarget(here, root, factor, kernel);
    const next = stepTowards(labels, scale, kernel, { a, target, value: here.value });
    if (next === undefined) break;
    const gain = next.point.value - here.value;
    [a, here] = [next.a, next.point];
    root = here.curvature.map(Math.sqrt);
    factor = cholesky(scaled(kernel, root));
    if (gain < smallestGain) break;
  }
  let logDeterminant = 0;
  for (let at = 0; at < size; at++) logDeterminant += Math.log(factor.values[at * size + at]!);
  return { say: a, logEvidence: here.value - logDeterminant };
}

interface Point {
  readonly f: Float64Array;
  /** log p(labels | f) − aᵀf/2. */
  readonly value: number;
  readonly slope: Float64Array;
  /** −∂²log p/∂f². */
  readonly curvature: Float64Array;
}

function pointAt(
  labels: readonly FieldLabel[],
  scale: OrdinalScale,
  kernel: SquareMatrix,
  a: Float64Array,
): Point {
  const f = multiply(kernel, a);
  const slope = new Float64Array(labels.length);
  const curvature = new Float64Array(labels.length);
  let value = 0;
  for (const [at, label] of labels.entries()) {
    const { latent, target, weight } = label;
    const own = scaleOfText(label, scale);
    const here = logLikelihood(target, latent + f[at]!, own);
    const step = 1e-3 * own.temperature;
    const above = logLikelihood(target, latent + f[at]! + step, own);
    value += weight * here.value - (a[at]! * f[at]!) / 2;
    slope[at] = weight * here.slope;
    curvature[at] = Math.max(leastCurvature, (weight * (here.slope - above.slope)) / step);
  }
  return { f, value, slope, curvature };
}

/** a = b − W½·B⁻¹·W½·K·b with b = W·f + ∇log p and B = I + W½·K·W½. */
function newtonTarget(
  { f, slope, curvature }: Point,
  root: Float64Array,
  factor: SquareMatrix,
  kernel: SquareMatrix,
): Float64Array {
  const b = f.map((value, at) => curvature[at]! * value + slope[at]!);
  const inner = multiply(kernel, b).map((value, at) => root[at]! * value);
  const solved = solveCholesky(factor, inner);
  return b.map((value, at) => value - root[at]! * solved[at]!);
}

function stepTowards(
  labels: readonly FieldLabel[],
  scale: OrdinalScale,
  kernel: SquareMatrix,
  { a, target, value }: { readonly a: Float64Array; readonly target: Float64Array; readonly value: number },
): { readonly a: Float64Array<ArrayBuffer>; readonly point: Point } | undefined {
  for (let share = 1; share > 1e-3; share /= 2) {
    const next = Float64Array.from(a, (old, at) => old + share * (target[at]! - old));
    const point = pointAt(labels, scale, kernel, next);
    if (point.value > value) return { a: next, point };
  }
  return undefined;
}

/** I + D·K·D for a diagonal D. */
function scaled({ size, values }: SquareMatrix, diagonal: Float64Array): SquareMatrix {
  const result = values.map((value, at) => value * diagonal[Math.floor(at / size)]! * diagonal[at % size]!);
  for (let at = 0; at < size; at++) result[at * size + at]! += 1;
  return { size, values: result };
}

function multiply({ size, values }: SquareMatrix, x: Float64Array): Float64Array {
  return x.map((_, row) => {
    let sum = 0;
    for (let at = 0; at < size; at++) sum += values[row * size + at]! * x[at]!;
    return sum;
  });
}
