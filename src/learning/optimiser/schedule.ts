export interface ScheduleOptions {
  /** The highest rate, reached at the end of the warm-up. */
  readonly peakRate: number;
  readonly warmupSteps: number;
  readonly totalSteps: number;
  /** The rate that the last step comes close to, as a share of the peak; 0 if absent. */
  readonly floorShare?: number;
}

/**
 * The learning rate of a step: linear warm-up, then half a cosine down to the floor (Loshchilov and Hutter 2017). It
 * would reach the floor one step after the last, so that no step is computed for a rate of nothing.
 * @param step counted from 1, as the optimiser counts; the first step already moves.
 */
export function learningRate(step: number, options: ScheduleOptions): number {
  const { peakRate, warmupSteps, totalSteps, floorShare = 0 } = options;
  if (step < warmupSteps) {
    return (peakRate * step) / warmupSteps;
  }
  const progress = Math.min(1, (step - warmupSteps) / Math.max(1, totalSteps + 1 - warmupSteps));
  return peakRate * (floorShare + (1 - floorShare) * 0.5 * (1 + Math.cos(Math.PI * progress)));
}
