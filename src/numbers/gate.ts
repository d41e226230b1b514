import { inEnglish, type Said } from "../said/said.ts";
import { meanInterval } from "./intervals.ts";
import { variance } from "./mean.ts";

/** A gate: whether a personal part that was learned and measured is used, and why, in words for the writer. */
export interface Gate {
  readonly open: boolean;
  /** In English. */
  readonly reason: string;
  /** The same with its values apart; absent of what was learned before this was kept. */
  readonly said?: Said | undefined;
}

export const gate = (open: boolean, why: Said): Gate => ({ open, reason: inEnglish(why), said: why });

/** Fewer values can lie on one side of zero by chance alone, whatever their interval says. */
export const fewestMeasured = 6;

/** Whether the mean of enough values lies above zero for sure. */
export const isProven = (values: readonly number[]): boolean =>
  values.length >= fewestMeasured && meanInterval(values).low > 0;

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
  return { mean, error: Math.sqrt(variance(gains, 1) / count), low, measured: count };
}

/** Whether it adds something for sure: what a part of a reading has to show before it is used. */
export const isSure = ({ low, measured }: MeanGain): boolean => measured >= fewestMeasured && low > 0;
