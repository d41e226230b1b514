import { fewestMeasured, meanInterval } from "./intervals.ts";

/** What something adds on average. */
export interface MeanGain {
  readonly mean: number;
  /** Standard error of the mean. */
  readonly error: number;
  /** Where its 99 % interval begins. */
  readonly low: number;
  /** Texts that it was measured on. */
  readonly measured: number;
}

/** Of what it adds to each of some texts that were not learned from; undefined of fewer than two, which say nothing. */
export function meanGain(gains: readonly number[]): MeanGain | undefined {
  const count = gains.length;
  if (count < 2) return undefined;
  const { mean, low } = meanInterval(gains);
  const squares = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (count - 1) / count), low, measured: count };
}

/** Whether it adds something for sure: what a part of a reading has to show before it is used. */
export const isSure = ({ low, measured }: MeanGain): boolean => measured >= fewestMeasured && low > 0;
