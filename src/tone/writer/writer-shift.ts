import { neutralLatent, type OrdinalScale, scaleOfText } from "../head/ordinal-scale.ts";
import { type LabelledTone, logLikelihood } from "../labels/labelled-tone.ts";

/**
 * A writer's shift: by how much the general latent valence v of all that the writer writes is moved, because this writer
 * means more or less by the same words than others do: v ↦ c + e^logSpread · (v − c) + bias, c being the middle of neutral.
 */
export interface WriterShift {
  /** Units of the latent valence. */
  readonly bias: number;
  /** 0 leaves the distances from neutral as they are; above 0 for a writer who means more than is heard. */
  readonly logSpread: number;
}

export const noShift: WriterShift = { bias: 0, logSpread: 0 };

/** How strongly both numbers are drawn to 0: the inverse of their variances over writers, in labels' worth. */
export interface ShiftPrior {
  /** Per squared temperature, so that it does not depend on how far a model's latent valences lie apart. */
  readonly biasPrecision: number;
  readonly spreadPrecision: number;
}

/**
 * Strong shrinkage, as labels of one writer are few: on rt-critics (about 33 known labels a critic) a
 * strongly shrunk bias brought +1.3 points of accuracy [0.2, 2.3], one with a tenth of the shrinkage
 * +0.4 [−0.9, 1.6]. With an early build of the base, and what all critics share taken out (50 critics),
 * precisions from 0.3 to 2 cost 0.1 to 0.8 points, 4 brought +0.6 [−1.2, 2.3], 8 and more nothing, and
 * another critic's shift cost 3.3. Learned over about 110 critics as the variances under which their labels
 * are likeliest, the bias has a precision of 5.5 where editors of the site judged and of 1.6 where the
 * critics did; ratings in front matter are of the second kind, moods of neither. The spread has none that
 * could be told from 0, so it is held tighter.
 */
const shiftPrior: ShiftPrior = { biasPrecision: 3, spreadPrecision: 20 };

/** A label and how much it counts. */
export interface WeighedLabel {
  /** The latent valence that is shifted. */
  readonly latent: number;
  /** The text's own scale; 1 if absent. */
  readonly textScale?: number;
  readonly target: LabelledTone["target"];
  readonly weight: number;
}

export function shiftLatent(latent: number, shift: WriterShift, scale: OrdinalScale): number {
  const { factor, offset } = asLatentMap(shift, scale);
  return factor * latent + offset;
}

/** A map of the latent valence, v ↦ factor · v + offset. */
export interface LatentMap {
  readonly factor: number;
  readonly offset: number;
}

export function asLatentMap({ bias, logSpread }: WriterShift, scale: OrdinalScale): LatentMap {
  const factor = Math.exp(logSpread);
  return { factor, offset: (1 - factor) * neutralLatent(scale) + bias };
}

/**
 * The likeliest shift given labels and prior (empirical Bayes: the prior's precisions are learned over
 * many writers, the shift from this one). Fisher scoring with the outer product of the slopes as
 * information (Berndt, Hall, Hall and Hausman 1974), halving steps that do not help. Without labels
 * there is no shift.
 */
export function fitShift(
  labels: readonly WeighedLabel[],
  scale: OrdinalScale,
  prior: ShiftPrior = shiftPrior,
): WriterShift {
  let shift = noShift;
  let here = posterior(labels, shift, scale, prior);
  for (let round = 0; round < 30; round++) {
    const next = climb(labels, shift, here, scale, prior);
    if (next === undefined) break;
    const gain = next.there.value - here.value;
    ({ shift, there: here } = next);
    if (gain < 1e-9) break;
  }
  return shift;
}

/** Log-posterior with its slopes and information by bias and logSpread. */
interface Posterior {
  readonly value: number;
  readonly slope: readonly [number, number];
  /** Symmetric: bias·bias, bias·spread, spread·spread. */
  readonly information: readonly [number, number, number];
}

function posterior(
  labels: readonly WeighedLabel[],
  shift: WriterShift,
  scale: OrdinalScale,
  { biasPrecision: relativePrecision, spreadPrecision }: ShiftPrior,
): Posterior {
  const { bias, logSpread } = shift;
  const biasPrecision = relativePrecision / scale.temperature ** 2;
  let value = -(biasPrecision * bias ** 2 + spreadPrecision * logSpread ** 2) / 2;
  const slope: [number, number] = [-biasPrecision * bias, -spreadPrecision * logSpread];
  const information: [number, number, number] = [biasPrecision, 0, spreadPrecision];
  for (const label of labels) {
    const { latent, target, weight } = label;
    const shifted = shiftLatent(latent, shift, scale);
    const likelihood = logLikelihood(target, shifted, scaleOfText(label, scale));
    const bySpread = shifted - neutralLatent(scale) - bias; // ∂v/∂logSpread
    value += weight * likelihood.value;
    slope[0] += weight * likelihood.slope;
    slope[1] += weight * likelihood.slope * bySpread;
    const strength = weight * likelihood.slope ** 2;
    information[0] += strength;
    information[1] += strength * bySpread;
    information[2] += strength * bySpread ** 2;
  }
  return { value, slope, information };
}

/** The next better shift, or `undefined` on the top. */
function climb(
  labels: readonly WeighedLabel[],
  shift: WriterShift,
  here: Posterior,
  scale: OrdinalScale,
  prior: ShiftPrior,
): { readonly shift: WriterShift; readonly there: Posterior } | undefined {
  const [[p, q], [aa, ab, bb]] = [here.slope, here.information];
  const determinant = aa * bb - ab * ab;
  for (let share = 1; share > 1e-4; share /= 2) {
    const next = {
      bias: shift.bias + (share * (bb * p - ab * q)) / determinant,
      logSpread: shift.logSpread + (share * (aa * q - ab * p)) / determinant,
    };
    const there = posterior(labels, next, scale, prior);
    if (there.value > here.value) return { shift: next, there };
  }
  return undefined;
}
