import { NotFiniteError } from "../../graph/errors.ts";
import { sigmoid } from "../../numbers/mean.ts";

/** Shares of the five classes, very negative first; they add up to 1. */
export type ClassShares = readonly [number, number, number, number, number];

/** Below these shares of the likeliest side there is no label. */
export interface MinimumConfidence {
  readonly negative: number;
  readonly neutral: number;
  readonly positive: number;
}

/**
 * Where the five classes lie on the latent valence: four ascending thresholds, and a temperature that
 * the distance to them is divided by, so that shares are as sure as they are right.
 */
export interface OrdinalScale {
  readonly thresholds: readonly [number, number, number, number];
  readonly temperature: number;
  /** Which labels are given at all, for a model that brings its own minimum. */
  readonly minimumConfidence?: MinimumConfidence;
}

/** The scale on which a text is read that has one of its own: shares are σ((v − τₖ)/(T·s)). */
export function scaleOfText(
  { textScale = 1 }: { readonly textScale?: number },
  scale: OrdinalScale,
): OrdinalScale {
  return textScale === 1 ? scale : { ...scale, temperature: scale.temperature * textScale };
}

/** The middle of the neutral class. */
export function neutralLatent({ thresholds }: OrdinalScale): number {
  return (thresholds[1] + thresholds[2]) / 2;
}

/** Shares of the classes at a latent valence: σ((v − τₖ)/T) is the share above threshold k. */
export function classShares(latent: number, { thresholds, temperature }: OrdinalScale): ClassShares {
  // ∞ would become a certainty that nothing bears out, NaN a reading of nothing.
  if (!Number.isFinite(latent)) throw new NotFiniteError("tone");
  const [a, b, c, d] = thresholds.map((threshold) => sigmoid((latent - threshold) / temperature));
  return [1 - a!, a! - b!, b! - c!, c! - d!, d!];
}

/** Derivatives of the shares by the latent valence. */
export function classSlopes(latent: number, { thresholds, temperature }: OrdinalScale): ClassShares {
  const [a, b, c, d] = thresholds.map((threshold) => {
    const share = sigmoid((latent - threshold) / temperature);
    return (share * (1 - share)) / temperature;
  });
  return [-a!, a! - b!, b! - c!, c! - d!, d!];
}

/** Expected valence, Σ pₖ·(k − 2)/2, from −1 to 1. */
export function expectedValence(shares: ClassShares): number {
  return shares.reduce((sum, share, k) => sum + (share * (k - 2)) / 2, 0);
}

/**
 * The latent valence at which a text reads as `valence`: the inverse of the expected valence, by
 * bisection. Valences that only an infinite latent would have give the end of the searched range.
 */
export function latentOf(valence: number, scale: OrdinalScale): number {
  const margin = 12 * scale.temperature;
  let [low, high] = [scale.thresholds[0] - margin, scale.thresholds[3] + margin];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (expectedValence(classShares(middle, scale)) < valence) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * The middle of a class on the latent scale, in between linearly, so that a label −1 … 1 has a finite
 * place. The outer classes are open; their middles lie as far out as those of their neighbours lie in.
 */
export function typicalLatent(valence: number, scale: OrdinalScale): number {
  const [a, b, c, d] = scale.thresholds;
  const middles = [a - (b - a) / 2, (a + b) / 2, neutralLatent(scale), (c + d) / 2, d + (d - c) / 2];
  const position = Math.min(4, Math.max(0, 2 * valence + 2));
  const below = Math.min(3, Math.floor(position));
  return middles[below]! + (position - below) * (middles[below + 1]! - middles[below]!);
}
