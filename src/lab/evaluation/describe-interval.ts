import type { Interval } from "../../numbers/intervals.ts";
import { formatSigned } from "../../words/format.ts";

/** +0.0420, 95 % interval +0.0101 to +0.0730 */
export function describeInterval({ mean, low, high }: Interval): string {
  return `${formatSigned(mean, 4)}, 95 % interval ${formatSigned(low, 4)} to ${formatSigned(high, 4)}`;
}
