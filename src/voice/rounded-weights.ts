/** Weights of all terms of a kind, rounded to 8 bits: `weight = scale · number`. */
export interface RoundedWeights {
  readonly scale: number;
  readonly numbers: Int8Array;
}

export function roundWeights(weights: Float32Array): RoundedWeights {
  const scale = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127 || 1;
  return { scale, numbers: Int8Array.from(weights, (weight) => Math.round(weight / scale)) };
}

export const widenWeights = ({ scale, numbers }: RoundedWeights): Float32Array =>
  Float32Array.from(numbers, (number) => scale * number);
