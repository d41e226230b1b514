import { sum } from "../../numbers/mean.ts";
import {
  type ClassShares,
  classShares,
  classSlopes,
  type OrdinalScale,
  typicalLatent,
} from "../head/ordinal-scale.ts";
import { sideShares } from "../reading/tone-reading.ts";

/**
 * What a label says: a valence on −1 … 1, or a set of classes among those that its scale knows
 * ('positive' of a scale without neutral covers 3 and 4 among 0, 1, 3, 4).
 */
export type ToneTarget =
  | { readonly kind: "valence"; readonly valence: number }
  | { readonly kind: "classes"; readonly members: readonly number[]; readonly universe: readonly number[] };

/** Whether a text is a sentence or a whole document; the two have readings of their own. */
export const toneScopes = ["sentence", "document"] as const;
export type ToneScope = (typeof toneScopes)[number];

/** A text as a model reads it. */
export interface ToneText {
  /** Names the text itself, so that the very same text is known again: its hash. */
  readonly key: string;
  readonly scope: ToneScope;
  /** General latent valence. */
  readonly latent: number;
  /** The text's own scale, of a model that gives one; see tone-head.ts. 1 if absent. */
  readonly textScale?: number;
  /** Latent valence under the writer's prompts, where there are any. */
  readonly latentPersonal?: number;
  /** Unit vector; for a document the mean of its sentences' vectors, scaled to length 1. */
  readonly vector: Float32Array;
}

/** A text whose tone is known. */
export interface LabelledTone extends ToneText {
  /** Labels of one document stand or fall together when intervals are drawn. */
  readonly document: string;
  readonly target: ToneTarget;
  /** How much it counts beside a correction, which counts 1. */
  readonly weight: number;
  readonly timeMs: number;
  /** A correction was made unasked, an answer was asked for. */
  readonly kind: "mood" | "rating" | "sentiment" | "emoticon" | "correction" | "answer";
}

/** Log-likelihood of a target, and its derivative by the latent valence. */
export function logLikelihood(
  target: ToneTarget,
  latent: number,
  scale: OrdinalScale,
): { readonly value: number; readonly slope: number } {
  const shares = classShares(latent, scale);
  const slopes = classSlopes(latent, scale);
  let [value, slope] = [0, 0];
  for (const { classes, weight } of termsOf(target)) {
    const share = sumOf(shares, classes) + 1e-6;
    value += weight * Math.log(share);
    slope += (weight * sumOf(slopes, classes)) / share;
  }
  return { value, slope };
}

/** Log-likelihood of a target under class shares. */
export function logShareOf(target: ToneTarget, shares: ClassShares): number {
  return sum(termsOf(target).map(({ classes, weight }) => weight * Math.log(sumOf(shares, classes))));
}

/** A target as a weighted sum of log-shares of class sets. A valence between two classes belongs to both. */
function termsOf(target: ToneTarget): readonly { classes: readonly number[]; weight: number }[] {
  switch (target.kind) {
    case "classes":
      return [
        { classes: target.members, weight: 1 },
        { classes: target.universe, weight: -1 },
      ];
    case "valence": {
      const position = Math.min(4, Math.max(0, 2 * target.valence + 2));
      const below = Math.min(3, Math.floor(position));
      const upper = position - below;
      return [
        { classes: [below], weight: 1 - upper },
        { classes: [below + 1], weight: upper },
      ].filter(({ weight }) => weight > 0);
    }
    default:
      return target satisfies never;
  }
}

/**
 * How far a latent valence is from what the label asks for; 0 where it is satisfied. The outer classes
 * are open: nothing is too positive for 'very positive'.
 */
export function missingLatent(target: ToneTarget, latent: number, scale: OrdinalScale): number {
  const [low, high] = valenceRange(target);
  const lowest = low <= -1 ? -Infinity : typicalLatent(low, scale);
  const highest = high >= 1 ? Infinity : typicalLatent(high, scale);
  return Math.min(Math.max(latent, lowest), highest) - latent;
}

/** Distance between a valence and what the label covers, 0 to 2. */
export function valenceError(target: ToneTarget, valence: number): number {
  const [low, high] = valenceRange(target);
  return Math.max(low - valence, valence - high, 0);
}

/** Whether the likeliest side, of those that the label's scale knows, is one that the label covers. */
export function isRightSide(target: ToneTarget, shares: ClassShares): boolean {
  const sides = sideShares(shares);
  const known = target.kind === "classes" ? [...new Set(target.universe.map(sideOf))] : [0, 1, 2];
  const right = target.kind === "classes" ? target.members.map(sideOf) : [sideOfValence(target.valence)];
  const likeliest = known.reduce((best, side) => (sides[side]! > sides[best]! ? side : best));
  return right.includes(likeliest);
}

function valenceRange(target: ToneTarget): readonly [number, number] {
  if (target.kind === "valence") return [target.valence, target.valence];
  return [(Math.min(...target.members) - 2) / 2, (Math.max(...target.members) - 2) / 2];
}

const sideOf = (k: number): number => (k < 2 ? 0 : k === 2 ? 1 : 2);

/** Halfway between two classes the milder one holds. */
const sideOfValence = (valence: number): number => (valence < -0.25 ? 0 : valence > 0.25 ? 2 : 1);
const sumOf = (shares: readonly number[], classes: readonly number[]): number =>
  sum(classes.map((k) => shares[k]!));
