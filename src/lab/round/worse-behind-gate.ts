import { mean, variance } from "../../numbers/mean.ts";
import { normalTail } from "../../numbers/normal-tail.ts";
import type { MeasuredGain } from "./simulate-round.ts";

/** Writers whose gate is open although the own reading is, or seems, worse than the general one. */
export interface WorseBehindGate {
  /** Whose measured gain is below 0. */
  readonly measured: number;
  /** Whose measured gain is below 0 by more than chance of their texts explains: 1.645 standard errors. */
  readonly surely: number;
  /**
   * How many are likely to be worse, were each measured on texts without end: what chance of texts adds to how far
   * measured gains lie apart is taken away, and the rest taken for normal.
   */
  readonly likely: number;
}

/** What a normal value exceeds once in twenty. */
const oneInTwenty = 1.645;

/** @param gains of the writers whose gate is open */
export function worseBehindGate(gains: readonly MeasuredGain[]): WorseBehindGate {
  const means = gains.map(({ gain }) => gain);
  return {
    measured: means.filter((gain) => gain < 0).length,
    surely: gains.filter(({ gain, error }) => gain < -oneInTwenty * error).length,
    likely: gains.length * shareBelowZero(gains),
  };
}

/** Method of moments: the variance of measured gains is that of true ones and, on average, the squared standard error. */
function shareBelowZero(gains: readonly MeasuredGain[]): number {
  if (gains.length < 2) return 0;
  const means = gains.map(({ gain }) => gain);
  const byChance = mean(gains.map(({ error }) => error ** 2));
  const deviation = Math.sqrt(Math.max(0, variance(means, 1) - byChance));
  const middle = mean(means);
  if (deviation === 0) return middle < 0 ? 1 : 0;
  return normalTail(middle / deviation);
}
