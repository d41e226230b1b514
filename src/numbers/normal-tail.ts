/** How likely a standard normal value is to lie above one, within 2e-7 (Abramowitz and Stegun 1964, 7.1.26). */
export function normalTail(value: number): number {
  if (value < 0) return 1 - normalTail(-value);
  const x = value / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const terms = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592];
  return (t * terms.reduce((total, term) => total * t + term, 0) * Math.exp(-x * x)) / 2;
}
