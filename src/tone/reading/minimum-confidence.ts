/** Below these shares of the likeliest side there is no label. */
export interface MinimumConfidence {
  readonly negative: number;
  readonly neutral: number;
  readonly positive: number;
}
