/** What something adds on average. */
export interface MeanGain {
  readonly mean: number;
  /** Standard error of the mean. */
  readonly error: number;
}

/** Of what it adds to each of some texts that were not learned from; nothing for none. */
export function meanGain(gains: readonly number[]): MeanGain {
  const count = Math.max(1, gains.length);
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / count;
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / count;
  return { mean, error: Math.sqrt(variance / count) };
}

/** Whether it adds more than its standard error: what a part of a reading has to show before it is used. */
export const isSure = ({ mean, error }: MeanGain): boolean => mean > error;
